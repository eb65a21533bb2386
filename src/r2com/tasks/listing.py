"""Tasks and reminders in one list, under headings of time. Nothing is ever in any other order."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from r2com.accounts.models import User
from r2com.cases.models import Case
from r2com.core.days import later
from r2com.core.reminders import Reminder
from r2com.vault import keyring
from r2com.vault.models import Owner

from . import reminders
from .models import UNDONE_WITHIN, PutOff, Task

MOST = 100
MOST_CASES = 500
MOST_DONE = 20
BY_ITSELF = "reminder"
TIMES = {
    "week6": gettext_lazy("week 6"),
    "week12": gettext_lazy("week 12"),
    "month6": gettext_lazy("month 6"),
}


@dataclass(frozen=True)
class Row:
    """One thing that is due on a day: a task, or a reminder that was worked out."""

    day: date
    words: str
    kind: str
    case: Case
    link: str
    task: Task | None = None
    reminder: Reminder | None = None

    @property
    def moment(self) -> date | datetime:
        return self.task.moment if self.task else self.day


@dataclass(frozen=True)
class Chosen:
    """Which of them somebody wants to see. Everything stands in the address, so that Back works."""

    case: str = ""
    kind: str = ""
    owner: str = ""
    day: date | None = None

    def fits(self, kind: str) -> bool:
        return self.kind in ("", kind)


@dataclass(frozen=True)
class Shown:
    """What the page of tasks shows."""

    rows: list[Row]
    done: list[Task]
    cases: list[Case]
    today: date
    is_cut: bool = False
    headed: list[tuple[str, list[Row]]] = field(default_factory=list)


def of(user: User, chosen: Chosen, *, at: datetime, today: date) -> Shown:
    """What somebody has to do. Six queries, however much it is."""
    cases = {row.pk: row for row in Case.objects.visible_to(user).with_people()[:MOST_CASES]}
    case = next((row for row in cases.values() if row.reference == chosen.case), None)
    tasks, done = _tasks(user, chosen, at), _done(user, chosen, at)
    computed = reminders.of(user, today, case and case.pk) if chosen.fits(BY_ITSELF) else []
    _fetch(user, cases, computed)
    warm([*cases.values(), *(task.case for task in [*tasks, *done])])
    rows = [_of_task(task) for task in tasks[:MOST]]
    details = reminders.details(user, computed)
    rows += [_of_reminder(one, cases[one.case], details) for one in computed if one.case in cases]
    shown = Shown(_on(rows, chosen.day, today), done, by_name(cases.values()), today, len(tasks) > MOST)
    return replace(shown, headed=headed(shown.rows, today))


def of_case(user: User, case: Case, *, at: datetime, today: date) -> Shown:
    """Everything that is to be done in one case, whoever does it, and what was done."""
    warm([case])
    rows = Task.objects.visible_to(user).filter(case=case).whole()
    tasks = list(rows.open()[:MOST])
    done = list(rows.filter(done__isnull=False).order_by("-done__done_at")[:MOST])
    computed = reminders.of(user, today, case.pk)
    details = reminders.details(user, computed)
    found = [_of_task(task) for task in tasks]
    found += [_of_reminder(one, case, details) for one in computed]
    found.sort(key=lambda row: row.day)
    return Shown(found, done, [case], today, headed=headed(found, today))


def still_put_off(user: User, case: Case, today: date) -> list[tuple[str, PutOff]]:
    """Reminders of a case that wait for a day, in words, with who said so and why."""
    rows = PutOff.objects.visible_to(user).filter(case=case, until__gt=today).select_related("put_off_by")
    return [(worded(Reminder(one.until, one.kind, one.about, case.pk)), one) for one in rows]


def days(user: User, today: date) -> list[date]:
    """The day of each task that somebody still has to do. What is open from before is for today."""
    owed = Task.objects.visible_to(user).open().owned_by(user)
    return [max(due, today) for due in owed.values_list("due", flat=True)]


def headed(rows: list[Row], today: date) -> list[tuple[str, list[Row]]]:
    """Rows under four headings: from before, today, the next seven days, later."""
    soon = later(today, 7)
    spans = [
        (_("Still open from before"), date.min, later(today, -1)),
        (_("For today"), today, today),
        (_("In the next seven days"), later(today, 1), soon),
        (_("Later"), later(soon, 1), date.max),
    ]
    found = [(heading, [row for row in rows if first <= row.day <= last]) for heading, first, last in spans]
    return [(heading, kept) for heading, kept in found if kept]


def worded(reminder: Reminder) -> str:
    """A reminder in words; for a review, which one it is."""
    words = str(reminders.saying(reminder).words)
    return f"{words}: {TIMES[reminder.about]}" if reminder.about in TIMES else words


def warm(cases: Iterable[Case]) -> None:
    """Fetch the keys of everybody on the page at once."""
    rows = list(cases)
    keyring.warm_all({Owner.PERSON: {row.person_id for row in rows}, Owner.CASE: {row.pk for row in rows}})


def by_name(cases: Iterable[Case]) -> list[Case]:
    return sorted(cases, key=lambda row: (row.person.name.casefold(), row.reference))


def _tasks(user: User, chosen: Chosen, at: datetime) -> list[Task]:
    return list(_chosen(user, chosen).open()[: MOST + 1])


def _done(user: User, chosen: Chosen, at: datetime) -> list[Task]:
    rows = _chosen(user, chosen).filter(done__done_at__gte=at - UNDONE_WITHIN)
    return list(rows.order_by("-done__done_at")[:MOST_DONE])


def _chosen(user: User, chosen: Chosen):
    rows = Task.objects.visible_to(user).whole()
    if chosen.owner != "team":
        rows = rows.owned_by(user)
    if chosen.case:
        rows = rows.filter(case__reference=chosen.case)
    return rows.filter(kind=chosen.kind) if chosen.kind else rows


def _fetch(user: User, cases: dict[UUID, Case], computed: list[Reminder]) -> None:
    """Cases beyond the first few hundred, if a reminder is about one of them."""
    if more := {one.case for one in computed} - cases.keys():
        cases |= Case.objects.visible_to(user).with_people().in_bulk(more)


def _of_task(task: Task) -> Row:
    return Row(task.due, task.words, task.get_kind_display(), task.case, task.get_absolute_url(), task=task)


def _of_reminder(reminder: Reminder, case: Case, details: dict[tuple[str, str], str]) -> Row:
    """A reminder as a line. Where something has words of its own, they stand there."""
    link = reminders.saying(reminder).link(case.reference, reminder.about)
    words, kind = worded(reminder), _("Comes by itself")
    if own := details.get((reminder.kind, reminder.about)):
        words, kind = own, words
    return Row(reminder.day, words, kind, case, link, reminder=reminder)


def _on(rows: list[Row], day: date | None, today: date) -> list[Row]:
    """The rows of one day, or all; today also has what is still open from before."""
    in_order = sorted(rows, key=lambda row: row.day)
    if day is None:
        return in_order
    return [row for row in in_order if max(row.day, today) == day or row.day == day]
