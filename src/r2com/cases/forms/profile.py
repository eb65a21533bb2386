"""Who somebody is, and what they want us to know. Two versions meet here without either being lost."""

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from r2com.people.actions import PROFILE
from r2com.people.models import Person
from r2com.ui.forms import Cards, Day, Form, Words

from .languages import spoken

MINE, THEIRS, BOTH = "mine", "theirs", "both"
LONG = {"other_names", "safe_contact", "access_needs", "matters", "works"}


class ProfileForm(Form):
    """`base` is the version that was on the page when somebody began to write."""

    base = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(label=_("Name"), max_length=200)
    called = forms.CharField(label=_("How they like to be called"), max_length=100, required=False)
    other_names = forms.CharField(
        label=_("Other names"),
        widget=Words(attrs={"rows": 1}),
        required=False,
        help_text=_("One on each line."),
    )
    born = forms.DateField(label=_("Date of birth"), widget=Day, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=60, required=False)
    safe_contact = forms.CharField(
        label=_("How to reach them safely"),
        widget=Words,
        required=False,
        help_text=_("Which number or person, when, and what never to leave as a message."),
    )
    language = forms.ChoiceField(label=_("The language they speak best"))
    interpreter = forms.CharField(label=_("Interpreter"), max_length=200, required=False)
    access_needs = forms.CharField(
        label=_("What makes talking and meeting easier"),
        widget=Words,
        required=False,
        help_text=_("Reading, hearing, sight, getting about, quiet, breaks."),
    )
    matters = forms.CharField(
        label=_("What matters to me"), widget=Words, required=False, help_text=_("In their own words.")
    )
    works = forms.CharField(
        label=_("How to work well with me"), widget=Words, required=False, help_text=_("In their own words.")
    )

    def __init__(self, *args, person: Person, **kwargs):
        super().__init__(*args, **kwargs)
        self.person = person
        self.fields["language"].choices = spoken(person.language)

    def stands_on(self) -> int:
        """The version that was in view when it was kept."""
        return self.cleaned_data["base"]

    def profile(self) -> dict[str, str]:
        """What was written, in the shape in which it is kept."""
        return {name: _kept(self.cleaned_data[name]) for name in PROFILE}


class TwoVersionsForm(ProfileForm):
    """The profile once more, after somebody else changed it: a person chooses, field by field.

    `seen` is the version shown beside what was typed; `base` stays, so that a draft that is opened later
    still knows on what it was written. `disagreements` gives the fields that differ, each with both wordings.
    """

    seen = forms.IntegerField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.full_clean()
        self.differing = [name for name in PROFILE if self._mine(name) != getattr(self.person, name)]
        for name in self.differing:
            self.fields[f"keep_{name}"] = _which(name, self.fields[name].label)
        self._errors = None  # asked again, now with the new questions

    def stands_on(self) -> int:
        return self.cleaned_data["seen"]

    def disagreements(self) -> list[dict]:
        return [
            {
                "mine": self._shown(name, self._mine(name)),
                "theirs": self._shown(name, getattr(self.person, name)),
                "keep": self[f"keep_{name}"],
            }
            for name in self.differing
        ]

    def profile(self) -> dict[str, str]:
        return {name: self._chosen(name, words) for name, words in super().profile().items()}

    def _chosen(self, name: str, mine: str) -> str:
        theirs = getattr(self.person, name)
        way = self.cleaned_data.get(f"keep_{name}", MINE)
        return {MINE: mine, THEIRS: theirs, BOTH: f"{theirs}\n\n{mine}".strip()}[way]

    def _mine(self, name: str) -> str:
        return _kept(self.cleaned_data.get(name, ""))

    def _shown(self, name: str, words: str) -> str:
        return dict(self.fields["language"].choices).get(words, words) if name == "language" else words


def _kept(value) -> str:
    """As it is kept: a day as text, line ends as one sign, nothing as an empty text."""
    text = value.isoformat() if hasattr(value, "isoformat") else value or ""
    return text.replace("\r\n", "\n")


def _which(name: str, label: str) -> forms.ChoiceField:
    """Which of two wordings to keep. Nothing is chosen beforehand."""
    undecided = format_lazy(_("Choose which one to keep: {field}."), field=label)
    return forms.ChoiceField(
        label=label, choices=_ways(name), widget=Cards, error_messages={"required": undecided}
    )


def _ways(name: str) -> list:
    """Long texts can stand one after the other."""
    ways = [(MINE, _("Keep what I wrote")), (THEIRS, _("Take the other"))]
    return [*ways, (BOTH, _("Keep both, one after the other"))] if name in LONG else ways
