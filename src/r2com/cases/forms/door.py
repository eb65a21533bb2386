"""What is asked at the door. Two screens: have we met, and what is asked of us."""

from dataclasses import dataclass, field, fields

from django import forms
from django.utils.translation import gettext_lazy as _

from r2com.accounts.models import User
from r2com.cases.actions import Arrival, Newcomer
from r2com.organisations.models import ListName, Team
from r2com.sharing.models import LawfulBasis
from r2com.ui.forms import Cards, Checks, Day, Form, Words

from .languages import spoken
from .rows import OneOf, SomeOf, worded


class SearchForm(Form):
    """Have we met this person? A name and a birthday, or the reason for not looking."""

    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        required=False,
        help_text=_("Other spellings and other orders of the name are found, too."),
    )
    born = forms.DateField(label=_("Date of birth"), widget=Day, required=False)
    search_skipped_because = forms.CharField(
        label=_("Skip the search, because"),
        max_length=200,
        required=False,
        help_text=_("A few words, without a name."),
    )

    def __init__(self, *args, skips=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["search_skipped_because" if skips else "name"].required = True


@dataclass(frozen=True)
class Offered:
    """What can be chosen at this door today."""

    lists: dict
    bases: list[LawfulBasis]
    teams: list[Team]
    colleagues: dict[User, Team]
    known: list = field(default_factory=list)
    language: str = "en"
    no_basis: str = ""

    @property
    def asks_team(self) -> bool:
        return len(self.teams) != 1


class DoorForm(Form):
    """Who it is, who asks, what they were told, on which basis, and when the gate opens."""

    name = forms.CharField(label=_("Name"), max_length=200)
    born = forms.DateField(
        label=_("Date of birth"),
        widget=Day,
        required=False,
        help_text=_("Needed to open a case: it is for adults only."),
    )
    search_skipped_because = forms.CharField(max_length=200, required=False, widget=forms.HiddenInput)
    not_these = forms.MultipleChoiceField(label=_("People with a name like this"), widget=Checks)
    called = forms.CharField(label=_("How they like to be called"), max_length=100, required=False)
    language = forms.ChoiceField(label=_("The language they speak best"))
    safe_contact = forms.CharField(
        label=_("How to reach them safely"),
        widget=Words(attrs={"rows": 1}),
        required=False,
        help_text=_("Which number or person, when, and what never to leave as a message."),
    )
    referred_by = OneOf(label=_("Who asks"))
    referrer = forms.CharField(label=_("Their name and how to reach them"), max_length=300, required=False)
    told = OneOf(label=_("What were they told about us?"), widget=Cards)
    asked = OneOf(label=_("What is asked of us?"), widget=Cards)
    asked_words = forms.CharField(label=_("In their words"), widget=Words(attrs={"rows": 2}), required=False)
    takes_up = forms.TypedChoiceField(
        label=_("Do they want this support?"),
        choices=[("yes", _("Yes, they take it up")), ("no", _("No, or not now"))],
        coerce=lambda said: said == "yes",
        widget=Cards,
        help_text=_("It is theirs to take or leave."),
    )
    release_on = forms.DateField(
        label=_("Day of release"),
        widget=Day,
        required=False,
        help_text=_("The day they came out, or the day it is expected. Needed to open a case."),
    )
    basis = OneOf(label=_("Why may we write this down?"), widget=Cards)
    team = OneOf(label=_("Team"))
    deputy = OneOf(label=_("Who stands in for you"), required=False)
    decline_reason = OneOf(label=_("Why we say no"), widget=Cards)
    signposts = SomeOf(label=_("Where else we point to"), widget=Checks)

    def __init__(self, *args, offered: Offered, declines=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.offered = offered
        self.fields["language"].choices = spoken()
        self.fields["language"].initial = offered.language
        self._offer_wordings()
        self.fields["basis"].offer(offered.bases, label=lambda basis: basis.basis, says=_says)
        if offered.no_basis:
            self.fields["basis"].error_messages["required"] = offered.no_basis
        self.fields["deputy"].offer(offered.colleagues, empty=_("Nobody yet"))
        self._ask_team_only_if_needed()
        self._ask_about_the_known()
        for name in ("decline_reason", "signposts"):
            self.fields[name].required = declines

    def _offer_wordings(self):
        for name, on_list in LISTS.items():
            self.fields[name].offer(self.offered.lists[on_list], label=worded)

    def _ask_team_only_if_needed(self):
        if self.offered.asks_team:
            self.fields["team"].offer(self.offered.teams)
        else:
            del self.fields["team"]

    def _ask_about_the_known(self):
        """Somebody has to look at the people found; another name finds others, so it is asked anew."""
        if not self.offered.known:
            del self.fields["not_these"]
            return
        asked = self.fields["not_these"]
        asked.choices = [(" ".join(one.key for one in self.offered.known), _("None of them is this person"))]
        look = _("Look at the people with a name like this. Tick if none of them is this person.")
        asked.error_messages |= {"required": look, "invalid_choice": look}

    def clean(self):
        said = super().clean()
        team, deputy = said.get("team"), said.get("deputy")
        if team and deputy and self.offered.colleagues[deputy] != team:
            self.add_error("deputy", _("Choose a deputy who works in that team."))
        return said

    def newcomer(self) -> Newcomer:
        return Newcomer(**{one.name: self.cleaned_data[one.name] for one in fields(Newcomer)})

    def arrival(self) -> Arrival:
        given = {one.name: self.cleaned_data[one.name] for one in fields(Arrival) if one.name != "team"}
        return Arrival(**given, team=self.cleaned_data.get("team") or self.offered.teams[0])


LISTS = {
    "referred_by": ListName.REFERRED_BY,
    "told": ListName.TOLD,
    "asked": ListName.ASKED,
    "decline_reason": ListName.DECLINE,
    "signposts": ListName.SIGNPOST,
}


def _says(basis: LawfulBasis) -> str:
    """What an entry is for, and what to be careful about."""
    return " ".join(words for words in (f"{basis.purpose}.", basis.warning) if words)
