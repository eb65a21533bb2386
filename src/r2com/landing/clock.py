"""The hours after release, by the clock on the agency's wall.

The day of release is known, its hour is not: the 72 hours are that day and the two after it.
"""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from r2com.cases.models import Case

DAYS = 3
NOON = time(12)


def local_day(at: datetime) -> date:
    """Which day it is here at a moment."""
    return at.astimezone(timezone.get_default_timezone()).date()


def starts(release_on: date) -> datetime:
    """When the day of release begins here."""
    return _here(release_on, time.min)


def ends(release_on: date) -> datetime:
    return starts(release_on + timedelta(days=DAYS))


def noon(case: Case) -> datetime:
    """The noon at which a lamp that is not lit goes to the deputy.

    It is the one after the day of release, or after the day on which we first met somebody who was out
    already.
    """
    first = max(case.release_on, local_day(case.opened_at))
    return _here(first + timedelta(days=1), NOON)


def has_begun(release_on: date | None, at: datetime) -> bool:
    return release_on is not None and starts(release_on) <= at


def is_over(release_on: date, at: datetime) -> bool:
    return ends(release_on) <= at


def is_running(release_on: date | None, at: datetime) -> bool:
    return release_on is not None and starts(release_on) <= at < ends(release_on)


def days(release_on: date) -> list[date]:
    return [release_on + timedelta(days=number) for number in range(DAYS)]


def _here(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, timezone.get_default_timezone())
