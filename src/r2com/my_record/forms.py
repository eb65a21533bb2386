"""What is asked when a link is made or opened, and when an entry is held back."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from r2com.ui.forms import Cards, Checks, Form, Words

from .models import HeldBack
from .record import PARTS

LASTS = {"24": _("One day"), "48": _("Two days"), "72": _("Three days")}


class LinkForm(Form):
    parts = forms.MultipleChoiceField(
        label=_("Which parts are to be read?"),
        widget=Checks,
        choices=[(name, title) for name, title, _lines in PARTS],
    )
    lasts = forms.ChoiceField(
        label=_("How long may the link wait?"),
        widget=Cards,
        choices=list(LASTS.items()),
        help_text=_("It opens once. Then there is half an hour to read."),
    )

    def said(self) -> dict:
        hours = timedelta(hours=int(self.cleaned_data["lasts"]))
        return {"parts": self.cleaned_data["parts"], "lasts": hours}


class CodeForm(Form):
    code = forms.CharField(
        label=_("Your code"),
        max_length=40,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("Eight digits. Somebody told you them, or sent them by another way than this link."),
    )

    def digits(self) -> str:
        """Spaces and dashes do not matter, and neither does the script the digits are written in."""
        return "".join(str(int(sign)) for sign in self.cleaned_data["code"] if sign.isdecimal())


class HoldBackForm(Form):
    reason = forms.ChoiceField(
        label=_("Why may the person not read this for now?"),
        widget=Cards,
        choices=HeldBack.Reason.choices,
        help_text=_("The person reads this reason in place of the entry."),
    )
    words = forms.CharField(
        label=_("What this rests on"),
        widget=Words,
        help_text=_("For colleagues: who asked for it, who decided, and when you look at it again."),
    )

    def said(self) -> dict:
        words = self.cleaned_data["words"].replace("\r\n", "\n")
        return {"reason": self.cleaned_data["reason"], "words": words}
