"""What is due in the team: tasks, steps and reviews in one order of days, whoever does them."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from r2com.cases.models import Case
from r2com.plans.models import Step
from r2com.reviews import dates
from r2com.tasks import listing
from r2com.tasks.models import Task

MOST = 200
SOON = timedelta(days=14)


@dataclass(frozen=True)
class Due:
    """Something to be done by a day in one case, and who does it."""

    day: date
    words: str
    kind: str
    case: Case
    link: str
    owner: str = ""


def of(user, today: date) -> list[tuple[str, list[Due]]]:
    """What is due until two weeks from now, under headings of time. Five queries."""
    until = today + SOON
    cases = list(Case.objects.visible_to(user).open().with_people()[: listing.MOST_CASES])
    tasks = Task.objects.visible_to(user).open().whole().filter(due__lte=until, case__closure=None)[:MOST]
    steps = Step.objects.visible_to(user).due().filter(by__lte=until)
    steps = steps.select_related("goal__plan__case__person", "owner")[:MOST]
    listing.warm([*cases, *(task.case for task in tasks), *(step.goal.plan.case for step in steps)])
    rows = [_of_task(task) for task in tasks] + [_of_step(step) for step in steps]
    rows += [row for row in _reviews(user, cases) if row.day <= until]
    return _headed(sorted(rows, key=lambda row: row.day), today)


def _of_task(task: Task) -> Due:
    return Due(
        task.due, task.words, task.get_kind_display(), task.case, task.get_absolute_url(), task.owner.name
    )


def _of_step(step: Step) -> Due:
    plan = step.goal.plan
    owner = step.owner.name if step.owner else ""
    return Due(step.by, step.words, _("Step of the plan"), plan.case, plan.get_absolute_url(), owner)


def _reviews(user, cases: list[Case]) -> list[Due]:
    """The next review of each case."""
    by_id = {case.pk: case for case in cases}
    return [
        Due(planned.on, planned.label, _("Review"), by_id[pk], reverse("reviews", args=[by_id[pk].reference]))
        for pk, planned in dates.all_coming(user, cases).items()
    ]


def _headed(rows: list[Due], today: date) -> list[tuple[str, list[Due]]]:
    spans = [
        (_("Still open from before"), date.min, today - timedelta(days=1)),
        (_("For today"), today, today),
        (_("In the next two weeks"), today + timedelta(days=1), date.max),
    ]
    found = [(heading, [row for row in rows if first <= row.day <= last]) for heading, first, last in spans]
    return [(heading, kept) for heading, kept in found if kept]
