"""The letter at the end, begun from what is known, so that nothing is typed twice."""

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from r2com.accounts.models import User
from r2com.cases.keeping import kept_until
from r2com.cases.models import Case
from r2com.plans.models import Plan, Step
from r2com.tasks.models import Task

from .dates import calls
from .models import Closing, GoalEnd, TaskEnd

PARTS = ("you_did", "we_did", "waits", "ring", "keeping")


def language(case: Case) -> str:
    """The language that the person reads, if we write it; else the house's."""
    known = dict(settings.LANGUAGES)
    wanted = (case.person.language, case.organisation.language)
    return next((code for code in (w.partition("-")[0] for w in wanted) if code in known), "en")


def begun(closing: Closing, user: User, at: datetime) -> dict[str, str]:
    """The parts of the letter as they are offered, in the person's language."""
    case, code = closing.case, language(closing.case)
    plan = Plan.objects.visible_to(user).filter(case=case).standing().first()
    done = list(_done(case, user, plan)) if plan else []
    with translation.override(code):
        return {
            "language": code,
            "you_did": _lines([*_reached(closing), *(step.words for step in done if not step.owner_id)]),
            "we_did": _lines([*(step.words for step in done if step.owner_id), *_kept_promises(case, user)]),
            "waits": _lines([*closing.waits.splitlines(), *_handed_on(closing)]),
            "ring": _lines([*(plan.ring.splitlines() if plan else []), *_door(closing, at)]),
            "keeping": _keeping(closing, timezone.localdate(at)),
        }


def _lines(words) -> str:
    """One a line, each once."""
    return "\n".join(dict.fromkeys(line.strip() for line in words if line.strip()))


def _reached(closing: Closing) -> list[str]:
    """What they came to, as it was worded at the end, or else as the goal says it."""
    ends = closing.goals.select_related("goal__plan", "closing")
    reached = {GoalEnd.How.REACHED: _("%(goal)s: reached"), GoalEnd.How.PARTLY: _("%(goal)s: partly")}
    return [
        one_line(end.words) or reached[GoalEnd.How(end.how)] % {"goal": one_line(end.goal.words)}
        for end in ends
        if end.how in reached
    ]


def _done(case: Case, user: User, plan: Plan):
    rows = Step.objects.visible_to(user).filter(goal__plan=plan, goal__removed_at=None, done__isnull=False)
    return rows.select_related("goal__plan").order_by("goal__position", "position")


def _kept_promises(case: Case, user: User) -> list[str]:
    """What we promised and did. What was only to be found out stays in the record."""
    rows = Task.objects.visible_to(user).filter(case=case, kind=Task.Kind.PROMISE, is_sensitive=False)
    return [task.words for task in rows.filter(done__isnull=False)]


def _handed_on(closing: Closing) -> list[str]:
    ends = closing.tasks.filter(what=TaskEnd.What.HANDED).select_related("task", "closing")
    return [f"{one_line(end.task.words)}: {one_line(end.words)}" for end in ends]


def _door(closing: Closing, at: datetime) -> list[str]:
    """That the door stays open, and when we ring."""
    house = closing.case.organisation
    ours = [f"{house.neutral_name}: {house.phone}"] if house.phone else []
    days = (
        [day for _which, day in calls(closing.case, timezone.localdate(at))] if closing.calls_wanted else []
    )
    ringing = _("We ring you around these days, to ask how it is: %(days)s.")
    rung = [ringing % {"days": ", ".join(map(in_full, days))}] if days else []
    return [*ours, _("Our door stays open. You may come back without giving a reason."), *rung]


def _keeping(closing: Closing, on: date) -> str:
    case = closing.case
    days = calls(case, on) if closing.calls_wanted else []
    until = kept_until(case.organisation, on, days[-1][1] if days else None)
    contact = case.organisation.data_protection_contact or case.organisation.phone
    said = [
        _(
            "We keep your record until %(day)s. It is closed: nobody writes in it. Then somebody decides "
            "about deleting it; no machine does."
        )
        % {"day": in_full(until)},
        _("You may read it, take a copy, have it corrected or ask us to delete it, at any time."),
        _("Ask here: %(contact)s") % {"contact": contact} if contact else "",
    ]
    return _lines(said)


def one_line(words: str) -> str:
    return " ".join(words.split())


def in_full(day: date) -> str:
    return date_format(day, pgettext("a day in full, as in 17 November 2026", "j F Y"))
