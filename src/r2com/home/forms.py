"""Finding somebody among the people one supports."""

from django import forms
from django.utils.translation import gettext_lazy as _

from r2com.ui.forms import Form


class FindForm(Form):
    """A name, or how somebody is called; other spellings are found, too."""

    name = forms.CharField(label=_("Find somebody by name"), max_length=200)
