"""Moving a task, and saying that it is done."""

from django import forms
from django.utils.translation import gettext_lazy as _

from r2com.access.models import Grant
from r2com.access.roles import May
from r2com.accounts.models import User
from r2com.ui.forms import Day, Form, Words

from .models import Task


def owners_of(task: Task):
    """Everybody who works in the case now and may see the task."""
    members = task.case.members.filter(until__isnull=True)
    owners = User.objects.filter(pk__in=members.values("user")).order_by("name")
    if not task.is_sensitive:
        return owners
    reading = Grant.objects.live().filter(case=task.case_id).that_allow(May.READ_SENSITIVE)
    return owners.filter(pk__in=reading.values("user"))


class MoveForm(Form):
    owner = forms.ModelChoiceField(label=_("Who does it"), queryset=None)
    due = forms.DateField(label=_("By when"), widget=Day)

    def __init__(self, *args, task: Task, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = owners_of(task)


class DoneForm(Form):
    words = forms.CharField(label=_("What came of it"), widget=Words, required=False)
