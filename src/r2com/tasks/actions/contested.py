"""A contested entry is answered by somebody, by a day: it stands among what they promised."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from r2com.accounts.models import User
from r2com.audit import trail
from r2com.contests.models import Contest

from ..models import Done, Task


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
    """The contest was answered, and so the promise is kept, whoever did it, in a closed record, too."""
    for task in Task.objects.open().filter(pk=reminder):
        Done.objects.create(task=task, words="", done_by=by, done_at=at)
        trail.record("task.done", subject=task, by=by, at=at)
