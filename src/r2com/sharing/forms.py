"""The forms of the lawful-basis register."""

from django import forms
from django.utils.translation import gettext_lazy as _

from r2com.organisations.forms import not_over
from r2com.ui.forms import Cards, Day, Form, Words

from .models import Category


class Basis(Form):
    """One entry: what may be kept, for what, and what in the law allows it."""

    category = forms.ChoiceField(label=_("What is kept"), choices=Category.choices, widget=Cards)
    purpose = forms.CharField(
        label=_("What for"),
        max_length=200,
        help_text=_("In words that you could say to the person."),
        widget=Words,
    )
    basis = forms.CharField(
        label=_("Basis"), max_length=200, help_text=_("Such as “GDPR Art. 9(2)(a), explicit consent”.")
    )
    provision = forms.CharField(
        label=_("The provision it rests on"),
        max_length=300,
        help_text=_("The article and the law of your country, and who confirmed it."),
        widget=Words,
    )
    warning = forms.CharField(
        label=_("What to mind"),
        max_length=300,
        required=False,
        help_text=_("Shown to whoever chooses this basis."),
        widget=Words,
    )
    starts = forms.DateField(label=_("From which day"), widget=Day)

    def clean_starts(self):
        return not_over(self.cleaned_data["starts"])


class End(Form):
    ends = forms.DateField(
        label=_("From which day does it no longer count?"),
        help_text=_("Today, or a day that is still ahead."),
        widget=Day,
    )

    def clean_ends(self):
        return not_over(self.cleaned_data["ends"])
