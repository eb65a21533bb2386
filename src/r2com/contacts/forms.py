"""What is asked when a contact is written down."""

from datetime import UTC, datetime

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from r2com.cases.forms.rows import SomeOf
from r2com.ui.forms import Cards, Checks, Day, Form, Hour, Moment, Words

from .models import Attendance, Kind, Readers, Statement
from .note import Note, Promise, Said

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
A_DAY = 24 * 60
TYPES = list(Statement.Type)
LINES_AT_MOST = 30
SPOKEN = (Statement.Type.SAID, Statement.Type.OBSERVED, Statement.Type.VIEW)
OWN = ("attendance", "words", *SPOKEN)

LABELS = {
    Statement.Type.SAID: _("Said, word for word"),
    Statement.Type.OBSERVED: _("What I saw or heard myself"),
    Statement.Type.REPORTED: _("What somebody told me"),
    Statement.Type.VIEW: _("What I make of it"),
}
MORE_LABELS = {
    Statement.Type.SAID: _("Said, word for word ({number})"),
    Statement.Type.OBSERVED: _("What I saw or heard myself ({number})"),
    Statement.Type.REPORTED: _("What somebody told me ({number})"),
    Statement.Type.VIEW: _("What I make of it ({number})"),
}
MORE = {
    Statement.Type.SAID: _("said"),
    Statement.Type.OBSERVED: _("seen or heard"),
    Statement.Type.REPORTED: _("told by somebody"),
    Statement.Type.VIEW: _("my view"),
}
HINTS = {
    Statement.Type.SAID: _("Only the words themselves. The page puts the quotation marks."),
    Statement.Type.VIEW: _("Somebody else may see it otherwise."),
}
READERS_SAYS = {
    Readers.EVERYBODY: _("Mentors and partner agencies, too."),
    Readers.CASE_TEAM: _("No mentor and no partner agency. You always read your own."),
    Readers.WRITER: _("Nobody else who works here."),
}


class WhenForm(Form):
    """What every note says: when it was, what kind, how long."""

    happened_at = forms.DateTimeField(label=_("When"), widget=Moment)
    kind = forms.ChoiceField(label=_("What kind"), choices=Kind.choices, widget=Cards)
    minutes = forms.IntegerField(
        label=_("Minutes spent, with the way there"),
        required=False,
        min_value=0,
        max_value=A_DAY,
        error_messages=dict.fromkeys(
            ["min_value", "max_value"], _("Write between 0 and 1440 minutes, or nothing.")
        ),
    )
    purpose = forms.CharField(label=_("What it was for"), required=False, max_length=300)
    readers = forms.ChoiceField(
        label=_("Who may read it"), choices=Readers.choices, widget=Cards(says=READERS_SAYS)
    )

    def clean_happened_at(self):
        moment = self.cleaned_data["happened_at"]
        if moment < EARLIEST:
            raise forms.ValidationError(_("Write the day on which it happened."))
        return moment


