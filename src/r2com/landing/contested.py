"""What is written before the gate and in the first 72 hours can be contested: a line, and a lamp's words."""

from uuid import UUID

from r2com.access import grants
from r2com.access.roles import May
from r2com.contests.kinds import Entry, Kind
from r2com.contests.kinds import register as kind

from . import content
from .models import BOARD, GATE, Light, Line

PEOPLE = ("begun__version", "begun__case__person", "begun__case__organisation", "begun__case__team")


def register() -> None:
    kind(Kind("gate_line", Line, line))
    kind(Kind("lamp", Light, lamp))


def line(user, pk: UUID, part: str) -> Entry | None:
    row = Line.objects.visible_to(user).whole().select_related(*PEOPLE).filter(pk=pk).first()
    found = row and _of(content.of(row.begun, GATE), row.key)
    if row is None or not _sees(user, row, found):
        return None
    title, said = found.title if found else row.words, [entry.words for entry in row.entries.all()]
    authors = frozenset(entry.recorded_by_id for entry in row.entries.all())
    return _entry("gate_line", row, title, [row.notes, *said], authors | {row.owner_id} - {None}, found)


def lamp(user, pk: UUID, part: str) -> Entry | None:
    row = Light.objects.visible_to(user).select_related(*PEOPLE).filter(pk=pk).first()
    found = row and _of(content.of(row.begun, BOARD), row.lamp)
    if row is None or not _sees(user, row, found):
        return None
    said = [str(row.get_says_display()), row.note]
    return _entry("lamp", row, found.title if found else row.lamp, said, frozenset({row.by_id}), found)


def _of(checklist, key: str):
    """The line of the checklist that was written on, if it is one of the checklist's own."""
    return next((one for one in checklist.lines if one.id == key), None)


def _sees(user, row, found) -> bool:
    hidden = found is not None and found.sensitive
    return not hidden or grants.allows(user, row.begun.case_id, May.READ_SENSITIVE)


def _entry(name: str, row, title: str, said: list[str], authors: frozenset, found) -> Entry:
    words, hidden = "\n".join(filter(None, said)), found is not None and found.sensitive
    return Entry(name, row.pk, row.begun.case, title, words, frozenset(authors), is_sensitive=hidden)
