"""What is asked about one condition."""

from django import forms
from django.utils.translation import gettext_lazy as _

from r2com.ui.forms import Day, Form, Words

from .models import Condition

TEXTS = ("words", "asked_by", "whom_to_ask", "hard")


class ConditionForm(Form):
    """`base` is the version on the page when somebody began to write; 0 for a new one."""

    base = forms.IntegerField(widget=forms.HiddenInput)
    words = forms.CharField(
        label=_("What is asked, in plain words"),
        widget=Words,
        help_text=_("As you would say it across the table: “Be at home from ten at night to six.”"),
    )
    asked_by = forms.CharField(label=_("Who asks it"), max_length=200, required=False)
    whom_to_ask = forms.CharField(
        label=_("Whom to ask when something clashes"),
        max_length=300,
        required=False,
        help_text=_("A name and a number."),
    )
    hard = forms.CharField(
        label=_("What makes it hard to keep"),
        widget=Words,
        required=False,
        help_text=_("In the person’s own words. It helps to ask for a change in time."),
    )
    starts = forms.DateField(label=_("From"), widget=Day, required=False)
    ends = forms.DateField(label=_("Last day"), widget=Day, required=False)

    def clean(self):
        starts, ends = self.cleaned_data.get("starts"), self.cleaned_data.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", _("It ends before it begins. Look at the two days again."))

    def said(self) -> dict:
        """What was written, in the shape in which it is kept."""
        texts = {name: self.cleaned_data[name].replace("\r\n", "\n") for name in TEXTS}
        return texts | {"starts": self.cleaned_data["starts"], "ends": self.cleaned_data["ends"]}


def as_written(condition: Condition) -> dict:
    """What stands on record, in the shape of the form."""
    names = (*TEXTS, "starts", "ends")
    return {name: getattr(condition, name) for name in names} | {"base": condition.version}