class ContactForm(WhenForm):
    """A note about one contact. Each statement has a line under what it is."""

    attendance = forms.ChoiceField(label=_("Did it come about?"), choices=Attendance.choices)
    present = forms.CharField(label=_("Who was there"), required=False, max_length=300)
    words = forms.CharField(label=_("What happened"), required=False, widget=Words)
    because = forms.CharField(
        label=_("Why, as far as we know"),
        help_text=_("There may be a good reason. “Not known” is an answer."),
        required=False,
        widget=Words(attrs={"rows": 2}),
    )
    changes = forms.CharField(
        label=_("What it changes in the plan"), required=False, widget=Words(attrs={"rows": 2})
    )
    towards = SomeOf(label=_("Goals and steps it was about"), required=False, widget=Checks)

    def __init__(self, *args, lines: dict[str, int], goals: list, **kwargs):
        super().__init__(*args, **kwargs)
        self.lines = {kind: min(lines.get(kind, 1), LINES_AT_MOST) for kind in TYPES}
        for kind in TYPES:
            for number in range(1, self.lines[kind] + 1):
                self.fields |= _line(kind, number)
        self.fields["towards"].rows = {key: about for key, _label, about in goals}
        self.fields["towards"].choices = [(key, label) for key, label, _about in goals]

    @property
    def note(self) -> Note:
        """What the actions ask for."""
        given = self.cleaned_data
        kept = ("happened_at", "kind", "attendance", "minutes", "readers", "purpose", "present")
        written = ("words", "because", "changes")
        said = [self._said(kind, number) for kind in TYPES for number in range(1, self.lines[kind] + 1)]
        return Note(
            **{name: given[name] for name in kept + written},
            statements=tuple(one for one in said if one.words),
            towards=tuple(given["towards"]),
        )

    def clean(self):
        for number in range(1, self.lines[Statement.Type.REPORTED] + 1):
            if self.cleaned_data.get(f"who_{number}") and not self.cleaned_data.get(f"reported_{number}"):
                self.add_error(f"reported_{number}", _("Write what was told, or empty who told it."))

    def _said(self, kind: str, number: int) -> Said:
        who = self.cleaned_data[f"who_{number}"] if kind == Statement.Type.REPORTED else ""
        return Said(kind, self.cleaned_data[f"{kind}_{number}"], who)

    @property
    def statements(self) -> list[tuple[str, list[list[forms.BoundField]]]]:
        """The lines of each type, for the page: the type, and for each line its fields."""
        rows = {kind: range(1, self.lines[kind] + 1) for kind in TYPES}
        return [(kind, [self._fields(kind, number) for number in rows[kind]]) for kind in TYPES]

    def _fields(self, kind: str, number: int) -> list[forms.BoundField]:
        words = [self[f"{kind}_{number}"]]
        return [*words, self[f"who_{number}"]] if kind == Statement.Type.REPORTED else words

    @property
    def more(self) -> list[tuple[str, str]]:
        """What one more line can be asked for."""
        return [(kind, MORE[kind]) for kind in TYPES if self.lines[kind] < LINES_AT_MOST]

    @property
    def more_is_open(self) -> bool:
        """Whether something stands in what is folded away."""
        return any(self[name].value() or self[name].errors for name in ("purpose", "changes"))


class NewContactForm(ContactForm):
    """A new note, with what is due next."""

    next_words = forms.CharField(label=_("What is due next"), required=False, max_length=300)
    next_due = forms.DateField(label=_("By when"), required=False, widget=Day)
    next_meets = forms.BooleanField(label=_("We meet"), required=False)
    next_time = forms.TimeField(label=_("At what time"), required=False, widget=Hour)
    done = SomeOf(label=_("Done with this"), required=False, widget=Checks)

    def __init__(self, *args, tasks: list, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["done"].offer(tasks, label=lambda task: task.words)

    def clean(self):
        super().clean()
        words, due = self.cleaned_data.get("next_words"), self.cleaned_data.get("next_due")
        if words and not due and "next_due" not in self.errors:
            self.add_error("next_due", _("Choose a day for it, or empty both."))
        if self.cleaned_data.get("next_time") and not (words and self.cleaned_data.get("next_meets")):
            self.add_error("next_time", _("Write what is due next and tick “We meet”, or empty the time."))

    @property
    def promise(self) -> Promise | None:
        given = self.cleaned_data
        words, meets = given["next_words"], given["next_meets"]
        return Promise(words, given["next_due"], meets, given["next_time"]) if words else None


class AmendForm(ContactForm):
    """A new version of a note that stands."""

    base = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why you amend it"),
        help_text=_("The earlier version stays readable, with this reason beside it."),
        widget=Words(attrs={"rows": 1}),
    )


