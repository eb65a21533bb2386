"""What a day holds for somebody. Everything is ordered by time."""

from dataclasses import dataclass
from datetime import date

from r2com.access.models import Grant
from r2com.access.roles import May
from r2com.assessments.models import HandingIn
from r2com.cases.models import Case
from r2com.tasks.models import Task
from r2com.vault import keyring
from r2com.vault.models import Owner

MOST = 50


@dataclass(frozen=True)
class Supported:
    """Somebody I support, and where the support stands."""

    case: Case
    phase: str


@dataclass(frozen=True)
class Day:
    day: date
    due: list[Task]
    waiting: list[HandingIn]
    people: list[Supported]

    @property
    def case_ids(self) -> list[str]:
        cases = {task.case_id for task in self.due} | {w.assessment.case_id for w in self.waiting}
        return sorted(str(case) for case in cases | {row.case.pk for row in self.people})


def today(user, day: date) -> Day:
    """Five queries, however many people there are."""
    due = Task.objects.visible_to(user).open().owned_by(user).select_related("case__person")[:MOST]
    waiting = waiting_for(user)[:MOST]
    shown = Day(day, list(due), list(waiting), people(user, day))
    warm([task.case for task in shown.due] + [w.assessment.case for w in shown.waiting])
    return shown


def people(user, day: date) -> list[Supported]:
    """The people in my cases, by the day of release; nobody is ever ranked."""
    rows = Case.objects.visible_to(user).select_related("person").order_by("release_on", "opened_at")
    cases = list(rows[: MOST * 10])
    warm(cases)
    return [Supported(case, case.phase_on(day).label) for case in cases]


def waiting_for(user):
    """Assessments that were handed in and wait for this supervisor's answer."""
    mine = [grant.case for grant in Grant.objects.live().held_by(user) if grant.allows(May.SIGN_OFF)]
    rows = HandingIn.objects.filter(assessment__case__in=mine, answer__isnull=True)
    return rows.select_related("assessment__case__person", "by").order_by("at")


def warm(cases: list[Case]) -> None:
    """Fetch the keys of everybody on the page at once."""
    keyring.warm(Owner.PERSON, [case.person_id for case in cases])
    keyring.warm(Owner.CASE, [case.pk for case in cases])
