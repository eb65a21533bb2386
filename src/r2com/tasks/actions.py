"""Promising something, finding something out, and saying that it is done."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from r2com.accounts.models import User
from r2com.audit import trail
from r2com.cases.models import Case
from r2com.contests.models import Contest
from r2com.instruments.reading import sensitive_items

from .models import Done, Task


@transaction.atomic
def ask(case: Case, *, words: str, item: str = "", owner: User, due: date, by: User, at: datetime) -> Task:
    """Turn what is not known into a question with an owner and a date."""
    return _make(case, Task.Kind.QUESTION, words=words, item=item, owner=owner, due=due, by=by, at=at)


@transaction.atomic
def promise(case: Case, *, words: str, owner: User, due: date, by: User, at: datetime) -> Task:
    """Promise to do something by a day."""
    return _make(case, Task.Kind.PROMISE, words=words, item="", owner=owner, due=due, by=by, at=at)


@transaction.atomic
def move(task: Task, *, owner: User, due: date, by: User, at: datetime) -> Task:
    """Give a task to somebody else, or to another day."""
    task.owner, task.due = owner, due
    task.save(update_fields=["owner", "due"])
    trail.record("task.moved", subject=task, by=by, at=at, due=due.isoformat(), owner=str(owner.pk))
    return task


@transaction.atomic
def finish(task: Task, *, words: str = "", by: User, at: datetime) -> Done:
    """Say that it is done, and what came of it. Finishing twice changes nothing."""
    said = {"words": words, "done_by": by, "done_at": at}
    done, is_first = Done.objects.get_or_create(task=task, defaults=said)
    if is_first:
        trail.record("task.done", subject=task, by=by, at=at)
    return done


@transaction.atomic
def remind(contest: Contest, *, owner: User, due: date, by: User | None, at: datetime) -> UUID:
    """Put a contest among the promises of whoever is to answer it. Only who reads sensitive items sees it."""
    task = Task(case=contest.case, kind=Task.Kind.PROMISE, is_sensitive=True, owner=owner, due=due)
    task.words = _("Answer what was contested: %(entry)s") % {"entry": contest.title}
    task.made_by, task.made_at = by or owner, at
    task.save(force_insert=True)
    trail.record("task.made", subject=task, by=by, at=at, kind=task.kind, due=due.isoformat())
    return task.pk


@transaction.atomic
def answered(reminder: UUID, *, by: User, at: datetime) -> None:
    """The contest was answered, and so the promise is kept, whoever did it."""
    for task in Task.objects.open().filter(pk=reminder):
        finish(task, by=by, at=at)


def _make(
    case: Case, kind: str, *, words: str, item: str, owner: User, due: date, by: User, at: datetime
) -> Task:
    task = Task.objects.create(
        case=case,
        kind=kind,
        words=words,
        item=item,
        is_sensitive=item in sensitive_items(),
        owner=owner,
        due=due,
        made_by=by,
        made_at=at,
    )
    trail.record("task.made", subject=task, by=by, at=at, kind=kind, due=due.isoformat())
    return task
