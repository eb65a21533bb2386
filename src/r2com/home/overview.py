"""The person's page: what to know before you meet, and everything that happened, in one line of time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from r2com.access.questions import Question
from r2com.cases import timeline
from r2com.cases.forms.rows import worded
from r2com.cases.timeline import Moment, newest
from r2com.conditions.models import Condition
from r2com.contests.shown import Shown, shown
from r2com.corner import drawing
from r2com.corner.models import Supporter
from r2com.people.models import Choice
from r2com.plans.models import Goal
from r2com.tasks import listing, reminders
from r2com.ui.addresses import each
from r2com.vault import keyring
from r2com.vault.models import Owner

from .promised import STEP, kind_words, promised_to

NEWEST = 12
NEXT = 6

GOALS = Question(
    lambda asker, plan: (
        Goal.objects.visible_to(asker)
        .filter(plan=plan, removed_at=None)
        .select_related("plan")
        .only("plan__case", "position", "words")
    )
)
CHOICES = Question(lambda asker, person: Choice.objects.visible_to(asker).filter(person=person).with_course())
CORNER = Question(lambda asker, case: Supporter.objects.visible_to(asker).filter(case=case).in_the_corner())
CONDITIONS = Question(lambda asker, case: Condition.objects.visible_to(asker).filter(case=case))


@dataclass(frozen=True)
class Next:
    """Something with a day that is still to come, or was not done: a task, or what comes by itself."""

    moment: date | datetime
    words: str
    kind: str
    who: str
    url: str


@dataclass(frozen=True)
class Talk:
    """The newest talk, and how far it is."""

    label: str
    url: str
    by: str
    is_handed_in: bool
    is_signed_off: bool


def of(case, user, day: date) -> dict:
    """Everything the page shows, in a fixed number of queries."""
    keyring.warm_all({Owner.PERSON: [case.person_id], Owner.CASE: [case.pk]})
    moments = timeline.of(case, user)
    contests = shown(case, user)
    supporters = CORNER(user, case=case.pk)
    choices = CHOICES(user, person=case.person_id)
    coming = _next(case, user, day)
    conditions = CONDITIONS(user, case=case.pk)
    return {
        "contests": contests,
        "talk": _talk(moments),
        "pulse": newest(moments, "pulse"),
        "safety_plan": newest(moments, "safety_plan"),
        **_plan(case, user, moments),
        "next": coming[:NEXT],
        "next_goes_on": len(coming) > NEXT,
        "circle": drawing.picture(supporters, case.person.short_name) if supporters else "",
        "rings": drawing.rings(supporters),
        "conditions": [one for one in conditions if not one.is_over(day)],
        "choices": [(worded(choice.recipient), choice, choice.is_live(day)) for choice in choices],
        "was_told": newest(moments, "told") is not None,
        "moments": _with_contests(moments, contests),
    }


def _talk(moments: list[Moment]) -> Talk | None:
    """Where the newest talk stands, as the line of time tells it."""
    begun = newest(moments, "talk")
    if begun is None:
        return None
    last = newest(moments, "handed_in", "answered", about=begun.about)
    is_handed_in = last is not None and last.word != "returned"
    is_signed_off = last is not None and last.word == "signed"
    return Talk(begun.title, begun.url, begun.who, is_handed_in, is_signed_off)


def _plan(case, user, moments: list[Moment]) -> dict:
    """The newest plan with its goals; it is a draft until the person has answered it."""
    drawn = newest(moments, "plan")
    if drawn is None:
        return {"plan": None}
    goals = GOALS(user, plan=drawn.about)
    return {
        "plan": drawn,
        "goals": goals,
        "is_draft": newest(moments, "plan_answer", about=drawn.about) is None,
    }


def _next(case, user, day: date) -> list[Next]:
    """What is open with a day, the soonest first."""
    kinds, task, plan = kind_words(), each("task"), each("plan")
    found = [
        Next(
            one.moment,
            one.read(),
            kinds[one.kind],
            one.who or "",
            plan(one.plan) if one.plan else task(one.pk),
        )
        for one in promised_to(case, user)
    ]
    for one in reminders.of(user, day, case.pk):
        if one.kind != STEP:
            link = reminders.saying(one).link(case.reference, one.about)
            found.append(Next(one.day, listing.worded(one), _("Comes by itself"), "", link))
    return sorted(found, key=lambda one: str(one.moment))


def _with_contests(moments: list[Moment], contests: Shown) -> list[Moment]:
    """The line of time with what was contested in it, the newest first."""
    contested: Iterable[Moment] = (
        Moment(one.made_at, _("Contested: %(entry)s") % {"entry": one.title}, url=one.get_absolute_url())
        for one in contests.contests
        if not one.is_remark
    )
    return sorted([*moments, *contested], key=lambda one: one.at, reverse=True)
