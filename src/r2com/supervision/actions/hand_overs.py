"""Handing cases over: preparing a note for each, giving each case by itself, and taking one back in time."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from r2com.access import grants
from r2com.access.roles import May
from r2com.accounts.models import User
from r2com.audit import trail
from r2com.cases import actions as cases
from r2com.cases.models import Case, CaseMember
from r2com.core.refusals import Changed, Refused
from r2com.tasks import actions as tasks
from r2com.tasks.models import Task

from ..beginning import begun
from ..models import HandedOver, HandOver, HandOverNote, Reading, TakenBack

Part = CaseMember.Part
PARTS = (Part.LEAD, Part.DEPUTY)


@dataclass(frozen=True)
class Plan:
    """Which cases go to whom, and in which part."""

    cases: list[Case]
    to: User
    part: str


@transaction.atomic
def prepare(worker: User, *, plan: Plan, by: User, at: datetime) -> HandOver:
    """Begin a note for each case from what is known. Nobody gets anything yet."""
    if not plan.cases:
        raise Refused(_("Choose at least one case."))
    if plan.part not in PARTS:
        raise Refused(_("Choose whether they take over or stand in."))
    hand_over = HandOver.objects.create(worker=worker, made_by=by, made_at=at)
    for case in plan.cases:
        _must_supervise(case, by)
        _must_be_anothers(worker, plan.to)
        note = HandOverNote(hand_over=hand_over, case=case, to=plan.to, part=plan.part)
        note.words = begun(case, worker, user=by, at=at)
        note.save(force_insert=True)
        trail.record("hand_over.prepared", subject=note, by=by, at=at, part=plan.part, to=str(plan.to.pk))
    return hand_over


@transaction.atomic
def change_note(
    note: HandOverNote, *, words: str, to: User, part: str, base: int, by: User, at: datetime
) -> HandOverNote:
    """Word a note, or choose somebody else, until the case is handed over. Raises Changed."""
    current = _held(note)
    _must_supervise(current.case, by)
    current.must_wait()
    if current.version != base:
        raise Changed(_("This was changed meanwhile. Both versions are shown below: choose, then keep it."))
    _must_be_anothers(current.hand_over.worker, to)
    current.words, current.to, current.part = words, to, part
    current.held_up, current.version = "", current.version + 1
    current.save()
    trail.record("hand_over.note_changed", subject=current, by=by, at=at, part=part, to=str(to.pk))
    return current


@transaction.atomic
def leave_out(note: HandOverNote, *, by: User, at: datetime) -> None:
    """This case stays where it is; what was prepared for it goes."""
    current = _held(note)
    _must_supervise(current.case, by)
    current.must_wait()
    trail.record("hand_over.left_out", subject=current, by=by, at=at)
    hand_over = current.hand_over
    current.delete()
    if not hand_over.notes.exists():
        hand_over.delete()


@transaction.atomic
def give(note: HandOverNote, *, by: User, at: datetime) -> HandedOver:
    """Hand one case over: the part, the open tasks and the note go together, or nothing does.

    Raises Refused when the case is closed, has another case worker by now, or the one who is to have it
    cannot.
    """
    current = _held(note)
    case, worker = current.case, current.hand_over.worker
    _must_supervise(case, by)
    current.must_wait()
    if not _has(case, worker, Part.LEAD):
        raise Refused(_("Somebody else is the case worker here by now."))
    deputy = case.members.filter(part=Part.DEPUTY, until__isnull=True).select_related("user").first()
    cases.place(case, current.to, part=current.part, by=by, at=at)
    handed = HandedOver(note=current, by=by, at=at, deputy_before=deputy.user if deputy else None)
    handed.tasks = _move(_open_tasks(case, worker), current.to, by=by, at=at)
    handed.save(force_insert=True)
    if current.held_up:
        current.held_up = ""
        current.save()
    facts = {"to": str(current.to_id), "part": current.part}
    trail.record("hand_over.given", subject=current, by=by, at=at, **facts)
    return handed


@transaction.atomic
def hold_up(note: HandOverNote, *, why: str, by: User, at: datetime) -> None:
    """Keep why a case could not be handed over, so that somebody can mend it and try again."""
    note.held_up = why
    note.save()
    trail.record("hand_over.held_up", subject=note, by=by, at=at)


@transaction.atomic
def read_note(note: HandOverNote, *, by: User, at: datetime) -> Reading:
    """Whoever takes over has read it. Reading it twice changes nothing."""
    note.case.must_be_open()
    if note.to_id != by.pk or not note.is_handed_over or note.is_taken_back:
        raise Refused(_("This note is for somebody else."))
    reading, is_first = Reading.objects.get_or_create(note=note, defaults={"at": at})
    if is_first:
        trail.record("hand_over.read", subject=note, by=by, at=at)
    return reading


@transaction.atomic
def take_back(note: HandOverNote, *, by: User, at: datetime) -> TakenBack:
    """Undo it within a day: parts and open tasks go back to where they were, and the note stays.

    Raises Refused when the day is over, or somebody else was placed here since.
    """
    current = _held(note)
    _must_supervise(current.case, by)
    if not current.may_be_taken_back(at):
        raise Refused(_("A hand-over can be taken back for one day. Hand the case over again instead."))
    if not _has(current.case, current.to, current.part):
        raise Refused(_("Somebody else was placed here since. Change it under “Who works here”."))
    _put_back(current, by=by, at=at)
    undone = TakenBack.objects.create(note=current, by=by, at=at)
    trail.record("hand_over.taken_back", subject=current, by=by, at=at)
    return undone


def _put_back(note: HandOverNote, *, by: User, at: datetime) -> None:
    case, worker, deputy = note.case, note.hand_over.worker, note.handed.deputy_before
    if note.part == Part.LEAD:
        cases.place(case, worker, part=Part.LEAD, by=by, at=at)
    moved = Task.objects.open().filter(pk__in=note.handed.tasks, owner=note.to)
    _move(moved.select_related("case"), worker, by=by, at=at)
    if deputy and not _has(case, deputy, Part.DEPUTY):
        cases.place(case, deputy, part=Part.DEPUTY, by=by, at=at)
    elif note.part == Part.DEPUTY and deputy is None:
        member = case.members.get(user=note.to, part=Part.DEPUTY, until__isnull=True)
        cases.end_place(member, by=by, at=at)


def _held(note: HandOverNote) -> HandOverNote:
    """The note as it stands now, held until the writing is done."""
    rows = HandOverNote.objects.select_for_update(of=("self",)).select_related(
        "case__person", "hand_over__worker", "to", "handed__deputy_before", "taken_back"
    )
    return rows.get(pk=note.pk)


def _must_supervise(case: Case, by: User) -> None:
    case.must_be_open()
    grants.must_allow(by, case.pk, May.SIGN_OFF)


def _must_be_anothers(worker: User, to: User) -> None:
    if worker.pk == to.pk:
        raise Refused(_("Choose somebody else: this is the worker whose cases are handed over."))


def _has(case: Case, user: User, part: str) -> bool:
    return case.members.filter(user=user, part=part, until__isnull=True).exists()


def _open_tasks(case: Case, worker: User) -> QuerySet[Task]:
    return Task.objects.open().filter(case=case, owner=worker).select_related("case")


def _move(rows: QuerySet[Task], to: User, *, by: User, at: datetime) -> list[str]:
    """Give these tasks to somebody else, each for its day."""
    return [str(tasks.move(task, owner=to, due=task.due, time=task.time, by=by, at=at).pk) for task in rows]
