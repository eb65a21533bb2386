"""Doing what is due. Any number of workers may run this at the same time."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from .models import Job

LEASE = timedelta(minutes=10)
TRY_AGAIN = timedelta(minutes=5)
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Work:
    """What a job does and how often. `function` is called with the moment; doing it twice must do no harm."""

    name: str
    function: Callable[[datetime], object]
    every: timedelta


_known: dict[str, Work] = {}


def register(name: str, function: Callable[[datetime], object], every: timedelta) -> None:
    """Make a job known to every worker. Call it while the application starts."""
    _known[name] = Work(name, function, every)


def run_due(*, at: datetime) -> dict[str, bool]:
    """Do every job that is due and that nobody else works on. Says for each whether it went well."""
    return {work.name: _do(work, at) for work in list(_known.values()) if _take(work, at)}


def _take(work: Work, at: datetime) -> bool:
    """Take it for ten minutes. A worker that is killed gives it back by the passing of time."""
    Job.objects.get_or_create(name=work.name, defaults={"due_at": at})
    return Job.objects.take(work.name, at=at, until=at + LEASE)


def _do(work: Work, at: datetime) -> bool:
    """A fault is kept by its kind only: its message may hold what somebody typed."""
    try:
        work.function(at)
    except Exception as fault:  # one broken job must not stop the others
        log.error("The job “%s” failed: %s. It is tried again.", work.name, type(fault).__name__)
        _give_back(work, at, due_at=at + TRY_AGAIN, last_fault=type(fault).__name__[:100])
        return False
    _give_back(work, at, due_at=at + work.every, attempts=0, last_fault="")
    return True


def _give_back(work: Work, at: datetime, **outcome) -> None:
    """Only if it is still ours: somebody may have taken over after ten minutes."""
    Job.objects.filter(name=work.name, leased_until=at + LEASE).update(leased_until=None, **outcome)
