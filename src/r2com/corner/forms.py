"""What is asked about somebody in the person's corner."""

from django import forms
from django.utils.translation import gettext_lazy as _

from r2com.ui.forms import Cards, Form, Words

from .actions import SAID
from .models import Supporter


class SupporterForm(Form):
    """`base` is the version on the page when somebody began to write; 0 for a new one."""

    base = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(
        label=_("Who is it?"), max_length=200, help_text=_("A first name is enough. As they call them.")
    )
    relation = forms.CharField(
        label=_("Who are they to you?"),
        max_length=200,
        required=False,
        help_text=_("Aunt, neighbour, trainer, somebody from the choir."),
    )
    ring = forms.ChoiceField(label=_("How near do they stand?"), choices=Supporter.Ring.choices, widget=Cards)
    helps = forms.CharField(
        label=_("What can you count on them for?"),
        widget=Words,
        required=False,
        help_text=_("A bed for a night, a lift, somebody to be quiet with. In their own words."),
    )
    phone = forms.CharField(label=_("Telephone"), max_length=60, required=False)
    contact = forms.ChoiceField(
        label=_("May we speak with them?"), choices=Supporter.Contact.choices, widget=Cards
    )

    def said(self) -> dict[str, str]:
        return {field: self.cleaned_data[field].replace("\r\n", "\n") for field in SAID}


def as_written(supporter: Supporter) -> dict:
    """What stands on record, in the shape of the form."""
    return {field: getattr(supporter, field) for field in SAID} | {"base": supporter.version}
