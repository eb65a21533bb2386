"""What is asked when somebody makes a token."""

from django import forms
from django.utils.translation import gettext_lazy as _

from r2com.ui.forms import Cards, Checks, Form

from .models import Scope

DAYS = [("7", _("A week")), ("30", _("30 days")), ("90", _("90 days"))]


class TokenForm(Form):
    purpose = forms.CharField(
        label=_("What is it for?"), help_text=_("The name of the program, and where it runs."), max_length=100
    )
    scopes = forms.MultipleChoiceField(
        label=_("What may it be used for?"), choices=Scope.choices, widget=Checks, initial=[Scope.READ]
    )
    days = forms.TypedChoiceField(
        label=_("How long does it work?"), choices=DAYS, coerce=int, widget=Cards, initial="30"
    )
