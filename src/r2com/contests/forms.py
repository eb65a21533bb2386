"""What is asked of the person about an entry, and of whoever answers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from r2com.ui.forms import Cards, Form, Words

from .models import Contest, Decision


class ContestForm(Form):
    words = forms.CharField(
        label=_("What do you say about it?"),
        widget=Words,
        help_text=_("In your own words. They stay as you write them."),
    )
    asks = forms.ChoiceField(
        label=_("What should happen?"),
        widget=Cards,
        choices=Contest.Asks.choices,
        help_text=_("Somebody who did not write the entry answers within a month, with reasons."),
    )

    def said(self) -> dict:
        return {"words": self.cleaned_data["words"].replace("\r\n", "\n"), "asks": self.cleaned_data["asks"]}


class DecisionForm(Form):
    outcome = forms.ChoiceField(label=_("Your answer"), widget=Cards, choices=Decision.Outcome.choices)
    reasons = forms.CharField(
        label=_("The reasons, in plain words"),
        widget=Words,
        help_text=_("The person reads this. Say what you looked at, and what changes now."),
    )
    told = forms.CharField(
        label=_("Who was told, and how"),
        widget=Words,
        required=False,
        help_text=_("The person first; then everybody who received the entry from us."),
    )

    def said(self) -> dict:
        return {name: value.replace("\r\n", "\n") for name, value in self.cleaned_data.items()}


class CorrectionForm(DecisionForm):
    """The answer, with what stands in the entry from now on."""

    words = forms.CharField(
        label=_("What stands there from now on"),
        widget=Words({"rows": 5}),
        help_text=_("If you do not follow it, leave it as it is. What stood there before stays readable."),
    )
    over = forms.CharField(widget=forms.HiddenInput, max_length=64)
    field_order = ["outcome", "words", "reasons", "told", "over"]
