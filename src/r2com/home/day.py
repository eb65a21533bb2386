"""What a day holds for somebody. Everything is ordered by time."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from r2com.access.models import seen
from r2com.access.roles import May
from r2com.assessments.models import HandingIn
from r2com.cases.models import Case
from r2com.plans.models import Step
from r2com.tasks.models import Task

from .caseload import MOST, Sheet, Supported, sheet, warm


@dataclass(frozen=True)
class Due:
    """Something promised for a day: a task of one's own, or a step of a plan."""

    day: date
    words: str
    kind: str
    case: Case
    task: Task | None = None
    step: Step | None = None


@dataclass(frozen=True)
class Day:
    day: date
    due: list[Due]
    waiting: list[HandingIn]
    sheet: Sheet

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
        cases = {due.case.pk for due in self.due} | {w.assessment.case_id for w in self.waiting}
        return sorted(str(case) for case in cases | {row.case.pk for row in self.people})


def today(user, day: date) -> Day:
    """Six queries, however many people there are."""
    tasks = list(Task.objects.visible_to(user).open().owned_by(user).select_related("case__person")[:MOST])
    steps = list(Step.objects.visible_to(user).owned_by(user).due().with_case()[:MOST])
    waiting = list(waiting_for(user)[:MOST])
    supported = sheet(user, day)
    cases = [task.case for task in tasks] + [step.goal.plan.case for step in steps]
    warm(cases + [handed_in.assessment.case for handed_in in waiting])
    return Day(day, due(tasks, steps), waiting, supported)


def due(tasks: list[Task], steps: list[Step]) -> list[Due]:
    """Tasks and steps in one order of days."""
    promised = [Due(task.due, task.words, task.get_kind_display(), task.case, task=task) for task in tasks]
    planned = [
        Due(step.by, step.words, _("Step of the plan"), step.goal.plan.case, step=step) for step in steps
    ]
    return sorted(promised + planned, key=lambda one: one.day)


def waiting_for(user):
    """Assessments that were handed in and wait for this supervisor's answer."""
    mine = seen("case", user, May.SIGN_OFF)
    rows = HandingIn.objects.filter(assessment__case__in=mine, answer__isnull=True)
    return rows.select_related("assessment__case__person", "by").order_by("at")
