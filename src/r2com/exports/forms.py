"""What is asked before data leaves the house."""

from django import forms
from django.utils.translation import gettext_lazy as _

from r2com.ui.forms import Cards, Form, Words

from .models import Format, What

WITHOUT, WITH = "without", "with"
NAMES = [(WITHOUT, _("Without names")), (WITH, _("With names"))]
SAYS = {
    WITHOUT: _("Random ids, months for days, ten years for an age. You can take it at once."),
    WITH: _("Only with a reason, and after a second person has said yes."),
}


class ExportForm(Form):
    what = forms.ChoiceField(label=_("What do you need?"), choices=What, widget=Cards)
    format = forms.ChoiceField(label=_("As which file?"), choices=Format, widget=Cards, initial=Format.XLSX)


class NamedExportForm(ExportForm):
    """For who may ask for names."""

    names = forms.ChoiceField(label=_("Names?"), choices=NAMES, widget=Cards(says=SAYS), initial=WITHOUT)
    reason = forms.CharField(
        label=_("Why does it have to be with names?"),
        help_text=_("A second person reads this. Leave it empty for an export without names."),
        required=False,
        max_length=2000,
        widget=Words,
    )

    def clean(self):
        if self.cleaned_data.get("names") == WITH and not self.cleaned_data.get("reason"):
            self.add_error("reason", _("Write why it has to be with names. A second person reads it."))