class SessionForm(WhenForm):
    """One session with several people: what was common, and what belongs to each of them alone.

    It `waits` where it was to be kept before somebody who was chosen had a part of their own.
    """

    people = SomeOf(label=_("Who was expected"), widget=Checks)
    words = forms.CharField(
        label=_("What we did together"),
        help_text=_("It stands in every note. Name nobody here, and nothing that is about one of them."),
        required=False,
        widget=Words,
    )

    def __init__(self, *args, cases: list, chosen: list, waits: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].offer(cases, label=lambda case: case.person.name)
        self.chosen, self.waits = chosen, waits
        for case in chosen:
            self.fields |= _own(case)

    @property
    def notes(self) -> list:
        """A case and its note, for each who was expected. Nobody appears in the note of somebody else."""
        return [(case, self._note(case)) for case in self.chosen]

    @property
    def sheets(self) -> list[tuple]:
        """What is asked about each of them, for the page: always, and folded away while it is empty."""
        asked = [(case, [self[f"{name}_{case.pk}"] for name in OWN]) for case in self.chosen]
        return [(case, own[:2], own[2:], any(field.value() for field in own[2:])) for case, own in asked]

    def _note(self, case) -> Note:
        own = {name: self.cleaned_data[f"{name}_{case.pk}"] for name in OWN}
        common = {name: self.cleaned_data[name] for name in ("happened_at", "kind", "purpose", "readers")}
        took_place = Attendance(own["attendance"]).took_place
        words = "\n\n".join(filter(None, [self.cleaned_data["words"] if took_place else "", own["words"]]))
        said = tuple(Said(kind, own[kind]) for kind in SPOKEN if own[kind])
        return Note(
            **common,
            attendance=own["attendance"],
            minutes=self._share(),
            present=case.person.short_name if took_place else "",
            words=words if took_place else "",
            because="" if took_place else words,
            statements=said,
        )

    def _share(self) -> int | None:
        """Our minutes, shared out evenly: an hour with six people is an hour of work."""
        minutes = self.cleaned_data["minutes"]
        return None if minutes is None else round(minutes / len(self.chosen))


class NarrowForm(Form):
    """Which of the contacts to show."""

    kind = forms.ChoiceField(
        label=_("What kind"), choices=[("", _("Every kind")), *Kind.choices], required=False
    )
    came = forms.ChoiceField(
        label=_("Did it come about?"),
        choices=[("", _("Either")), ("yes", _("It took place")), ("no", _("It did not"))],
        required=False,
    )
    whose = forms.ChoiceField(
        label=_("Written by"), choices=[("", _("Anybody")), ("mine", _("Me"))], required=False
    )
    since = forms.DateField(label=_("From"), required=False, widget=Day)
    until = forms.DateField(label=_("Until"), required=False, widget=Day)


def _line(kind: str, number: int) -> dict[str, forms.Field]:
    """The field of one statement, and who told it where somebody did."""
    label = LABELS[kind] if number == 1 else format_lazy(MORE_LABELS[kind], number=number)
    hint = HINTS.get(kind, "") if number == 1 else ""
    field = forms.CharField(label=label, help_text=hint, required=False, widget=Words(attrs={"rows": 1}))
    if kind != Statement.Type.REPORTED:
        return {f"{kind}_{number}": field}
    who = forms.CharField(label=_("Who told it"), required=False, max_length=200)
    return {f"{kind}_{number}": field, f"who_{number}": who}


def _own(case) -> dict[str, forms.Field]:
    """What is asked about one of several people."""
    labels = {
        kind: format_lazy("{who}: {what}", who=case.person.short_name, what=LABELS[kind]) for kind in SPOKEN
    }
    said = {f"{kind}_{case.pk}": _words(label) for kind, label in labels.items()}
    who = {"who": case.person.short_name}
    return {
        f"attendance_{case.pk}": forms.ChoiceField(
            label=format_lazy(_("{who}: did it come about?"), **who), choices=Attendance.choices
        ),
        f"words_{case.pk}": _words(
            format_lazy(_("{who}: what was theirs alone, or why it did not happen"), **who)
        ),
        **said,
    }


def _words(label) -> forms.Field:
    return forms.CharField(label=label, required=False, widget=Words(attrs={"rows": 1}))
