"""What is asked at a review, at the end, and on the telephone afterwards."""

from datetime import date

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from r2com.cases.models import Closure
from r2com.plans.models import Goal
from r2com.tasks.models import Task
from r2com.ui.forms import Cards, Day, Form, Words

from .actions import Account, GoalAccount, LetterWords, TaskAccount
from .letter import in_full
from .models import Attempt, Closing, Decision, GoalEnd, Review, TaskEnd, View

AGAIN, NEWEST = "again", "newest"
DAY, NONE = "day", "none"


class BeginForm(Form):
    occasion = forms.ChoiceField(label=_("Which review is it?"), choices=Review.Occasion, widget=Cards)
    rests = forms.ChoiceField(
        label=_("What does it rest on?"),
        choices=[(AGAIN, _("We talk again")), (NEWEST, _("On the last talk"))],
        widget=Cards(
            says={
                AGAIN: _("A new talk begins, or the open one goes on. You come back here when it is done."),
                NEWEST: _("It was not long ago, or nothing was rated yet."),
            }
        ),
    )


class DecisionForm(Form):
    """What is decided, why, how the person sees it, and when we look again."""

    says = forms.ChoiceField(label=_("What happens now?"), choices=Decision.Says, widget=Cards)
    reasons = forms.CharField(label=_("Why"), widget=Words)
    narrative = forms.CharField(
        label=_("What else to remember of this talk"),
        help_text=_("Who was there, what was said, what you saw."),
        widget=Words,
        required=False,
    )
    view = forms.ChoiceField(
        label=_("How does the person see the decision?"),
        choices=View,
        widget=Cards(blanks=[View.NOT_ASKED]),
    )
    view_words = forms.CharField(
        label=_("In their own words, or why they were not asked"), widget=Words, required=False
    )
    next = forms.ChoiceField(label=_("When do we look at it again?"), widget=Cards(blanks=[NONE]))
    next_on = forms.DateField(label=_("If on another day: which"), widget=Day, required=False)

    def __init__(self, *args, presets: list[tuple[str, str, date]], **kwargs):
        super().__init__(*args, **kwargs)
        self.days = {name: day for name, _label, day in presets}
        offered = [(name, f"{label}, {in_full(day)}") for name, label, day in presets]
        self.fields["next"].choices = [
            *offered,
            (DAY, _("On another day")),
            (NONE, _("Not again: we close")),
        ]

    def clean(self):
        if self.cleaned_data.get("next") == DAY and not self.cleaned_data.get("next_on"):
            self.add_error("next_on", _("Write the day."))

    @property
    def decision(self) -> dict:
        """What the action asks for."""
        data = self.cleaned_data
        day = data["next_on"] if data["next"] == DAY else self.days.get(data["next"])
        words = ("says", "reasons", "narrative", "view", "view_words")
        return {name: data[name] for name in words} | {"next_on": day}


