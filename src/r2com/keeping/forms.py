"""What is asked before a record is held."""

from django import forms
from django.utils.translation import gettext_lazy as _

from r2com.ui.forms import Cards, Day, Form

from .models import Hold


class HoldForm(Form):
    """Which record, why, and until when at first."""

    reference = forms.CharField(
        label=_("Reference of the record"),
        help_text=_("Exactly as it stands on paper, such as QK-4821."),
        max_length=12,
    )
    reason = forms.ChoiceField(label=_("Why"), choices=Hold.Reason, widget=Cards)
    review_on = forms.DateField(
        label=_("Who decides looks again on"),
        help_text=_("Nothing ends by itself on this day. It is held until somebody ends it."),
        widget=Day,
    )
