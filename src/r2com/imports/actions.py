"""A caseload moves in from a list, row by row through the door; and back out again if it was a mistake."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import BinaryIO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from r2com.access.roles import Role
from r2com.accounts.models import User
from r2com.audit import trail
from r2com.audit.models import Event
from r2com.cases import actions as cases
from r2com.cases import retention
from r2com.cases.models import Case, CaseMember
from r2com.contacts import actions as contacts
from r2com.contacts.models import Kind, Statement
from r2com.contacts.note import Note, Said
from r2com.core.refusals import Refused
from r2com.organisations.models import Membership, Team
from r2com.sharing.models import must_have_basis
from r2com.vault import keyring
from r2com.vault.models import Owner

from . import safe, trial
from .convert import Entry, Reader, Verdict
from .mapping import Map, from_dict
from .models import Import, Row, Undoing
from .outcomes import Left, Outcome, Why
from .tables import Line, open_table


@transaction.atomic
def bring(team: Team, *, file: BinaryIO, reason: str, by: User, at: datetime) -> Import:
    """Upload a list. It is read once to see whether it can be, and kept sealed. Raises Unreadable."""
    must_supervise(team, by, at)
    with open_table(file) as table:
        headings, rows = table.headings, [line.number for line in table.lines]
    found = _new(team, headings=headings, rows=rows, reason=reason, by=by, at=at)
    found.digest = safe.digest(file, str(found.pk))
    found.save(force_insert=True)
    safe.put(found, file)
    trail.record("caseload.brought", subject=found, by=by, at=at)
    return found


@transaction.atomic
def choose_map(found: Import, *, map: Map, by: User, at: datetime) -> Import:
    """Say which column is which field. Raises BadMap, or Refused once the list is moving in."""
    must_supervise(found.team, by, at)
    current = Import.objects.select_for_update().get(pk=found.pk)
    current.must_not_have_begun()
    map.must_fit(current.headings)
    current.map = map.as_dict()
    current.save()
    fields = sorted(name for name, columns in map.columns.items() if columns)
    trail.record("caseload.mapped", subject=current, by=by, at=at, fields=fields)
    return current


@transaction.atomic
def begin(found: Import, *, by: User, at: datetime) -> Import:
    """From now on the rows move in. Beginning twice changes nothing."""
    must_supervise(found.team, by, at)
    current = Import.objects.select_for_update().get(pk=found.pk)
    if current.begun_at:
        return current
    from_dict(current.map).must_say_enough()
    must_have_basis(current.organisation, "core", timezone.localdate(at))
    current.begun_at = at
    current.save(update_fields=["begun_at"])
    trail.record("caseload.begun", subject=current, by=by, at=at)
    return current


@transaction.atomic
def begin_here(team: Team, *, file: BinaryIO, map: Map, reason: str, by: User, at: datetime) -> Import:
    """The same for a file that lies on this machine: nothing of it is kept. A list that was cut off goes on.

    Raises Refused for a list that has moved in already.
    """
    must_supervise(team, by, at)
    must_have_basis(team.organisation, "core", timezone.localdate(at))
    digest = safe.digest(file, str(team.pk), json.dumps(map.as_dict(), sort_keys=True))
    earlier = Import.objects.of_list(team, digest).first()
    if earlier is not None:
        return _go_on(earlier)
    with open_table(file, sheet=map.sheet) as table:
        map.must_fit(table.headings)
        headings, rows = table.headings, [line.number for line in table.lines]
    map.must_say_enough()
    found = _new(team, headings=headings, rows=rows, reason=reason, by=by, at=at)
    found.digest, found.map, found.begun_at = digest, map.as_dict(), at
    found.save(force_insert=True)
    trail.record("caseload.begun", subject=found, by=by, at=at)
    return found


@transaction.atomic
def take(found: Import, *, lines: list[Line], reader: Reader, by: User, at: datetime) -> list[Verdict]:
    """Some rows move in, all or none, each with a record of what became of it.

    Rows that somebody else has done meanwhile are left out: nobody moves in twice.
    """
    must_supervise(found.team, by, at)
    current = Import.objects.select_for_update().get(pk=found.pk)
    lines = [line for line in lines if line.number > current.position]
    if current.finished_at or not lines:
        return []
    verdicts = list(trial.judged(lines, reader, to=by))
    Row.objects.bulk_create(_moved_in(found, verdict, by=by, at=at) for verdict in verdicts)
    Import.objects.filter(pk=found.pk).update(position=lines[-1].number)
    return verdicts


@transaction.atomic
def finish(found: Import, *, by: User | None, at: datetime) -> None:
    """All rows are done, or nobody goes on with them: the file goes. Finishing twice changes nothing."""
    current = Import.objects.select_for_update().get(pk=found.pk)
    if current.finished_at:
        return
    Import.objects.filter(pk=found.pk).update(finished_at=at)
    trail.record("caseload.finished", subject=found, by=by, at=at)
    safe.forget(found)


@transaction.atomic
def drop(found: Import, *, by: User | None, at: datetime) -> None:
    """Nothing moves in: the list is deleted with everything that was said about it."""
    current = Import.objects.select_for_update().get(pk=found.pk)
    current.must_not_have_begun()
    trail.record("caseload.dropped", subject=current, by=by, at=at)
    safe.forget(current)
    current.delete()


@transaction.atomic
def undo(found: Import, *, by: User, at: datetime) -> Undoing:
    """Take a list back out: the cases that nobody has touched since go, one by one. Raises Refused."""
    must_supervise(found.team, by, at)
    current = Import.objects.select_for_update().get(pk=found.pk)
    current.must_be_undoable(at)
    undoing = Undoing.objects.create(of=current, begun_by=by, begun_at=at)
    trail.record("caseload.undoing_begun", subject=current, by=by, at=at)
    return undoing


@transaction.atomic
def undo_row(row: Row, *, left: str, by: User, at: datetime) -> None:
    """Delete the case of a row, or write down why it is left alone. Whoever was faster than this wins."""
    case = Case.objects.select_for_update().filter(pk=row.case.pk).first() if row.case else None
    left = left or (Left.WORKED if _touched(row) else "")
    if left or case is None:
        Row.objects.filter(pk=row.pk).update(left=left or Left.GONE)
        return
    Row.objects.filter(pk=row.pk).update(undone_at=at)
    trail.record("case.taken_back", subject=case, by=by, at=at)
    retention.take_back(case)


@transaction.atomic
def finish_undoing(undoing: Undoing, *, by: User, at: datetime) -> None:
    """Every case of the list has been looked at."""
    if Undoing.objects.filter(pk=undoing.pk, finished_at=None).update(finished_at=at):
        trail.record("caseload.undone", subject=undoing.of, by=by, at=at)


def must_supervise(team: Team, by: User, at: datetime) -> None:
    """A list moves in only through the supervisor of its team, who answers for who works with whom."""
    places = Membership.objects.on(timezone.localdate(at)).filter(user=by, team=team)
    if not places.filter(role=Role.SUPERVISOR).exists():
        raise Refused(_("Only the supervisor of a team moves a list into it."))


def _new(
    team: Team, *, headings: list[str], rows: Iterable[int], reason: str, by: User, at: datetime
) -> Import:
    keyring.make(Owner.ORGANISATION, team.organisation_id)
    found = Import(organisation=team.organisation, team=team, reason=reason, made_by=by, made_at=at)
    found.layout, found.number = {"headings": headings}, max(rows, default=0)
    if not found.number:
        raise Refused(_("There is a line of headings, and nothing below it."))
    return found


def _touched(row: Row) -> bool:
    """Whether there is anything on the trail that the import itself did not do."""
    return Event.objects.filter(case=row.case_id, by__isnull=False).exclude(at=row.done_at).exists()


def _go_on(earlier: Import) -> Import:
    if earlier.finished_at:
        raise Refused(
            _("This list has moved in already, on %(day)s. Nothing was done.")
            % {"day": timezone.localdate(earlier.finished_at).isoformat()}
        )
    return earlier


def _moved_in(found: Import, verdict: Verdict, *, by: User, at: datetime) -> Row:
    """Open the case of a row that is taken, and write down what became of the row."""
    outcome, faults, case = verdict.outcome, verdict.faults, None
    if outcome == Outcome.TAKEN and verdict.entry:
        try:
            case = _opened(verdict.entry, by=by, at=at)
        except Refused:
            outcome, faults = Outcome.REFUSED, [("", Why.RULE.value)]
    said = [[name, str(why)] for name, why in faults]
    return Row(of=found, number=verdict.number, outcome=outcome, faults=said, case=case, done_at=at)


@transaction.atomic
def _opened(entry: Entry, *, by: User, at: datetime) -> Case:
    """At the door, as by hand: opened, what was written before put down, then handed to who works there."""
    case = cases.open_case(entry.newcomer, entry.arrival, by=by, at=at)
    if entry.notes:
        contacts.write(case, note=_as_note(entry, at), by=by, at=at)
    if entry.worker and entry.worker != by:
        cases.place(case, entry.worker, part=CaseMember.Part.LEAD, by=by, at=at)
    if entry.deputy and entry.deputy != (entry.worker or by):
        cases.place(case, entry.deputy, part=CaseMember.Part.DEPUTY, by=by, at=at)
    return case


def _as_note(entry: Entry, at: datetime) -> Note:
    """Notes from before are what somebody told us, not what we saw."""
    told = Said(Statement.Type.REPORTED, entry.notes, who=_("The list we used before"))
    return Note(at, kind=Kind.MESSAGE, purpose=_("Moved in from the list we used before"), statements=(told,))
