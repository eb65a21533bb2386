"""How a hand-over note begins: with what the record knows already. Somebody reads it over and words it."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from r2com.accounts.models import User
from r2com.cases.models import Case
from r2com.plans.models import Step
from r2com.reviews import dates
from r2com.tasks.models import Task


def begun(case: Case, worker: User, *, user: User, at: datetime) -> str:
    """Next dates, what is open, and what to know; what the supervisor `user` may not see is left out."""
    parts = [
        (_("Next dates"), _dates(case, user, timezone.localdate(at))),
        (_("Open"), _open(case, worker, user)),
        (_("Good to know"), _known(case)),
    ]
    return "\n\n".join(f"{heading}\n{_lines(lines)}" for heading, lines in parts)


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(f"- {' '.join(line.split())}" for line in lines) or f"- {_('Not known')}"


def _dates(case: Case, user: User, today: date) -> list[str]:
    """The release if it is still to come, the next review, and the steps of the plan, by day."""
    reviews = dates.all_coming(user, [case]).values()
    found = [(planned.on, f"{_('Review')}: {planned.label}") for planned in reviews]
    if case.release_on and case.release_on >= today:
        found.append((case.release_on, _("Release")))
    steps = Step.objects.visible_to(user).due().filter(goal__plan__case=case, by__isnull=False)
    found += [(step.by, step.words) for step in steps.select_related("goal__plan")]
    return [f"{_day(day)}: {words}" for day, words in sorted(found)]


def _open(case: Case, worker: User, user: User) -> list[str]:
    """The worker's tasks here, by day. They go along with the case."""
    rows = Task.objects.visible_to(user).open().owned_by(worker).filter(case=case)
    return [f"{_day(task.due)}: {task.words}" for task in rows]


def _known(case: Case) -> list[str]:
    """How to work well with this person, in their words where there are any."""
    person = case.person
    said = [
        (_("Likes to be called"), person.called),
        (_("How to reach me safely"), person.safe_contact),
        (_("What helps me follow"), person.access_needs),
        (_("Working well with me"), person.works),
    ]
    return [f"{label}: {words}" for label, words in said if words]


def _day(day: date) -> str:
    return date_format(day, pgettext("a day in full, as in 17 November 2026", "j F Y"))
