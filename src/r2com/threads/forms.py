"""Asking a colleague, and saying something."""

from django import forms
from django.utils.translation import gettext_lazy as _

from r2com.accounts.models import User
from r2com.cases.forms.rows import SomeOf
from r2com.ui.forms import Checks, Day, Form, Words


class AskForm(Form):
    """A question to those who work in the case; it needs no title."""

    words = forms.CharField(label=_("What you want to ask"), widget=Words)
    colleagues = SomeOf(label=_("Whom"), widget=Checks)
    wanted_by = forms.DateField(label=_("An answer would help by"), widget=Day, required=False)
    is_sensitive = forms.BooleanField(
        label=_("It touches something sensitive"),
        help_text=_("Only those read it who read sensitive things in this case."),
        required=False,
    )
    only_asked = forms.BooleanField(
        label=_("Only between us"),
        help_text=_("Whom you ask, you and the supervisor read it. Otherwise everybody in this case may."),
        required=False,
    )

    def __init__(self, *args, colleagues: list[tuple[User, bool]], reads_sensitive: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["colleagues"].offer([user for user, _reads in colleagues], label=lambda user: user.name)
        says = {str(user.pk): _("Does not read sensitive things") for user, reads in colleagues if not reads}
        self.fields["colleagues"].widget.says = says
        if not reads_sensitive:
            del self.fields["is_sensitive"]


class SayForm(Form):
    words = forms.CharField(label=_("What you want to say"), widget=Words)
