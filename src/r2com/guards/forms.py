"""What is asked before somebody is kept out, a record is restricted, or opened in an emergency."""

from django import forms
from django.utils.translation import gettext_lazy as _

from r2com.cases.forms.rows import OneOf, SomeOf
from r2com.ui.forms import Cards, Checks, Form, Words

from .actions.emergencies import FEWEST_SIGNS
from .models import Emergency, EmergencyReview, Exclusion, Restriction, SetAside


class RestrictForm(Form):
    """Why, and who alone may still see the record."""

    restricted_because = forms.ChoiceField(label=_("Why"), choices=Restriction.Reason, widget=Cards)
    named = SomeOf(
        label=_("Who may still see it"),
        help_text=_("At least two, and the case worker among them. A supervisor only if named here."),
        widget=Checks,
    )

    def __init__(self, *args, people: list, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["named"].offer(people, label=lambda user: user.name)


class ExcludeForm(Form):
    """Whom, and why."""

    user = OneOf(label=_("Who is kept out"))
    reason = forms.ChoiceField(label=_("Why"), choices=Exclusion.Reason, widget=Cards)
    words = forms.CharField(
        label=_("In your words"),
        help_text=_("If there is more to say. Sealed; only those who decide about this read it."),
        required=False,
        max_length=2000,
        widget=Words,
    )

    def __init__(self, *args, people: list, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["user"].offer(people, label=lambda user: user.name, empty=_("Choose"))


class EmergencyForm(Form):
    reference = forms.CharField(
        label=_("Reference of the record"),
        help_text=_("Exactly as it stands on paper, such as QK-4821."),
        max_length=12,
    )
    reason = forms.ChoiceField(label=_("Why it cannot wait"), choices=Emergency.Reason, widget=Cards)
    words = forms.CharField(
        label=_("What happens now"),
        help_text=_(
            "At least thirty signs. Your supervisor and whoever looks after data protection read it."
        ),
        min_length=FEWEST_SIGNS,
        max_length=2000,
        widget=Words,
    )


class ReviewForm(Form):
    outcome = forms.ChoiceField(
        label=_("What do you say to it?"), choices=EmergencyReview.Outcome, widget=Cards
    )
    words = forms.CharField(label=_("In your words"), required=False, max_length=2000, widget=Words)


class SetAsideForm(Form):
    ground = forms.ChoiceField(label=_("Why"), choices=SetAside.Ground, widget=Cards)
    words = forms.CharField(
        label=_("What the person asked for"),
        help_text=_("In their words, and what you look at until when. The person reads this."),
        max_length=2000,
        widget=Words,
    )

    def said(self) -> dict:
        return {name: value.replace("\r\n", "\n") for name, value in self.cleaned_data.items()}


class ToldForm(Form):
    told = forms.ChoiceField(label=_("How they were told"), choices=SetAside.Told, widget=Cards)
