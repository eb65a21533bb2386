"""What is asked when people choose something to change in how they work, and when it has ended."""

from django import forms
from django.utils.translation import gettext_lazy as _

from r2com.accounts.models import User
from r2com.core.instruments import Instrument
from r2com.ui.forms import Cards, Day, Form, Words

from .models import HowItEnded
from .practice import statements


class ChooseForm(Form):
    about = forms.ChoiceField(label=_("What is it about?"), required=False)
    words = forms.CharField(
        label=_("What will be different?"),
        help_text=_("Small enough to be done. Nothing about a person we support."),
        max_length=1000,
        widget=Words,
    )
    owner = forms.ChoiceField(label=_("Who sees to it?"))
    by_when = forms.DateField(label=_("By when?"), widget=Day)

    def __init__(self, *args, guide: Instrument, owners: list[User], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["about"].choices = [("", _("Something else")), *statements(guide).items()]
        self.owners = {str(one.pk): one for one in owners}
        self.fields["owner"].choices = [
            ("", _("Choose")),
            *((pk, one.name) for pk, one in self.owners.items()),
        ]

    def clean_owner(self) -> User:
        return self.owners[self.cleaned_data["owner"]]


class EndForm(Form):
    how = forms.ChoiceField(label=_("How did it end?"), choices=HowItEnded, widget=Cards)
    words = forms.CharField(label=_("What came of it?"), max_length=1000, widget=Words)
