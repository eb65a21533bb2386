"""Before the gate: who arranges what, and what the one who receives has said."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from r2com.accounts.models import User
from r2com.audit import trail
from r2com.cases.models import Case, CaseMember
from r2com.core.refusals import Changed, Refused

from .. import clock, content
from ..models import GATE, Entry, Line
from .lists import begin, must_change

Says = Entry.Says


@transaction.atomic
def add_line(
    case: Case, *, words: str, means: str = "", weeks_before: int | None, by: User, at: datetime
) -> Line:
    """Add a line of one's own, due so many weeks before release."""
    must_change(case.pk, by)
    if not words.strip():
        raise Refused(_("Write what has to be in place."))
    begun = begin(case, checklist=GATE, by=by, at=at)
    line = Line.objects.create(begun=begun, words=words, means=means, weeks_before=weeks_before, added_at=at)
    _tell("gate.line_added", line, by=by, at=at)
    return line


@transaction.atomic
def change_line(
    case: Case,
    *,
    line: str,
    base: int,
    owner: User | None,
    outside: str = "",
    promised_for: date | None = None,
    notes: str = "",
    by: User,
    at: datetime,
) -> Line:
    """Say who arranges a line and by when. Raises Changed when that was changed since version `base`."""
    current = _line(case, line, by=by, at=at)
    if current.version != base:
        raise Changed(_("Somebody else changed this meanwhile. Both versions are shown below."))
    _must_work_here(case, owner)
    current.owner, current.outside, current.promised_for, current.notes = owner, outside, promised_for, notes
    current.version += 1
    current.save()
    _tell("gate.line_changed", current, by=by, at=at)
    return current


@transaction.atomic
def say(case: Case, *, line: str, says: str, words: str = "", by: User, at: datetime) -> Entry:
    """The owner has asked, or has arranged it. The line stays open until the receiver says so."""
    current = _open(case, line, by=by, at=at)
    if says not in (Says.ASKED, Says.ARRANGED):
        raise Refused(_("Only the one who receives makes it done."))
    return _write(current, says, words=words, by=by, at=at)


@transaction.atomic
def confirm(
    case: Case, *, line: str, who: str, how: str, on: date, words: str = "", by: User, at: datetime
) -> Entry:
    """The receiver says that it stands: who, how and on which day. Now it is done."""
    current = _open(case, line, by=by, at=at)
    if not who.strip():
        raise Refused(_("Write who confirmed it: a name, and what they do."))
    if _is_the_same(who, current):
        raise Refused(_("Who arranges it cannot confirm it. Ask the one who receives."))
    if how not in Entry.How.values:
        raise Refused(_("Say how it was confirmed."))
    if on > clock.local_day(at):
        raise Refused(_("Choose the day on which they said so. It cannot lie ahead."))
    return _write(current, Says.CONFIRMED, who=who, how=how, on=on, words=words, by=by, at=at)


@transaction.atomic
def take_back(case: Case, *, line: str, words: str, by: User, at: datetime) -> Entry:
    """A confirmation does not hold any more, and why. The line is open again."""
    current = _line(case, line, by=by, at=at)
    if not _stands(current, Says.CONFIRMED):
        raise Refused(_("This line is not confirmed."))
    return _write(current, Says.TAKEN_BACK, words=_reason(words), by=by, at=at)


@transaction.atomic
def not_needed(case: Case, *, line: str, words: str, by: User, at: datetime) -> Entry:
    """A line does not apply to this person, and why."""
    current = _open(case, line, by=by, at=at)
    return _write(current, Says.NOT_NEEDED, words=_reason(words), by=by, at=at)


@transaction.atomic
def need_again(case: Case, *, line: str, by: User, at: datetime) -> Entry:
    """A line applies after all, and is open again."""
    current = _line(case, line, by=by, at=at)
    if not _stands(current, Says.NOT_NEEDED):
        raise Refused(_("This line applies already."))
    return _write(current, Says.NEEDED, by=by, at=at)


def _line(case: Case, line: str, *, by: User, at: datetime) -> Line:
    """A line of the list by its key, or one's own by its id, held until we are done."""
    must_change(case.pk, by)
    begun = begin(case, checklist=GATE, by=by, at=at)
    rows = begun.lines.select_for_update()
    if line in content.lines_by_id(content.of(begun, GATE)):
        return rows.get_or_create(key=line, defaults={"begun": begun, "added_at": at})[0]
    own = {str(row.pk): row for row in rows.filter(key="")}
    if line not in own:
        raise Refused(_("There is no such line on this list."))
    return own[line]


def _open(case: Case, line: str, *, by: User, at: datetime) -> Line:
    current = _line(case, line, by=by, at=at)
    if _stands(current, Says.CONFIRMED):
        raise Refused(_("This line is confirmed. Take the confirmation back first, and say why."))
    if _stands(current, Says.NOT_NEEDED):
        raise Refused(_("This line does not apply. Say first that it does after all."))
    return current


def _stands(line: Line, says: str) -> bool:
    return line.last is not None and line.last.says == says


def _reason(words: str) -> str:
    if not words.strip():
        raise Refused(_("Write the reason."))
    return words


def _is_the_same(who: str, line: Line) -> bool:
    """Whether the receiver has the name of the one who arranges it."""
    names = (line.owner.name if line.owner else "", line.outside)
    return who.strip().casefold() in {name.strip().casefold() for name in names if name.strip()}


def _must_work_here(case: Case, owner: User | None) -> None:
    here = CaseMember.objects.filter(case=case, until__isnull=True)
    if owner is not None and not here.filter(user=owner).exists():
        raise Refused(_("Choose somebody who works with this person."))


def _write(line: Line, says: str, *, by: User, at: datetime, **said: str | date) -> Entry:
    entry = Entry.objects.create(line=line, says=says, recorded_by=by, at=at, **said)
    _tell("gate.line_said", line, by=by, at=at, says=says)
    return entry


def _tell(event: str, line: Line, *, by: User, at: datetime, **facts: str) -> None:
    case = line.begun.case_id
    trail.record(event, subject=line, by=by, at=at, case=case, line=line.key or "own", **facts)
