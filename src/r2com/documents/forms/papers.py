"""What is asked about a paper."""

from django import forms
from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from r2com.ui.forms import Cards, Day, Form, Words
from r2com.ui.uploads import is_too_large

from ..actions.papers import Wrong
from ..models import Kind, Release, SeenBy, Source

# Without HEIC here, phones that take such pictures send a JPEG instead.
ACCEPT = "application/pdf,image/jpeg,image/png,image/tiff,text/plain"


def _megabytes() -> int:
    return settings.UPLOAD_LIMIT // (1024 * 1024)


class PaperFile(forms.FileField):
    """A file whose size is told before anything else is asked of it."""

    def __init__(self, **kwargs):
        faults = {"empty": _("There is nothing in this file. Choose another one.")}
        super().__init__(required=False, error_messages=faults, **kwargs)

    def clean(self, data, initial=None):
        if data and is_too_large(data):
            raise forms.ValidationError(
                gettext(
                    "This file is larger than %(size)d MB. "
                    "Make it smaller, or add only the pages that are needed."
                )
                % {"size": _megabytes()}
            )
        return super().clean(data, initial)


class DocumentForm(Form):
    """A new paper: the file or a picture of it, and what it is."""

    file = PaperFile(
        label=_("A file"),
        help_text=lazy(
            lambda: (
                gettext("PDF, picture (JPEG, PNG, TIFF) or plain text, up to %(size)d MB.")
                % {"size": _megabytes()}
            ),
            str,
        )(),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )
    photo = PaperFile(
        label=_("Or a picture of it, taken now"),
        help_text=_("On a phone this opens the camera."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png", "capture": "environment"}),
    )
    name = forms.CharField(
        label=_("What it is"), help_text=_("Such as: Answer of the housing office."), max_length=200
    )
    kind = forms.ChoiceField(label=_("Kind of paper"), choices=Kind.choices, widget=Cards)
    source = forms.ChoiceField(label=_("Where it comes from"), choices=Source.choices, widget=Cards)
    received_from = forms.CharField(
        label=_("From whom, when somebody else sent it"), required=False, max_length=200
    )
    dated = forms.DateField(label=_("The day that stands on it"), required=False, widget=Day)
    seen_by = forms.ChoiceField(
        label=_("Who may see it"),
        help_text=_("Medical papers and papers of a court are mostly for the second."),
        choices=SeenBy.choices,
        widget=Cards,
        initial=SeenBy.EVERYBODY,
    )
    note = forms.CharField(label=_("A note"), required=False, max_length=2000, widget=Words)

    def clean(self):
        given = [name for name in ("file", "photo") if self.cleaned_data.get(name)]
        if not given and not {"file", "photo"} & set(self.errors):
            self.add_error("file", _("Choose a file, or take a picture."))
        if len(given) == 2:
            self.add_error("photo", _("Add one of the two: the file or the picture."))
        if self.cleaned_data.get("source") == Source.RECEIVED and not self.cleaned_data.get("received_from"):
            self.add_error("received_from", _("Write from whom it was received."))

    @property
    def sent(self) -> bytes:
        return (self.cleaned_data["file"] or self.cleaned_data["photo"]).read()

    @property
    def said(self) -> dict:
        """What the action asks for beside the file."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("file", "photo")}


class ReleaseForm(Form):
    """For whom a copy is taken out, and why."""

    to = forms.CharField(
        label=_("For whom"), help_text=_("The office, or the person, who gets it."), max_length=200
    )
    why = forms.CharField(label=_("What for"), max_length=1000, widget=Words)
    ground = forms.ChoiceField(label=_("What allows it"), choices=Release.Ground.choices, widget=Cards)


class RemoveForm(Form):
    """Why a paper is taken out for good."""

    reason = forms.ChoiceField(label=_("Why it does not belong here"), choices=Wrong.choices, widget=Cards)
