"""What is asked on the pages of a plan."""

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from r2com.core.instruments import Instrument
from r2com.ui.forms import Cards, Day, Form, Words

from . import guide
from .actions import NextStep
from .models import Answer, Goal, Plan

STEPS = 5
ROWS_SHOWN = 3
AROUND = ("matters", "stops", "ring", "promises", "review_on", "review_where")


class AroundForm(Form):
    """What stands around the goals."""

    base = forms.IntegerField(widget=forms.HiddenInput)
    matters = forms.CharField(
        label=_("What matters to me"), help_text=_("In the person’s own words."), required=False, widget=Words
    )
    stops = forms.CharField(
        label=_("What could stop it, and then"),
        help_text=_("One a line, such as: The room falls through: we ask the night shelter the same day."),
        required=False,
        widget=Words,
    )
    ring = forms.CharField(
        label=_("Whom I can ring"),
        help_text=_("One a line: the name, a colon, the number."),
        required=False,
        widget=Words,
    )
    promises = forms.CharField(
        label=_("What the people around me promised"),
        help_text=_("One a line."),
        required=False,
        widget=Words,
    )
    review_on = forms.DateField(label=_("We look at this again on"), required=False, widget=Day)
    review_where = forms.CharField(
        label=_("Where, at what hour and with whom"), required=False, max_length=300
    )


class GoalForm(Form):
    """One goal with up to five steps."""

    base = forms.IntegerField(widget=forms.HiddenInput, required=False)
    words = forms.CharField(
        label=_("What I want"),
        help_text=_("As the person says it: “A room I can lock, by Christmas.”"),
        widget=Words,
    )
    item = forms.ChoiceField(
        label=_("Which part of life it is about"), help_text=_("This does not appear on the printed plan.")
    )
    strength_item = forms.ChoiceField(
        label=_("Which strength it builds on"),
        help_text=_("Where something holds already. This does not appear on the printed plan."),
    )
    helps = forms.CharField(
        label=_("What helps me"),
        help_text=_("People, habits, places. One a line."),
        required=False,
        widget=Words,
    )

    def __init__(self, *args, plan: Plan, instrument: Instrument, team: list, **kwargs):
        super().__init__(*args, **kwargs)
        needs, strengths = guide.needs_first(plan), guide.strengths_first(plan)
        self.fields["item"].choices = guide.grouped(instrument, needs, _("What comes first"))
        self.fields["strength_item"].choices = guide.grouped(instrument, strengths, _("What holds most"))
        self.team = {str(user.pk): user for user in team}
        people = [("", _("Nobody yet")), *((id, user.name) for id, user in self.team.items())]
        for number in range(1, STEPS + 1):
            self.fields |= _step_fields(number, people)

    def clean(self):
        for number in range(1, STEPS + 1):
            asked = [self.cleaned_data.get(f"{part}_{number}") for part in ("who", "owner", "by")]
            if any(asked) and not self.cleaned_data.get(f"what_{number}"):
                self.add_error(f"what_{number}", _("Write what is to be done, or empty the row."))

    @property
    def goal(self) -> dict:
        """What the actions ask for."""
        kept = {name: self.cleaned_data[name] for name in ("words", "item", "strength_item", "helps")}
        return {**kept, "steps": [step for step in map(self._step, range(1, STEPS + 1)) if step.words]}

    def _step(self, number: int) -> NextStep:
        what, who, owner, by = (
            self.cleaned_data[f"{part}_{number}"] for part in ("what", "who", "owner", "by")
        )
        return NextStep(what, who, self.team.get(owner), by)

    @property
    def rows(self) -> list[list[forms.BoundField]]:
        return [
            [self[f"{part}_{number}"] for part in ("what", "who", "owner", "by")]
            for number in range(1, STEPS + 1)
        ]

    @property
    def first_rows(self) -> list[list[forms.BoundField]]:
        return self.rows[:ROWS_SHOWN]

    @property
    def more_rows(self) -> list[list[forms.BoundField]]:
        return self.rows[ROWS_SHOWN:]

    @property
    def more_is_open(self) -> bool:
        return any(field.value() or field.errors for row in self.more_rows for field in row)


def _step_fields(number: int, people: list) -> dict:
    return {
        f"what_{number}": forms.CharField(
            label=format_lazy(_("Step {number}: what"), number=number),
            required=False,
            max_length=500,
            widget=Words(attrs={"rows": 1}),
        ),
        f"who_{number}": forms.CharField(
            label=format_lazy(_("Step {number}: who"), number=number), required=False, max_length=200
        ),
        f"owner_{number}": forms.ChoiceField(
            label=format_lazy(_("Step {number}: in the team"), number=number), required=False, choices=people
        ),
        f"by_{number}": forms.DateField(
            label=format_lazy(_("Step {number}: by"), number=number), required=False, widget=Day
        ),
    }


class AnswerForm(Form):
    """What the person says about the plan they have just read."""

    base = forms.IntegerField(widget=forms.HiddenInput)
    says = forms.ChoiceField(
        label=_("What do they say?"),
        choices=Answer.Says.choices,
        widget=Cards(blanks=[Answer.Says.COULD_NOT]),
    )
    words = forms.CharField(
        label=_("In their own words"),
        help_text=_("When they disagree or could not answer, write the reason as they give it."),
        required=False,
        widget=Words,
    )


def around(plan: Plan) -> dict:
    """What stands around the goals now."""
    return {name: getattr(plan, name) for name in AROUND}


def as_written(goal: Goal) -> dict:
    """A goal as its form shows it."""
    start = {name: getattr(goal, name) for name in ("words", "item", "strength_item", "helps")}
    for number, step in enumerate(goal.steps.all(), 1):
        owner = str(step.owner_id or "")
        start |= {f"what_{number}": step.words, f"who_{number}": step.who}
        start |= {f"owner_{number}": owner, f"by_{number}": step.by}
    return start


def differences(form: Form, theirs: dict) -> list[tuple[str, str, str]]:
    """Where the form and what was kept meanwhile say something else: label, here, there."""
    pairs = [(field, form[field.name].value(), theirs.get(field.name)) for field in form.visible_fields()]
    said = [(field, _said(field, here), _said(field, there)) for field, here, there in pairs]
    return [(field.label, here, there) for field, here, there in said if here != there]


def on_top_of(form: Form, version: int) -> Form:
    """The same form, to be kept over what was kept meanwhile."""
    form.data = form.data.copy()
    form.data["base"] = str(version)
    return form


def _said(field: forms.BoundField, value) -> str:
    """A value as somebody reads it."""
    words = "\n".join(str(value or "").splitlines()).strip()
    groups = getattr(field.field, "choices", [])
    options = [
        option
        for key, inside in groups
        for option in (inside if isinstance(inside, list) else [(key, inside)])
    ]
    return str(dict(options).get(words, words)) if words else ""
