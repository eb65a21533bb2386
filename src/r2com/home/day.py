"""What a day holds for somebody. Everything is ordered by time."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from r2com.core.days import later
from r2com.landing import clock
from r2com.tasks import reminders
from r2com.ui.addresses import each
from r2com.ui.templatetags.ui import when

from . import caseload
from .caseload import MOST, Sheet, Somebody, Supported, warm
from .news import News, last_looked, told, written
from .promised import Due, by_itself, due, promised
from .waiting import Waiting, awaited, waiting_for

SOON = timedelta(days=30)


@dataclass(frozen=True)
class Out:
    """Somebody who comes out soon, or who just did."""

    when: str
    name: str
    url: str
    person_url: str


@dataclass(frozen=True)
class Day:
    """`goes_on` says that more is promised for the days after the last that is shown."""

    day: date
    meetings: list[Due]
    due: list[Due]
    waiting: list[Waiting]
    sheet: Sheet
    cases: set[UUID]
    inside: list[Out] = field(default_factory=list)
    leaving: list[Out] = field(default_factory=list)
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
        headed = [(_("Still open from before"), before), (_("For today"), now), (_("Coming"), coming)]
        return [(heading, rows) for heading, rows in headed if rows]

    @property
    def case_ids(self) -> list[str]:
        return sorted({str(case) for case in self.cases} | set(self.sheet.case_ids))


def today(user, day: date) -> Day:
    """Four queries, however many people there are, one on the keyring, and two on the trail."""
    begins = clock.starts(day)
    since = last_looked(user, begins)
    trail = written(user, since) if since else {}
    rows, waiting, found = promised(user), waiting_for(user), reminders.of(user, day)
    around = caseload.around(user, _first_day(day), day + SOON, since or begins)
    people = {row[1]: Somebody(*row[1:]) for row in around}
    people |= {one.somebody.case: one.somebody for one in [*rows, *waiting]}
    warm(people.values())
    names = {case: somebody.name for case, somebody in people.items()}
    meetings = [one for one in rows if one.is_meeting and one.day == day]
    others = [one for one in rows if not (one.is_meeting and one.day == day)]
    coming = sorted([*due(others, names), *by_itself(found, people, names)], key=lambda one: one.day)
    soon = [row for row in around if row[0] and _first_day(day) <= row[0] <= day + SOON]
    changed = {case: one for case, one in trail.items() if case in names}
    return Day(
        day=day,
        meetings=due(meetings, names),
        due=coming[:MOST],
        goes_on=len(coming) > MOST,
        waiting=awaited(waiting, names),
        sheet=caseload.first_sheet(around, day),
        inside=[_out(row, names, "first_72_hours") for row in soon if row[0] <= day],
        leaving=[_out(row, names, "before_the_gate") for row in soon if row[0] > day],
        since=since,
        news=told(changed, people, names),
        cases={one.somebody.case for one in [*rows, *waiting]}
        | {one.case for one in found if one.case in names}
        | {row[1] for row in soon}
        | set(changed),
    )


def _first_day(day: date) -> date:
    """The earliest day of release from which the 72 hours still run."""
    return later(day, 1 - clock.DAYS)


def _out(row: tuple, names: dict[UUID, str], page: str) -> Out:
    released, case, reference = row[:3]
    return Out(when(released), names[case], each(page)(reference), each("person")(reference))
