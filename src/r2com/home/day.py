"""What a day holds for somebody. Everything is ordered by time."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from r2com.core.days import later
from r2com.core.reminders import Reminder
from r2com.landing import clock
from r2com.supervision.away import StandingIn, standing_in
from r2com.tasks import reminders
from r2com.ui.addresses import each
from r2com.ui.templatetags.ui import when

from . import caseload
from .caseload import MOST, Sheet, Somebody, Supported, warm
from .news import News, Written, last_looked, told, written
from .promised import ELSEWHERE, RUNS_OUT, Due, Promised, by_itself, due, promised
from .waiting import HandedOver, Waiting, awaited, waiting_for

SOON = timedelta(days=30)
NEAR = 7


@dataclass(frozen=True)
class Out:
    """Somebody who comes out soon, or who just did."""

    when: str
    name: str
    url: str
    person_url: str


@dataclass(frozen=True)
class Day:
    """`due` goes as far as the next seven days; `goes_on` says that more is promised after the last shown."""

    day: date
    meetings: list[Due]
    due: list[Due]
    waiting: list[Waiting]
    sheet: Sheet
    cases: set[UUID]
    inside: list[Out] = field(default_factory=list)
    leaving: list[Out] = field(default_factory=list)
    runs_out: list[Due] = field(default_factory=list)
    standing_in: list[StandingIn] = field(default_factory=list)
    since: datetime | None = None
    news: list[News] = field(default_factory=list)
    goes_on: bool = False

    @property
    def people(self) -> list[Supported]:
        return self.sheet.people

    @property
    def by_time(self) -> list[tuple[str, list[Due]]]:
        """What is due under three headings: still open from before, today, and coming."""
        before = [one for one in self.due if one.day < self.day]
        now = [one for one in self.due if one.day == self.day]
        coming = [one for one in self.due if one.day > self.day]
        headed = [
            (_("Still open from before"), before),
            (_("For today"), now),
            (_("In the next seven days"), coming),
        ]
        return [(heading, rows) for heading, rows in headed if rows]

    @property
    def case_ids(self) -> list[str]:
        return sorted({str(case) for case in self.cases} | set(self.sheet.case_ids))


@dataclass(frozen=True)
class Read:
    """What was asked for, still sealed, and the names of everybody in it."""

    promised: list[Promised]
    waiting: list[HandedOver]
    found: list[Reminder]
    around: list[tuple]
    people: dict[UUID, Somebody]
    names: dict[UUID, str]
    since: datetime | None
    written: dict[UUID, Written]


def today(user, day: date) -> Day:
    """Five queries, however many people there are, one on the keyring, and two on the trail."""
    read = _read(user, day)
    meetings = [one for one in read.promised if one.is_meeting and one.day == day]
    soon = [row for row in read.around if row[0] and _first_day(day) <= row[0] <= day + SOON]
    runs_out = [one for one in read.found if one.kind == RUNS_OUT]
    near, goes_on = _near(read, day)
    return Day(
        day=day,
        meetings=due(meetings, read.names),
        due=near,
        goes_on=goes_on,
        waiting=awaited(read.waiting, read.names),
        sheet=caseload.first_sheet(read.around, day),
        standing_in=[one for one in standing_in(user, day) if one.starts <= day],
        runs_out=by_itself(runs_out, read.people, read.names),
        inside=[_out(row, read.names, "first_72_hours") for row in soon if row[0] <= day],
        leaving=[_out(row, read.names, "before_the_gate") for row in soon if row[0] > day],
        since=read.since,
        news=told(read.written, read.people, read.names),
        cases={one.somebody.case for one in [*read.promised, *read.waiting]}
        | {one.case for one in read.found if one.case in read.names}
        | {row[1] for row in soon}
        | set(read.written),
    )


def _read(user, day: date) -> Read:
    begins = clock.starts(day)
    since = last_looked(user, begins)
    around = caseload.around(user, _first_day(day), day + SOON, since or begins)
    rows, waiting = promised(user), waiting_for(user)
    people = {row[1]: Somebody(*row[1:]) for row in around}
    people |= {one.somebody.case: one.somebody for one in [*rows, *waiting]}
    warm(people.values())
    names = {case: somebody.name for case, somebody in people.items()}
    news = written(user, since) if since else {}
    changed = {case: one for case, one in news.items() if case in names}
    return Read(rows, waiting, reminders.of(user, day), around, people, names, since, changed)


def _near(read: Read, day: date) -> tuple[list[Due], bool]:
    """What is due up to the next seven days, the soonest first; and whether anything comes later."""
    last = later(day, NEAR)
    own = [one for one in read.promised if not (one.is_meeting and one.day == day)]
    computed = [one for one in read.found if one.kind not in ELSEWHERE and one.case in read.people]
    near = sorted([one for one in [*own, *computed] if one.day <= last], key=_day)
    shown, goes_on = near[:MOST], len(near) > MOST or len(near) < len(own) + len(computed)
    rows = due([one for one in shown if isinstance(one, Promised)], read.names)
    rows += by_itself([one for one in shown if isinstance(one, Reminder)], read.people, read.names)
    return sorted(rows, key=_day), goes_on


def _day(one: Promised | Reminder | Due) -> date:
    return one.day


def _first_day(day: date) -> date:
    """The earliest day of release from which the 72 hours still run."""
    return later(day, 1 - clock.DAYS)


def _out(row: tuple, names: dict[UUID, str], page: str) -> Out:
    released, case, reference = row[:3]
    return Out(when(released), names[case], each(page)(reference), each("person")(reference))
