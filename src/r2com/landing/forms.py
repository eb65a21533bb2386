"""What is asked on the list before the gate and on the board."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from r2com.cases.forms.rows import OneOf
from r2com.ui.forms import Cards, Day, Form, Words

from .models import Entry, Line


class OwnLineForm(Form):
    """A line of one's own."""

    words = forms.CharField(label=_("What has to be in place"), max_length=300)
    means = forms.CharField(
        label=_("What “done” means"),
        help_text=_("What the one who receives will have said."),
        widget=Words,
        required=False,
    )
    weeks_before = forms.TypedChoiceField(
        label=_("By when"), required=False, coerce=int, empty_value=None, choices=()
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["weeks_before"].choices = _weeks()


def _weeks() -> list[tuple[str, str]]:
    """Up to twelve weeks before release, so that the day moves when the day of release does."""
    named = [(str(weeks), _in_weeks(weeks)) for weeks in range(12, 0, -1)]
    return [("", _("No day")), *named]


def _in_weeks(weeks: int) -> str:
    said = ngettext("%(weeks)s week before release", "%(weeks)s weeks before release", weeks)
    return said % {"weeks": weeks}


class LineForm(Form):
    """Who arranges a line, by when, and notes."""

    base = forms.IntegerField(widget=forms.HiddenInput)
    owner = OneOf(label=_("Who arranges it, of those who work here"), required=False)
    outside = forms.CharField(
        label=_("Who arranges it outside"),
        help_text=_("A name or an office, such as: prison health care."),
        max_length=200,
        required=False,
    )
    promised_for = forms.DateField(label=_("Promised for"), widget=Day, required=False)
    notes = forms.CharField(label=_("Notes"), widget=Words, required=False)

    def __init__(self, *args, team: list, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].offer(team, label=lambda user: user.name, empty=_("Nobody yet"))


class SayForm(Form):
    """How far the owner is."""

    says = forms.ChoiceField(
        label=_("How far it is"),
        choices=[(says, says.label) for says in (Entry.Says.ASKED, Entry.Says.ARRANGED)],
        widget=Cards,
    )
    words = forms.CharField(label=_("In a few words"), required=False, max_length=500)


class ConfirmForm(Form):
    """What the receiver has said."""

    who = forms.CharField(
        label=_("Who receives it and has said so"), help_text=_("A name, and what they do."), max_length=200
    )
    how = forms.ChoiceField(label=_("How we know"), choices=Entry.How.choices, widget=Cards)
    on = forms.DateField(label=_("On which day"), widget=Day)


class ReasonForm(Form):
    """Why a confirmation does not hold, or why a line or lamp is not needed."""

    words = forms.CharField(label=_("Why"), max_length=500)


class NoteForm(Form):
    """A few words about a lamp."""

    note = forms.CharField(label=_("In a few words"), max_length=500, required=False)


class ReleaseForm(Form):
    """The day of release; empty when it is not known."""

    release_on = forms.DateField(
        label=_("Day of release"),
        help_text=_("Leave it empty while it is not known."),
        widget=Day,
        required=False,
    )


def as_written(line: Line | None) -> dict:
    """A line as its form begins."""
    if line is None:
        return {"base": 1}
    return {
        "base": line.version,
        "owner": line.owner_id and str(line.owner_id),
        "outside": line.outside,
        "promised_for": line.promised_for,
        "notes": line.notes,
    }


def differences(form: Form, theirs: dict) -> list[tuple[str, str, str]]:
    """Where the form and what was kept meanwhile say something else: label, here, there."""
    pairs = [(field, _said(field, field.value()), _said(field, theirs.get(field.name))) for field in form]
    return [
        (field.label, here, there) for field, here, there in pairs if here != there and field.name != "base"
    ]


def on_top_of(form: Form, version: int) -> None:
    """The same form, to be kept over what was kept meanwhile."""
    form.data = form.data.copy()
    form.data["base"] = str(version)


def _said(field: forms.BoundField, value) -> str:
    words = "\n".join(str(value or "").splitlines()).strip()
    return str(dict(getattr(field.field, "choices", [])).get(words, words)) if words else ""
