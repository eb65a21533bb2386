"""The forms with which an administrator sets up the agency."""

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from r2com.access.roles import ROLES, May, Role, may
from r2com.accounts.models import User
from r2com.ui.forms import Cards, Day, Form, Words

from .models import LeavingReason, Team


class Place(Form):
    """A role, and for who works with people a team."""

    role = forms.ChoiceField(
        label=_("Role"),
        choices=Role.choices,
        widget=Cards(says={role: description.sentence for role, description in ROLES.items()}),
    )
    team = forms.ModelChoiceField(
        Team.objects.none(),
        label=_("Team"),
        required=False,
        empty_label=_("No team"),
        help_text=_("Needed for everybody who works with people."),
    )

    def __init__(self, *args, organisation, **kwargs):
        super().__init__(*args, **kwargs)
        at_work = Team.objects.on(timezone.localdate()).filter(organisation=organisation)
        self.fields["team"].queryset = at_work.order_by("name")

    def clean(self):
        role = self.cleaned_data.get("role")
        if role and not may(role, May.READ):
            self.cleaned_data["team"] = None
        elif role and not self.cleaned_data.get("team") and "team" not in self.errors:
            self.add_error("team", _("Choose a team: this role works with people."))


class Invite(Place):
    """Who is invited, and to what."""

    email = forms.EmailField(
        label=_("Mail address"),
        max_length=254,
        help_text=_("Used to send the link, and later to sign in. For nothing else."),
    )
    name = forms.CharField(label=_("Name"), max_length=200)
    language = forms.ChoiceField(label=_("Language of the letter"), choices=settings.LANGUAGES, widget=Cards)

    field_order = ["name", "email", "language", "role", "team"]


class Leaving(Form):
    """When and why somebody's place ends."""

    reason = forms.ChoiceField(label=_("Why"), choices=LeavingReason.choices, widget=Cards)
    ends = forms.DateField(
        label=_("From which day are they gone?"),
        help_text=_("Today, or a day that is still ahead."),
        widget=Day,
    )

    def clean_ends(self):
        return not_over(self.cleaned_data["ends"])


class Certify(Form):
    """On which training somebody is certified, and until when."""

    grounds = forms.CharField(
        label=_("Which training does it rest on?"),
        max_length=300,
        help_text=_("Course, place and day. Two years is usual; a talk about a real case belongs to it."),
    )
    ends = forms.DateField(label=_("Until which day?"), widget=Day)


class Join(Form):
    """What somebody fills in who follows an invitation."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=200,
        help_text=_("As colleagues know you. It stands beside what you write."),
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, widget=Cards)
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=_("At least ten characters. A few words in a row are easy to remember and hard to guess."),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    password_again = forms.CharField(
        label=_("The same password again"),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def __init__(self, *args, email, **kwargs):
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self):
        given = self.cleaned_data
        if (
            given.get("password")
            and given.get("password_again")
            and given["password"] != given["password_again"]
        ):
            self.add_error("password_again", _("The two passwords differ. Type both again."))
        elif given.get("password"):
            self._must_be_hard_to_guess(given)

    def _must_be_hard_to_guess(self, given):
        try:
            validate_password(given["password"], User(email=self.email, name=given.get("name", "")))
        except ValidationError as fault:
            self.add_error("password", fault)


class TeamName(Form):
    name = forms.CharField(label=_("Name of the team"), max_length=100)


def wording(language: str) -> type[Form]:
    """A form with one line for each language. The agency's own is needed, the others may wait."""
    lines = {
        code: forms.CharField(label=name, max_length=120, required=code == language)
        for code, name in settings.LANGUAGES
    }
    return type("Wording", (Form,), lines)


class Rule(Form):
    """How long something is kept, and why so long."""

    months = forms.IntegerField(
        label=_("Months"),
        min_value=1,
        max_value=600,
        help_text=_("Counted from the day it ended. Then a person looks at it and decides."),
    )
    reason = forms.CharField(
        label=_("Why so long, and not less"),
        max_length=300,
        help_text=_("Somebody may ask about themself one day. This is the answer."),
        widget=Words,
    )


def not_over(day):
    """A day that is today or ahead, as a form needs it."""
    if day < timezone.localdate():
        raise ValidationError(_("Choose today or a later day."))
    return day
