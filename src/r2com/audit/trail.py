"""The only writer of the trail."""

from collections.abc import Callable

from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone

from r2com.access import grants
from r2com.vault import signing

from . import log
from .models import CaseCount, Event, Waiting

READINGS = ("record.opened", "door.searched")
_with_each_change: list[Callable[[], None]] = []


def with_each_change(function: Callable[[], None]) -> None:
    """Have a function called in the transaction of every change, before its event is written."""
    _with_each_change.append(function)


class NotWritten(DatabaseError):
    """The trail could not be written, so nothing is changed and nothing is shown."""


def record(name: str, *, subject: models.Model | None, by, case=None, at=None, **facts) -> Event:
    """Write an event, in the transaction of whatever it tells about. Raises NotWritten.

    `name` is `thing.done`, such as `case.closed`. `facts` are identifiers and words from fixed lists;
    what somebody typed never goes here. `by` is None only for what the system does by itself.
    """
    if not _is_reading(name):
        for function in _with_each_change:
            function()
    event = Event(
        name=name,
        at=at or timezone.now(),
        by=getattr(by, "pk", None),
        organisation=_organisation(subject, by),
        case=getattr(case, "pk", case) or _case(subject),
        subject_kind=subject._meta.label_lower if subject is not None else "",
        subject=subject.pk if subject is not None else None,
        facts=facts,
    )
    try:
        with transaction.atomic(savepoint=False):
            _write(event)
    except DatabaseError as fault:
        raise NotWritten(f"{name}: {type(fault).__name__}") from fault
    if event.case and not _is_reading(name):
        grants.changed(event.case, event.at)
    return event


def opened(page: str, *, subject: models.Model | None, by, case=None, **facts) -> None:
    """Write that a page with somebody's record is about to be shown. Call it before rendering.

    It is committed when this returns: `durable` refuses to run inside a transaction that could still be
    taken back after the page has left. Raises NotWritten, and then nothing is shown.
    """
    with transaction.atomic(durable=True):
        record("record.opened", subject=subject, by=by, case=case, page=page, **facts)


def _write(event: Event) -> None:
    """The entry, its number in the case, and its place: at once where there is one writer, else queued."""
    if event.case is not None:
        event.case_seq = CaseCount.next(event.case)
    event.save(force_insert=True)
    if connection.vendor == "sqlite":
        log.append([event])
    else:
        Waiting.objects.create(event=event.pk, bound=signing.bind(event.leaf()))


def _is_reading(name: str) -> bool:
    return name in READINGS or name.endswith(".printed")


def _case(subject):
    if subject is None:
        return None
    return subject.pk if subject._meta.label_lower == "cases.case" else getattr(subject, "case_id", None)


def _organisation(subject, by):
    return getattr(subject, "organisation_id", None) or getattr(by, "organisation_id", None)
