"""The long part, done by the worker or by the command: row after row, so that a kill costs nothing."""

import logging
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID

from django.db.models import ProtectedError
from django.utils import timezone

from r2com.audit.models import Event
from r2com.cases.models import Case
from r2com.core.refusals import Refused
from r2com.vault import keyring

from . import actions, safe
from .convert import Reader
from .house import house
from .mapping import from_dict
from .models import FILE_KEPT, Import, Row, Undoing
from .outcomes import Left
from .tables import Line, open_table

BATCH = 20
AT_ONCE = 500
A_WHILE = timedelta(minutes=4)
log = logging.getLogger(__name__)


def go_on(at: datetime) -> None:
    """Go on with every list that moves in or out, for a few minutes; the rest comes with the next round."""
    until = timezone.now() + A_WHILE
    for found in Import.objects.going_on().select_related("team", "organisation", "made_by"):
        _carefully(lambda found=found: move_in_from_safe(found, until=until))
    for undoing in Undoing.objects.filter(finished_at=None).select_related("of__team", "begun_by"):
        _carefully(lambda undoing=undoing: move_out(undoing, until=until))


def forget_files(at: datetime) -> None:
    """No uploaded file stays longer than seven days, whatever became of it."""
    for found in Import.objects.filter(made_at__lt=at - FILE_KEPT, finished_at=None):
        if found.begun_at is None:
            actions.drop(found, by=None, at=at)
        elif safe.holds(found):
            actions.finish(found, by=None, at=at)


def move_in_from_safe(found: Import, *, until: datetime) -> None:
    """Go on with an uploaded list. Nothing to do for one that a command reads from its own file."""
    if not safe.holds(found):
        return
    with safe.opened(found) as file:
        move_in(found, file, until=until)


def move_in(
    found: Import, file, *, until: datetime | None = None, tell: Callable[[int], None] | None = None
) -> None:
    """Take the rows that are not done yet, some at a time, until all are or the time is over."""
    with open_table(file, sheet=from_dict(found.map).sheet) as table:
        reader = reader_of(found, timezone.now())
        for some in _batches(table.lines, after=found.position):
            actions.take(found, lines=some, reader=reader, by=found.made_by, at=timezone.now())
            keyring.forget()
            if tell:
                tell(some[-1].number)
            if until and timezone.now() > until:
                return
    actions.finish(found, by=found.made_by, at=timezone.now())


def move_out(undoing: Undoing, *, until: datetime | None = None) -> None:
    """Delete what an import brought and nobody has touched since; write down why the rest stays."""
    rows = Row.objects.filter(of=undoing.of).still_taken()
    while some := list(rows.select_related("case__person")[:BATCH]):
        for row, left in left_alone(some, by=undoing.of.made_by_id):
            _undo_row(row, left, undoing)
        keyring.forget()
        if until and timezone.now() > until:
            return
    actions.finish_undoing(undoing, by=undoing.begun_by, at=timezone.now())


def would_stay(found: Import) -> tuple[int, list[tuple[Row, str]]]:
    """How many cases would go, and which would stay, each with the reason. Nothing is changed."""
    rows = Row.objects.filter(of=found).still_taken().select_related("case__person").iterator(AT_ONCE)
    goes, stays = 0, []
    while some := list(islice(rows, AT_ONCE)):
        kept = [(row, left) for row, left in left_alone(some, by=found.made_by_id) if left]
        goes, stays = goes + len(some) - len(kept), stays + kept
    return goes, stays


def left_alone(rows: list[Row], *, by) -> Iterator[tuple[Row, str]]:
    """Each row with the reason why its case stays, or with nothing when it can go. Three queries for many."""
    events: dict = {}
    found = Event.objects.filter(case__in=[row.case_id for row in rows if row.case_id], by__isnull=False)
    for case, at, who, name in found.values_list("case", "at", "by", "name"):
        events.setdefault(case, []).append((at, who, name))
    elsewhere = _with_another_case(rows)
    for row in rows:
        yield row, _reason(row, events.get(row.case_id, []), elsewhere, by)


def _with_another_case(rows: list[Row]) -> set[UUID]:
    """People of these rows who have a case that none of these rows brought."""
    people, cases = [row.case.person_id for row in rows if row.case], {row.case_id for row in rows}
    held = Case.objects.filter(person__in=people).values_list("person", "pk")
    return {person for person, case in held if case not in cases}


def _reason(row: Row, events: list[tuple], elsewhere: set[UUID], by) -> str:
    """What the import itself did carries its own moment and its own name; everything else came since."""
    if row.case is None:
        return Left.GONE
    since = [name for at, who, name in events if (at, who) != (row.done_at, by)]
    if any(name != "record.opened" for name in since) or row.case.version > 1 or row.case.person.version > 1:
        return Left.WORKED
    if since:
        return Left.OPENED
    return Left.TIED if row.case.person_id in elsewhere else ""


def _undo_row(row: Row, left: str, undoing: Undoing) -> None:
    try:
        actions.undo_row(row, left=left, by=undoing.begun_by, at=timezone.now())
    except ProtectedError:
        actions.undo_row(row, left=Left.TIED, by=undoing.begun_by, at=timezone.now())


def reader_of(found: Import, at: datetime) -> Reader:
    """What reads the rows of this list."""
    today = timezone.localdate(at)
    return Reader(house(found.team, today), from_dict(found.map), found.headings, today)


def _batches(lines: Iterable[Line], *, after: int) -> Iterator[list[Line]]:
    """Some rows at a time, beginning behind the last one that is done."""
    waiting = (line for line in lines if line.number > after)
    while some := list(islice(waiting, BATCH)):
        yield some


def _carefully(work: Callable[[], None]) -> None:
    """A list that a rule stops holds up no other. Only the kind of the fault is kept."""
    try:
        work()
    except Refused as refusal:
        log.error("A list does not move in: %s. It is tried again.", type(refusal).__name__)
