"""What of a note can be contested: all of it, or one statement."""

from datetime import datetime
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from r2com.accounts.models import User
from r2com.contests.kinds import Entry, Kind
from r2com.contests.kinds import register as kind

from . import actions
from .models import Contact, Readers, Statement

PEOPLE = ("case__person", "case__organisation", "case__team")


def register() -> None:
    kind(Kind("contact", Contact, contact, correct_contact))
    kind(Kind("statement", Statement, statement, correct_statement))


def contact(user, pk: UUID, part: str) -> Entry | None:
    row = Contact.objects.visible_to(user).select_related("standing", *PEOPLE).filter(pk=pk).first()
    if row is None:
        return None
    authors = frozenset({row.written_by_id})
    closed = row.standing.readers != Readers.EVERYBODY
    return Entry("contact", pk, row.case, _title(row), row.standing.words, authors, is_sensitive=closed)


def statement(user, pk: UUID, part: str) -> Entry | None:
    around = ("version__contact__standing", *(f"version__contact__{name}" for name in PEOPLE))
    row = Statement.objects.visible_to(user).select_related(*around).filter(pk=pk).first()
    if row is None:
        return None
    note = row.version.contact
    title = f"{_title(note)}: {row.get_type_display()}"
    authors = frozenset({note.written_by_id})
    closed = note.standing.readers != Readers.EVERYBODY
    return Entry("statement", pk, note.case, title, row.words, authors, within=note.pk, is_sensitive=closed)


def _title(row: Contact) -> str:
    day = date_format(row.standing.happened_at, _("j F Y"))
    return f"{row.standing.get_kind_display()}, {day}"


def correct_contact(entry: Entry, *, words: str, reasons: str, by: User, at: datetime) -> None:
    """Let other words stand in a note."""
    note = Contact.objects.get(pk=entry.pk)
    actions.correct(note, words=words, reason=reasons, by=by, at=at)


def correct_statement(entry: Entry, *, words: str, reasons: str, by: User, at: datetime) -> None:
    """Let other words stand in one statement of a note."""
    row = Statement.objects.select_related("version__contact").get(pk=entry.pk)
    said = {"position": row.position, "words": words}
    actions.correct_statement(row.version.contact, **said, reason=reasons, by=by, at=at)
