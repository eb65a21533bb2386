"""Asking colleagues, answering them, and saying that a question is answered."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from r2com.access import grants
from r2com.access.models import Grant
from r2com.access.roles import May
from r2com.accounts.models import User
from r2com.audit import trail
from r2com.cases.models import Case
from r2com.core.refusals import Refused

from .models import Answered, Asked, Entry, Reading, Thread

WRITES = (May.ADD_EVIDENCE, May.SIGN_OFF)


@transaction.atomic
def ask(
    case: Case,
    *,
    colleagues: Iterable[User],
    words: str,
    is_sensitive: bool = True,
    only_asked: bool = False,
    wanted_by: date | None = None,
    by: User,
    at: datetime,
) -> Thread:
    """Ask colleagues who work in the case. Only they and others in it will ever read it."""
    grants.must_allow_any(by, case.pk, *WRITES)
    asked = sorted({one.pk for one in colleagues} - {by.pk})
    _must_read(case, [*asked, by.pk], is_sensitive)
    if not asked:
        raise Refused(_("Choose at least one colleague."))
    thread = Thread.objects.create(
        case=case,
        is_sensitive=is_sensitive,
        only_asked=only_asked,
        wanted_by=wanted_by,
        asked_by=by,
        asked_at=at,
    )
    Asked.objects.bulk_create(Asked(thread=thread, user_id=one) for one in asked)
    Entry.objects.create(thread=thread, words=words, said_by=by, said_at=at)
    trail.record("question.asked", subject=thread, by=by, at=at, asked=[str(one) for one in asked])
    return thread


@transaction.atomic
def reply(thread: Thread, *, words: str, by: User, at: datetime) -> Entry:
    """Say something to a question that is open."""
    current = _current(thread, by)
    current.must_be_open()
    entry = Entry.objects.create(thread=current, words=words, said_by=by, said_at=at)
    trail.record("question.replied", subject=current, by=by, at=at, entry=str(entry.pk))
    return entry


@transaction.atomic
def amend(entry: Entry, *, words: str, by: User, at: datetime) -> Entry:
    """Say it otherwise. What was said before stays beside it."""
    current = _current(entry.thread, by)
    if entry.said_by_id != by.pk:
        raise Refused(_("Only whoever said it can change it. Answer it instead."))
    first = entry.amends or entry
    change = Entry.objects.create(thread=current, amends=first, words=words, said_by=by, said_at=at)
    trail.record("question.amended", subject=current, by=by, at=at, entry=str(first.pk))
    return change


@transaction.atomic
def answered(thread: Thread, *, by: User, at: datetime) -> None:
    """Whoever asked has their answer. Saying it twice changes nothing."""
    current = _current(thread, by)
    if current.asked_by_id != by.pk:
        raise Refused(_("Only whoever asked can say that it is answered."))
    if not current.is_answered:
        Answered.objects.create(thread=current, answered_by=by, answered_at=at)
        trail.record("question.answered", subject=current, by=by, at=at)


@transaction.atomic
def reopen(thread: Thread, *, by: User, at: datetime) -> None:
    """Open a question again: whoever asked, or was asked. Doing it twice changes nothing."""
    current = _current(thread, by)
    if not current.takes_part(by):
        raise Refused(_("Only whoever asked or was asked can open it again."))
    for standing in Answered.objects.standing().filter(thread=current):
        standing.reopened_by, standing.reopened_at = by, at
        standing.save(update_fields=["reopened_by", "reopened_at"])
        trail.record("question.reopened", subject=current, by=by, at=at)


@transaction.atomic
def read(thread: Thread, *, by: User, at: datetime) -> None:
    """Remember that somebody has read what was said so far, once for everything new."""
    newest = max(entry.said_at for entry in thread.entries.all())
    if Reading.objects.filter(thread=thread, user=by, read_at__gte=newest).exists():
        return
    Reading.objects.update_or_create(thread=thread, user=by, defaults={"read_at": max(at, newest)})
    trail.record("question.read", subject=thread, by=by, at=at)


def _current(thread: Thread, by: User) -> Thread:
    """The thread as it is now, for somebody who may still write in the case."""
    grants.must_allow_any(by, thread.case_id, *WRITES)
    return (
        Thread.objects.select_for_update(of=("self",)).prefetch_related("answers", "asked").get(pk=thread.pk)
    )


def _must_read(case: Case, users: list, is_sensitive: bool) -> None:
    """Everybody in it has a live grant on the case; where it is sensitive, one that shows such things."""
    live = Grant.objects.live().filter(case=case.pk, user__in=users)
    if set(users) - set(live.values_list("user", flat=True)):
        raise Refused(_("They do not work in this case. Choose somebody who does."))
    if is_sensitive and set(users) - set(live.that_allow(May.READ_SENSITIVE).values_list("user", flat=True)):
        raise Refused(
            _("Somebody you chose does not read sensitive things. Ask somebody else, or take that mark away.")
        )