class ClosingForm(Form):
    """How the support ends: the reason, each goal, each open task, what waits and who knows."""

    base = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.ChoiceField(label=_("Why does it end?"), choices=Closure.Reason, widget=Cards)
    view = forms.ChoiceField(
        label=_("How does the person see it?"), choices=View, widget=Cards(blanks=[View.NOT_ASKED])
    )
    view_words = forms.CharField(
        label=_("In their own words, or why they were not asked"), widget=Words, required=False
    )
    waits = forms.CharField(
        label=_("What still waits"),
        help_text=_("One a line. It begins with the steps that are not done."),
        widget=Words,
        required=False,
    )
    told = forms.CharField(
        label=_("Who was told that it ends"),
        help_text=_("One a line: who, when, and what they were told."),
        widget=Words,
        required=False,
    )
    calls_wanted = forms.ChoiceField(
        label=_("May we ring twelve and eighteen months after release?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        widget=Cards,
    )

    def __init__(self, *args, goals: list[Goal], tasks: list[Task], **kwargs):
        super().__init__(*args, **kwargs)
        self.kept_goals, self.open_tasks = goals, tasks
        for number, goal in enumerate(goals, 1):
            self.fields |= _goal_fields(number, goal)
        for number, task in enumerate(tasks, 1):
            self.fields |= _task_fields(number, task)

    def clean(self):
        for task in self.open_tasks:
            what, words = (self.cleaned_data.get(name) for name in _names(task, *TASK))
            if what in (TaskEnd.What.HANDED, TaskEnd.What.DROPPED) and not words:
                self.add_error(_names(task, "became")[0], _("Write who does it now, or why it is dropped."))
        if (
            self.cleaned_data.get("view") in (View.DIFFERS, View.NOT_ASKED)
            and not self.cleaned_data["view_words"]
        ):
            self.add_error("view_words", _("Write how the person sees it, or why they were not asked."))

    @property
    def account(self) -> Account:
        data = self.cleaned_data
        words = {name: data[name] for name in ("reason", "view", "view_words", "waits", "told")}
        return Account(
            **words,
            calls_wanted=data["calls_wanted"] == "yes",
            goals=[GoalAccount(goal, *self._said(goal, *GOAL)) for goal in self.kept_goals],
            tasks=[TaskAccount(task, *self._said(task, *TASK)) for task in self.open_tasks],
        )

    def _said(self, row: Goal | Task, *names: str) -> list[str]:
        return [self.cleaned_data[name] for name in _names(row, *names)]

    @property
    def goal_rows(self) -> list[tuple]:
        return [(goal, [self[name] for name in _names(goal, *GOAL)]) for goal in self.kept_goals]

    @property
    def task_rows(self) -> list[tuple]:
        return [(task, [self[name] for name in _names(task, *TASK)]) for task in self.open_tasks]


GOAL = ("how", "whose", "words", "seen")
TASK = ("what", "became")


def _names(row: Goal | Task, *names: str) -> list[str]:
    """The fields of one goal or task: they keep their names, whatever comes or goes meanwhile."""
    return [f"{name}_{row.pk.hex}" for name in names]


def _goal_fields(number: int, goal: Goal) -> dict:
    how, whose, words, seen = _names(goal, *GOAL)
    return {
        how: forms.ChoiceField(
            label=format_lazy(_("Goal {number}: what became of it?"), number=number),
            choices=GoalEnd.How,
            widget=Cards,
        ),
        words: forms.CharField(
            label=format_lazy(_("Goal {number}: how it is now"), number=number), widget=Words, required=False
        ),
        whose: forms.ChoiceField(
            label=format_lazy(_("Goal {number}: whose words are these?"), number=number),
            choices=GoalEnd.Whose,
            widget=Cards,
        ),
        seen: forms.CharField(
            label=format_lazy(_("Goal {number}: if the person sees it otherwise"), number=number),
            widget=Words(attrs={"rows": 1}),
            required=False,
        ),
    }


def _task_fields(number: int, task: Task) -> dict:
    what, became = _names(task, *TASK)
    return {
        what: forms.ChoiceField(
            label=format_lazy(_("Task {number}: what becomes of it?"), number=number),
            choices=TaskEnd.What,
            widget=Cards,
        ),
        became: forms.CharField(
            label=format_lazy(
                _("Task {number}: what came of it, who does it now, or why not"), number=number
            ),
            widget=Words(attrs={"rows": 1}),
            required=False,
        ),
    }


def as_written(closing: Closing) -> dict:
    """An account as its form shows it, with every goal and task."""
    start = {name: getattr(closing, name) for name in ("reason", "view", "view_words", "waits", "told")}
    start |= {"base": closing.version, "calls_wanted": "yes" if closing.calls_wanted else "no"}
    for end in closing.goals.all():
        said = (end.how, end.whose, end.words, end.view)
        start |= zip(_names(end.goal, *GOAL), said, strict=True)
    for end in closing.tasks.all():
        start |= zip(_names(end.task, *TASK), (end.what, end.words), strict=True)
    return start


class LetterForm(Form):
    """The letter, part by part."""

    base = forms.IntegerField(widget=forms.HiddenInput)
    you_did = forms.CharField(label=_("What you did"), widget=Words, required=False)
    we_did = forms.CharField(label=_("What we did"), widget=Words, required=False)
    waits = forms.CharField(label=_("What still waits"), widget=Words, required=False)
    ring = forms.CharField(label=_("Who to ring"), help_text=_("One a line."), widget=Words, required=False)
    keeping = forms.CharField(
        label=_("What we keep, until when, and how to have it corrected or deleted"),
        widget=Words,
        required=False,
    )

    def words(self, language: str) -> LetterWords:
        said = {name: text for name, text in self.cleaned_data.items() if name != "base"}
        return LetterWords(language, **said)


class ReopenForm(Form):
    why = forms.CharField(label=_("Why does the support go on?"), widget=Words)


class RingForm(Form):
    """What came of a call."""

    result = forms.ChoiceField(label=_("What came of it?"), choices=Attempt.Result, widget=Cards)
    words = forms.CharField(
        label=_("What they said"), help_text=_("As much as they want kept."), widget=Words, required=False
    )
    again_on = forms.DateField(label=_("If not reached: try again on"), widget=Day, required=False)
