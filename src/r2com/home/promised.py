"""What somebody promised for a day: tasks, meetings, steps of plans, and what comes by itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import BinaryField, F, TextField, TimeField, UUIDField, Value
from django.db.models.functions import Cast
from django.utils.html import escape
from django.utils.translation import gettext as _

from r2com.access.questions import Question
from r2com.cases.models import Case
from r2com.core.reminders import Reminder
from r2com.plans.models import Step
from r2com.tasks import reminders
from r2com.tasks.listing import worded
from r2com.tasks.models import Task
from r2com.ui.addresses import each
from r2com.ui.templatetags.ui import when
from r2com.vault.fields import opened
from r2com.vault.models import Owner

from .caseload import MOST, Somebody, labels

STEP = "step"
RUNS_OUT = "choice"
# These stand on Today under headings of their own, or as what they are about.
ELSEWHERE = {"release", "step", "sign_off", "question", RUNS_OUT}


@dataclass(frozen=True)
class Promised:
    """A task or a step as it lies in the database: its words are still sealed."""

    day: date
    hour: time | None
    pk: UUID
    kind: str
    plan: UUID | None
    who: str | None
    sealed: bytes
    somebody: Somebody

    @property
    def is_meeting(self) -> bool:
        return self.kind == Task.Kind.MEETING

    @property
    def moment(self) -> date | datetime:
        return datetime.combine(self.day, self.hour) if self.hour else self.day

    def read(self) -> str:
        model = Step if self.plan else Task
        return opened(model, "words", self.pk, self.sealed, Owner.CASE, self.somebody.case)


@dataclass(frozen=True)
class Due:
    """Something due on a day, in words, with where it is done; `done_url` is where it is ticked off."""

    day: date
    when: str
    words: str
    kind: str
    url: str
    name: str
    person_url: str
    done_url: str = ""


def _promised(tasks, steps):
    """Open tasks and open steps in one line, the soonest first; at most so many that a page needs no more."""
    rows = _columns(tasks, "due", F("time"), F("kind"), Value(None), "case")
    others = _columns(steps, "by", Value(None), Value(STEP), F("goal__plan"), "goal__plan__case")
    return rows.union(others, all=True).order_by("on_day", "at_hour", "row")[: MOST + 1]


def _columns(rows, day: str, hour, kind, plan, case: str):
    said = {
        "on_day": F(day),
        "at_hour": Cast(hour, TimeField()),
        "row": F("pk"),
        "of_kind": Cast(kind, TextField()),
        "of_plan": Cast(plan, UUIDField()),
        "owned_by": F("owner__name"),
        "sealed": Cast("words", BinaryField()),
    }
    return rows.order_by().annotate(**said).values_list(*said, *Somebody.columns(case))


MINE = Question(
    lambda asker: _promised(
        Task.objects.visible_to(asker).open().owned_by(asker),
        Step.objects.visible_to(asker).owned_by(asker).due(),
    )
)
OF_CASE = Question(
    lambda asker, case: _promised(
        Task.objects.visible_to(asker).open().filter(case=case),
        Step.objects.visible_to(asker).filter(goal__plan__case=case).due(),
    )
)


def promised(user) -> list[Promised]:
    """What I promised and have not done, the soonest first. One query."""
    return _soonest_first(MINE(user))


def promised_to(case: Case, user) -> list[Promised]:
    """What anybody promised in one case and has not done, the soonest first. One query."""
    return _soonest_first(OF_CASE(user, case=case.pk))


def _soonest_first(rows: Iterable[tuple]) -> list[Promised]:
    return sorted([Promised(*row[:7], Somebody(*row[7:])) for row in rows], key=_soonest)


def _soonest(one: Promised) -> tuple:
    """By day; what has an hour before what has none."""
    return one.day, one.hour or time.max, one.pk


def due(rows: Iterable[Promised], names: dict[UUID, str]) -> list[Due]:
    """The same in words. Their keys are at hand."""
    kinds = kind_words()
    task, plan, finish, person = (each(name) for name in ("task", "plan", "finish_step", "person"))
    return [
        Due(
            one.day,
            when(one.moment),
            one.read(),
            kinds[one.kind],
            plan(one.plan) if one.plan else task(one.pk),
            names[one.somebody.case],
            person(one.somebody.reference),
            finish(one.pk) if one.plan else task(one.pk),
        )
        for one in rows
    ]


def kind_words() -> dict[str, str]:
    return labels(Task.Kind) | {STEP: escape(_("Step of the plan"))}


def by_itself(found: Iterable[Reminder], people: dict[UUID, Somebody], names: dict[UUID, str]) -> list[Due]:
    """Reminders in words, of the cases whose names are at hand."""
    kind, person = escape(_("Comes by itself")), each("person")
    return [
        Due(
            one.day,
            when(one.day),
            worded(one),
            kind,
            reminders.saying(one).link(people[one.case].reference, one.about),
            names[one.case],
            person(people[one.case].reference),
        )
        for one in found
        if one.case in people
    ]
