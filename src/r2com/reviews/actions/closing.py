"""Writing down how the support ends, and closing with a letter."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from r2com.access import grants
from r2com.access.roles import May
from r2com.accounts.models import User
from r2com.audit import trail
from r2com.cases import actions as cases
from r2com.cases.models import Case, Closure
from r2com.core.refusals import Changed, Refused
from r2com.plans.models import Goal
from r2com.tasks import actions as tasks
from r2com.tasks.models import Task

from ..dates import calls
from ..models import Call, Closing, GoalEnd, Letter, TaskEnd, View


@dataclass(frozen=True)
class GoalAccount:
    """What became of one goal."""

    goal: Goal
    how: str
    whose: str
    words: str = ""
    view: str = ""


@dataclass(frozen=True)
class TaskAccount:
    """What becomes of one open task."""

    task: Task
    what: str
    words: str = ""


@dataclass(frozen=True)
class Account:
    """How the support ends, as it was written down together."""

    reason: str
    view: str
    view_words: str = ""
    waits: str = ""
    told: str = ""
    calls_wanted: bool = True
    goals: list[GoalAccount] = field(default_factory=list)
    tasks: list[TaskAccount] = field(default_factory=list)


@dataclass(frozen=True)
class LetterWords:
    """The five parts of the letter, in the language that the person reads."""

    language: str
    you_did: str = ""
    we_did: str = ""
    waits: str = ""
    ring: str = ""
    keeping: str = ""


@transaction.atomic
def prepare(case: Case, account: Account, *, base: int, by: User, at: datetime) -> Closing:
    """Write down how it ends; the record stays open until the letter is kept.

    Raises Changed when somebody wrote another account since version `base` (0 for none).
    """
    case.must_be_open()
    grants.must_allow(by, case.pk, May.RATE)
    must_be_told(account)
    closing = _to_write(case, base)
    closing.reason, closing.view, closing.view_words = account.reason, account.view, account.view_words
    closing.waits, closing.told = account.waits, account.told
    closing.calls_wanted = account.calls_wanted and account.reason != Closure.Reason.DIED
    closing.written_by, closing.written_at, closing.version = by, at, base + 1
    closing.save()
    _write_ends(closing, account)
    trail.record("closing.written", subject=closing, by=by, at=at, reason=closing.reason)
    return closing


@transaction.atomic
def close(closing: Closing, letter: LetterWords, *, base: int, by: User, at: datetime) -> Closure:
    """Keep the letter, end what was still open as it was said, plan the calls, and close.

    Raises Changed when the account is another one than version `base`, Refused while a task has no answer.
    """
    case = closing.case
    case.must_be_open()
    grants.must_allow(by, case.pk, May.RATE)
    current = Closing.objects.select_for_update().get(pk=closing.pk)
    if current.version != base:
        raise Changed(
            _("The account of the closing was changed meanwhile. Read it once more, then the letter.")
        )
    _must_answer_for_all(current, {end.task_id for end in current.tasks.all()})
    must_be_a_letter(current, letter)
    for end in current.tasks.select_related("task__case", "closing"):
        tasks.finish(end.task, words=_became(end), by=by, at=at)
    days = calls(case, timezone.localdate(at)) if current.calls_wanted else []
    last_call = days[-1][1] if days else None
    current.closure = cases.close(case, reason=current.reason, last_call=last_call, by=by, at=at)
    current.save(update_fields=["closure"])
    if not current.is_without_letter:
        Letter.objects.create(closing=current, written_by=by, written_at=at, **vars(letter))
    Call.objects.bulk_create(
        Call(case=case, closing=current, occasion=occasion, due=day, owner=by) for occasion, day in days
    )
    trail.record(
        "closing.kept", subject=current, by=by, at=at, calls=[day.isoformat() for _which, day in days]
    )
    return current.closure


@transaction.atomic
def letter_printed(letter: Letter, *, by: User, at: datetime) -> None:
    """Write on the trail that the letter is about to leave the house."""
    trail.record("letter.printed", subject=letter, by=by, at=at, case=letter.closing.case_id)


def must_be_told(account: Account) -> None:
    """What has to be said before a support ends."""
    if account.view != View.AGREES and not account.view_words.strip():
        raise Refused(_("Write how the person sees it, or why they were not asked."))
    reasons = {
        TaskEnd.What.HANDED: _("Write who does it now."),
        TaskEnd.What.DROPPED: _("Write why it is dropped."),
    }
    for end in account.tasks:
        if end.what in reasons and not end.words.strip():
            raise Refused(reasons[TaskEnd.What(end.what)])


def must_be_a_letter(closing: Closing, letter: LetterWords) -> None:
    """The person is told whom to ring and what is kept; nobody writes to somebody who died."""
    if not closing.is_without_letter and not (letter.ring.strip() and letter.keeping.strip()):
        raise Refused(_("A letter says at least who to ring, and what we keep and until when."))


def _to_write(case: Case, base: int) -> Closing:
    """The account that is being written, if it is the one that was seen."""
    current = Closing.objects.select_for_update().being_written().filter(case=case).first()
    if (current.version if current else 0) != base:
        raise Changed(_("Somebody else changed this meanwhile. Both versions are shown below."))
    return current or Closing(case=case)


def _write_ends(closing: Closing, account: Account) -> None:
    """What becomes of goals and open tasks: every goal given, and every task that is open."""
    _must_answer_for_all(closing, {end.task.pk for end in account.tasks})
    closing.goals.all().delete()
    closing.tasks.all().delete()
    for goal in account.goals:
        GoalEnd.objects.create(closing=closing, **vars(goal))
    for task in account.tasks:
        TaskEnd.objects.create(closing=closing, **vars(task))


def _must_answer_for_all(closing: Closing, answered: set[UUID]) -> None:
    still_open = set(Task.objects.open().filter(case=closing.case_id).values_list("pk", flat=True))
    if still_open - answered:
        raise Refused(_("There is a task that nobody has answered for. Say what becomes of each one."))


def _became(end: TaskEnd) -> str:
    """What stands under the task from now on."""
    if end.what == TaskEnd.What.FINISHED:
        return end.words
    return f"{end.get_what_display()}: {end.words}"
