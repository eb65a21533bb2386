"""Promising something, finding something out, moving it, and saying that it is done."""

from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from r2com.access import grants
from r2com.access.roles import May
from r2com.accounts.models import User
from r2com.audit import trail
from r2com.cases.models import Case
from r2com.core.days import next_time
from r2com.core.refusals import Refused
from r2com.instruments.reading import sensitive_items

from ..models import Done, NotDone, PutOff, Task

EVERY: dict[str, dict[str, int]] = {
    Task.Repeats.WEEKLY: {"days": 7},
    Task.Repeats.FORTNIGHTLY: {"days": 14},
    Task.Repeats.MONTHLY: {"months": 1},
}
WRITES = (May.ADD_EVIDENCE, May.SIGN_OFF)
PLANS = (May.RATE, May.SIGN_OFF)


@transaction.atomic
def ask(
    case: Case,
    *,
    words: str,
    item: str = "",
    owner: User,
    due: date,
    repeats: str = "",
    by: User,
    at: datetime,
) -> Task:
    """Turn what is not known into a question with an owner and a date."""
    said = {"words": words, "item": item, "owner": owner, "due": due, "repeats": repeats}
    return _make(case, Task.Kind.QUESTION, said, by=by, at=at)


@transaction.atomic
def promise(
    case: Case, *, words: str, owner: User, due: date, repeats: str = "", by: User, at: datetime
) -> Task:
    """Promise to do something by a day."""
    said = {"words": words, "item": "", "owner": owner, "due": due, "repeats": repeats}
    return _make(case, Task.Kind.PROMISE, said, by=by, at=at)


@transaction.atomic
def meet(
    case: Case,
    *,
    words: str,
    owner: User,
    due: date,
    time: time | None = None,
    repeats: str = "",
    by: User,
    at: datetime,
) -> Task:
    """Agree to meet on a day, and at which hour if it is known."""
    said = {"words": words, "item": "", "owner": owner, "due": due, "time": time, "repeats": repeats}
    return _make(case, Task.Kind.MEETING, said, by=by, at=at)


@transaction.atomic
def move(task: Task, *, owner: User, due: date, time: time | None = None, by: User, at: datetime) -> Task:
    """Give a task to somebody else, or to another day and hour."""
    task.case.must_be_open()
    _must_look_after(task, by)
    task.must_be_open()
    _must_work_in(task.case, owner)
    if task.repeats and task.due != due:
        task.repeats_from = due
    task.owner, task.due = owner, due
    task.time = time if task.kind == Task.Kind.MEETING else None
    task.save(update_fields=["owner", "due", "time", "repeats_from"])
    trail.record("task.moved", subject=task, by=by, at=at, due=due.isoformat(), owner=str(owner.pk))
    return task


@transaction.atomic
def finish(task: Task, *, words: str = "", by: User, at: datetime) -> Done:
    """Say that it is done, and what came of it. Finishing twice changes nothing.

    What comes round is there again at once, for its next day.
    """
    task.case.must_be_open()
    _must_look_after(task, by)
    said = {"words": words, "done_by": by, "done_at": at}
    done, is_first = Done.objects.get_or_create(task=task, defaults=said)
    if is_first:
        trail.record("task.done", subject=task, by=by, at=at)
        if task.repeats:
            _come_round(task, by=by, at=at)
    return done


@transaction.atomic
def undo(task: Task, *, by: User, at: datetime) -> NotDone:
    """Say that it is not done after all. What was said stays; the next time it came round goes."""
    task.case.must_be_open()
    _must_look_after(task, by)
    current = Task.objects.select_for_update(of=("self",)).get(pk=task.pk)
    current.must_be_undone_in_time(at)
    following = Task.objects.filter(follows=current).select_related("done").first()
    if following is not None:
        if following.is_done:
            raise Refused(_("The time after it is done already. Open that one again first."))
        following.delete()
    done = current.done
    taken_back = NotDone.objects.create(
        task=current,
        words=done.words,
        done_by=done.done_by,
        done_at=done.done_at,
        taken_back_by=by,
        taken_back_at=at,
    )
    done.delete()
    trail.record("task.not_done", subject=current, by=by, at=at)
    return taken_back


@transaction.atomic
def put_off(case: Case, *, kind: str, about: str, until: date, reason: str, by: User, at: datetime) -> PutOff:
    """Not now: the reminder comes back on a day. The reason stays in the record."""
    case.must_be_open()
    grants.must_allow_any(by, case.pk, *WRITES)
    if until <= at.date():
        raise Refused(_("Choose a day that is still to come."))
    later = PutOff.objects.create(
        case=case, kind=kind, about=about, until=until, reason=reason, put_off_by=by, put_off_at=at
    )
    facts = {"kind": kind, "until": until.isoformat()}
    trail.record("reminder.put_off", subject=later, by=by, at=at, **facts)
    return later


def _make(case: Case, kind: str, said: dict[str, Any], *, by: User, at: datetime) -> Task:
    case.must_be_open()
    grants.must_allow_any(by, case.pk, *WRITES)
    _must_work_in(case, said["owner"])
    task = Task.objects.create(
        case=case,
        kind=kind,
        is_sensitive=said["item"] in sensitive_items(),
        repeats_from=said["due"] if said["repeats"] else None,
        made_by=by,
        made_at=at,
        **said,
    )
    trail.record("task.made", subject=task, by=by, at=at, kind=kind, due=task.due.isoformat())
    return task


def _come_round(task: Task, *, by: User, at: datetime) -> None:
    """The next one, from the same day of the week or month. It stays with whoever had the last one."""
    first = task.repeats_from or task.due
    again = Task.objects.create(
        case=task.case,
        kind=task.kind,
        words=task.words,
        item=task.item,
        is_sensitive=task.is_sensitive,
        owner=task.owner,
        due=next_time(first, after=max(task.due, at.date()), **EVERY[task.repeats]),
        time=task.time,
        repeats=task.repeats,
        repeats_from=first,
        follows=task,
        made_by=by,
        made_at=at,
    )
    trail.record("task.made", subject=again, by=by, at=at, kind=again.kind, due=again.due.isoformat())


def _must_look_after(task: Task, by: User) -> None:
    """Its owner finishes and moves it, and so do those who plan or supervise in the case."""
    if task.owner_id == by.pk:
        grants.must_allow(by, task.case_id, May.READ)
    else:
        grants.must_allow_any(by, task.case_id, *PLANS)


def _must_work_in(case: Case, owner: User) -> None:
    if not grants.allows(owner, case.pk, May.READ):
        raise Refused(_("They do not work in this case. Choose somebody who does."))
