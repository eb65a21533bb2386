"""For the day's page: who is in their first 72 hours, who comes out soon, and what is still open for them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from r2com.cases.models import Case

from . import clock, gate
from .board import Lamp, lamps
from .models import BOARD, GATE, Begun

SOON = timedelta(days=30)


@dataclass(frozen=True)
class Landing:
    """Somebody in their first 72 hours, with the lamps that are not lit."""

    case: Case
    dark: list[Lamp]
    noon: datetime


@dataclass(frozen=True)
class Release:
    """Somebody who comes out soon, with the lines that nobody has confirmed, in the order of their days."""

    case: Case
    day: date
    open: list[gate.Standing]


def inside_72_hours(user, at: datetime) -> list[Landing]:
    """By the day of release. Four queries, however many people there are."""
    last = clock.local_day(at)
    first = last - timedelta(days=clock.DAYS - 1)
    cases = _released(user, first, last)
    begun = _begun(user, cases, BOARD).with_lights()
    boards = {one.case_id: one for one in begun} if cases else {}
    return [_landing(case, boards.get(case.pk)) for case in cases]


def releases(user, day: date, within: timedelta = SOON) -> list[Release]:
    """From tomorrow on, by the day of release. Four queries, however many people there are."""
    cases = _released(user, day + timedelta(days=1), day + within)
    begun = _begun(user, cases, GATE).with_lines()
    lists = {one.case_id: one for one in begun} if cases else {}
    return [_release(case, lists.get(case.pk)) for case in cases]


def _released(user, first: date, last: date) -> list[Case]:
    rows = Case.objects.visible_to(user).filter(release_on__range=(first, last))
    return list(rows.select_related("person").order_by("release_on", "opened_at"))


def _begun(user, cases: list[Case], checklist: str):
    return Begun.objects.visible_to(user).filter(case__in=cases, checklist=checklist).with_version()


def _landing(case: Case, begun: Begun | None) -> Landing:
    return Landing(case, [lamp for lamp in lamps(case, begun) if lamp.is_dark], clock.noon(case))


def _release(case: Case, begun: Begun | None) -> Release:
    return Release(case, case.release_on, [one for one in gate.standings(case, begun) if one.is_open])
