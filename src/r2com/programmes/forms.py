"""What is asked on the pages of a programme."""

from django import forms
from django.utils.translation import gettext_lazy as _

from r2com.core.instruments import Instrument
from r2com.core.programmes import Programme
from r2com.plans import guide
from r2com.plans.reading import lines
from r2com.ui.forms import Cards, Day, Form, Words

from .actions import WantedGoal
from .models import Consent, Offer, OwnAnswer, SafetyCheck, SessionEntry, Turn

OWN_WORDS = _("In their own words")


class ChooseForm(Form):
    """What the person says to a programme, and whether they want a goal made of it."""

    says = forms.ChoiceField(label=_("What do they say?"), choices=Offer.Says.choices, widget=Cards)
    words = forms.CharField(label=OWN_WORDS, widget=Words)
    leader = forms.ChoiceField(label=_("Who in the team leads it or goes along"), required=False)
    first_on = forms.DateField(label=_("First meeting on"), required=False, widget=Day)
    wants_goal = forms.ChoiceField(
        label=_("Do they want a goal of it in the plan?"),
        choices=[("no", _("No, as it is")), ("yes", _("Yes, write a goal"))],
        widget=Cards,
        initial="no",
    )
    goal_words = forms.CharField(
        label=_("What I want"),
        help_text=_("A proposal. Change it until it is theirs."),
        required=False,
        widget=Words,
    )
    item = forms.ChoiceField(label=_("Which part of life it is about"), required=False)
    strength_item = forms.ChoiceField(label=_("Which strength it builds on"), required=False)
    steps = forms.CharField(
        label=_("Next steps"),
        help_text=_("One a line. You can change them in the draft of the plan."),
        required=False,
        widget=Words,
    )

    def __init__(self, *args, instrument: Instrument, team: list, **kwargs):
        super().__init__(*args, **kwargs)
        self.team = _team(self.fields["leader"], team)
        parts = guide.grouped(instrument, [], "")
        self.fields["item"].choices = self.fields["strength_item"].choices = parts

    def clean(self):
        given = self.cleaned_data
        if given.get("says") == Offer.Says.YES and given.get("wants_goal") == "yes":
            for name in ("goal_words", "item", "strength_item"):
                if name not in self.errors and not given.get(name, "").strip():
                    self.add_error(name, _("Fill this in, or choose that they want no goal of it."))

    @property
    def chosen(self) -> dict:
        """What the action asks for."""
        given = self.cleaned_data
        wanted = WantedGoal(
            given["goal_words"], given["item"], given["strength_item"], tuple(lines(given["steps"])[:5])
        )
        return {
            "says": given["says"],
            "words": given["words"],
            "leader": self.team.get(given["leader"]),
            "first_on": given["first_on"],
            "goal": wanted if given["wants_goal"] == "yes" else None,
        }


class SessionForm(Form):
    """What is written about one meeting."""

    base = forms.IntegerField(widget=forms.HiddenInput)
    what = forms.ChoiceField(
        label=_("What is to be written?"), choices=SessionEntry.What.choices, widget=Cards
    )
    day = forms.DateField(label=_("Day"), required=False, widget=Day)
    leader = forms.ChoiceField(label=_("Who in the team leads or led it"), required=False)
    led_by_other = forms.CharField(
        label=_("Or somebody else"), required=False, max_length=200, help_text=_("A name and what they do.")
    )
    took = forms.CharField(
        label=_("What the person takes from it"), help_text=OWN_WORDS, required=False, widget=Words
    )
    note = forms.CharField(
        label=_("A note"),
        help_text=_("What was done and what was agreed. Not what somebody believes or thinks."),
        required=False,
        widget=Words,
    )

    def __init__(self, *args, team: list, **kwargs):
        super().__init__(*args, **kwargs)
        self.team = _team(self.fields["leader"], team)

    @property
    def said(self) -> dict:
        return {**self.cleaned_data, "leader": self.team.get(self.cleaned_data["leader"])}


class PauseForm(Form):
    reason = forms.ChoiceField(
        label=_("Why?"),
        choices=[c for c in Turn.Reason.choices if c[0] != Turn.Reason.DONE],
        widget=Cards,
    )
    words = forms.CharField(label=OWN_WORDS, required=False, widget=Words)


class EndForm(Form):
    reason = forms.ChoiceField(label=_("Why?"), choices=Turn.Reason.choices, widget=Cards)
    words = forms.CharField(
        label=OWN_WORDS,
        help_text=_("What was good, what was missing, what they would tell the next person."),
        required=False,
        widget=Words,
    )


class CheckForm(Form):
    """What is answered before a restorative step may be opened."""

    base = forms.IntegerField(widget=forms.HiddenInput)
    victim = forms.ChoiceField(
        label=_("What does the victim want?"),
        choices=SafetyCheck.Victim.choices,
        widget=Cards(blanks=[SafetyCheck.Victim.NOT_KNOWN]),
        help_text=_("We never ask them. Only their own service does, if they have one and wish it."),
    )
    service = forms.CharField(
        label=_("Which service told us, and when"),
        help_text=_("The service and the day. Never the victim’s name, address or words."),
        required=False,
        widget=Words,
    )
    rules = forms.ChoiceField(
        label=_("Do conditions and no-contact rules allow it?"),
        choices=SafetyCheck.Rules.choices,
        widget=Cards(blanks=[SafetyCheck.Rules.NOT_KNOWN]),
    )
    rules_words = forms.CharField(
        label=_("Who says so, and where it is written"), required=False, widget=Words
    )
    facilitator = forms.CharField(label=_("The trained facilitator"), required=False, max_length=200)
    training = forms.CharField(
        label=_("Where they were trained, and by whom they are supervised"), required=False, widget=Words
    )


class ConsentForm(Form):
    base = forms.IntegerField(widget=forms.HiddenInput)
    says = forms.ChoiceField(label=_("What do you say?"), choices=Consent.Says.choices, widget=Cards)
    reason = forms.CharField(label=_("Why?"), widget=Words)


class OwnAnswerForm(Form):
    own_says = forms.ChoiceField(label=_("What do they say?"), choices=OwnAnswer.Says.choices, widget=Cards)
    own_words = forms.CharField(label=OWN_WORDS, required=False, widget=Words)


def proposed(programme: Programme) -> dict:
    """What the form about choosing begins with."""
    return {"wants_goal": "no", "goal_words": programme.goal, "steps": "\n".join(programme.steps)}


def _team(field: forms.Field, team: list) -> dict:
    found = {str(user.pk): user for user in team}
    field.choices = [("", _("Nobody yet")), *((id, user.name) for id, user in found.items())]
    return found
