"""What is asked for a letter, and for the templates that letters begin with."""

from django import forms
from django.utils.translation import gettext_lazy as _

from r2com.ui.forms import Form, Words

LINES = Words(attrs={"rows": 16})


class LetterForm(Form):
    """A letter while it is written."""

    base = forms.IntegerField(widget=forms.HiddenInput)
    to = forms.CharField(
        label=_("To whom"),
        help_text=_("Name and address, as they stand on the letter."),
        required=False,
        max_length=500,
        widget=Words(attrs={"rows": 3}),
    )
    subject = forms.CharField(label=_("What it is about"), required=False, max_length=200)
    words = forms.CharField(label=_("The letter"), required=False, max_length=20_000, widget=LINES)


class TemplateForm(Form):
    """How a letter begins."""

    name = forms.CharField(
        label=_("Name on the list"), help_text=_("Only your colleagues read it."), max_length=120
    )
    subject = forms.CharField(label=_("What it is about"), max_length=200)
    text = forms.CharField(label=_("The letter"), max_length=20_000, widget=LINES)


def differences(form: Form, theirs: dict[str, str]) -> list[tuple[str, str, str]]:
    """Where the form and what was kept meanwhile say something else: label, here, there."""
    pairs = [
        (field.label, _lines(field.value()), _lines(theirs.get(field.name)))
        for field in form.visible_fields()
    ]
    return [pair for pair in pairs if pair[1] != pair[2]]


def on_top_of(form: Form, version: int) -> None:
    """Let the same form be kept over what was kept meanwhile."""
    form.data = form.data.copy()
    form.data["base"] = str(version)


def _lines(value) -> str:
    return "\n".join(str(value or "").splitlines()).strip()
