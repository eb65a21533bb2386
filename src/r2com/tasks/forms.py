"""Moving a task, and saying that it is done."""

from django import forms
from django.utils.translation import gettext_lazy as _

from r2com.accounts.models import User
from r2com.ui.forms import Day, Form, Words


def owners_of(case):
    """Everybody who works in the case now."""
    return User.objects.filter(pk__in=case.members.filter(until__isnull=True).values("user")).order_by("name")


class MoveForm(Form):
    owner = forms.ModelChoiceField(label=_("Who does it"), queryset=None)
    due = forms.DateField(label=_("By when"), widget=Day)

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = owners_of(case)


class DoneForm(Form):
    words = forms.CharField(label=_("What came of it"), widget=Words, required=False)
