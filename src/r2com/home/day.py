"""What a day holds for somebody. Everything is ordered by time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.html import escape
from django.utils.translation import gettext as _

from r2com.access.models import seen
from r2com.access.questions import Question
from r2com.access.roles import May
from r2com.assessments.models import Assessment, HandingIn
from r2com.plans.models import Step
from r2com.tasks.models import Task
from r2com.ui.addresses import each
from r2com.ui.templatetags.ui import when
from r2com.vault.fields import opened
from r2com.vault.models import Owner

from .caseload import MOST, Sheet, Somebody, Supported, labels, sheet, warm

TASKS = Question(
    lambda asker: (
        Task.objects.visible_to(asker)
        .open()
        .owned_by(asker)
        .values_list("due", "pk", "words", "kind", *Somebody.columns("case"))[: MOST + 1]
    )
)
STEPS = Question(
    lambda asker: (
        Step.objects.visible_to(asker)
        .owned_by(asker)
        .due()
        .values_list("by", "pk", "words", "goal__plan", *Somebody.columns("goal__plan__case"))[: MOST + 1]
    )
)
WAITING = Question(
    lambda asker: (
        HandingIn.objects.filter(assessment__case__in=seen("case", asker, May.SIGN_OFF), answer__isnull=True)
        .order_by("at")
        .values_list(
            "at", "by__name", "assessment__kind", "assessment", *Somebody.columns("assessment__case")
        )
    )[:MOST]
)


@dataclass(frozen=True)
class Due:
    """Something promised for a day: a task of one's own, or a step of a plan with where it is ticked off."""

    day: date
    when: str
    words: str
    kind: str
    url: str
    name: str
    person_url: str
    done_url: str = ""


@dataclass(frozen=True)
class Waiting:
    """An assessment that was handed in to me, when and by whom."""

    at: datetime
    by: str
    kind: str
    url: str
    name: str


@dataclass(frozen=True)
class Day:
    """`goes_on` says that more is promised for the days after the last that is shown."""

    day: date
    due: list[Due]
    waiting: list[Waiting]
    sheet: Sheet
    cases: set[UUID]
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


def today(user, day: date, *, signs_off: bool = True) -> Day:
    """Six queries, however many people there are; one less for a role to which nothing is handed in."""
    promised = sorted([*tasks_of(user), *steps_of(user)], key=lambda one: one.day)
    shown, supported = promised[:MOST], sheet(user, day)
    waiting = waiting_for(user) if signs_off else []
    people = {one.somebody.case: one.somebody for one in [*shown, *waiting]}
    warm(people.values())
    names = {row.case: row.name for row in supported.people}
    names |= {case: somebody.name for case, somebody in people.items() if case not in names}
    return Day(day, due(shown, names), awaited(waiting, names), supported, set(people), len(promised) > MOST)


@dataclass(frozen=True)
class Promised:
    """A task or a step as it lies in the database: its words are still sealed."""

    day: date
    pk: UUID
    words: bytes
    kind: str
    plan: UUID | None
    somebody: Somebody

    def read(self) -> str:
        model = Step if self.plan else Task
        return opened(model, "words", self.pk, self.words, Owner.CASE, self.somebody.case)


def tasks_of(user) -> list[Promised]:
    """My open tasks, the soonest first."""
    return [Promised(*row[:4], None, Somebody(*row[4:])) for row in TASKS(user)]


def steps_of(user) -> list[Promised]:
    """My steps of the plans that are worked with, the soonest first."""
    return [Promised(*row[:3], "step", row[3], Somebody(*row[4:])) for row in STEPS(user)]


def due(promised: list[Promised], names: dict[UUID, str]) -> list[Due]:
    kinds = labels(Task.Kind) | {"step": escape(_("Step of the plan"))}
    days = {day: when(day) for day in {one.day for one in promised}}
    task, plan, finish, person = (each(name) for name in ("task", "plan", "finish_step", "person"))
    return [
        Due(
            one.day,
            days[one.day],
            one.read(),
            kinds[one.kind],
            plan(one.plan) if one.plan else task(one.pk),
            names[one.somebody.case],
            person(one.somebody.reference),
            finish(one.pk) if one.plan else "",
        )
        for one in promised
    ]


@dataclass(frozen=True)
class HandedIn:
    """An assessment that waits, as it lies in the database."""

    at: datetime
    by: str
    kind: str
    assessment: UUID
    somebody: Somebody


def waiting_for(user) -> list[HandedIn]:
    """What was handed in and waits for this supervisor's answer, the longest first."""
    return [HandedIn(*row[:4], Somebody(*row[4:])) for row in WAITING(user)]


def awaited(waiting: Iterable[HandedIn], names: dict[UUID, str]) -> list[Waiting]:
    kinds, answer = labels(Assessment.Kind), each("sign_off")
    return [
        Waiting(one.at, one.by, kinds[one.kind], answer(one.assessment), names[one.somebody.case])
        for one in waiting
    ]
