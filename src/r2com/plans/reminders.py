"""What a plan asks for by itself: the person's answer, and the steps that are due."""

from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from r2com.access.roles import May
from r2com.accounts.models import User
from r2com.core import reminders as rules
from r2com.tasks.reminders import Saying, Source, Told, in_cases_that, register

from .models import Goal, Plan, Step


def register_source() -> None:
    register(
        Source(
            "plans",
            facts,
            [rules.plan, rules.step],
            {
                "plan": Saying(_("Ask what they say to the plan"), _answer),
                "step": Saying(_("Step of the plan"), _plans, step_words),
            },
        )
    )


def facts(user, today) -> list[Told]:
    """Drafts with a goal that nobody was asked about; steps of one's own, and those that nobody has."""
    mine = in_cases_that(user, May.RATE)
    newer = Plan.objects.filter(case=OuterRef("case"), number__gt=OuterRef("number"))
    goals = Goal.objects.filter(plan=OuterRef("pk"), removed_at=None)
    drafts = Plan.objects.visible_to(user).filter(
        ~Exists(newer), Exists(goals), answers__isnull=True, case__in=mine
    )
    standing = Plan.objects.visible_to(user).standing().values("pk")
    steps = Step.objects.visible_to(user).filter(
        Q(owner=user.pk) | Q(owner=None, goal__plan__case__in=mine),
        goal__plan__in=standing,
        goal__removed_at=None,
        by__isnull=False,
        done__isnull=True,
    )
    return [
        Told(drafts, "plan", TruncDate("made_at"), about=F("pk")),
        Told(steps, "step", F("by"), case="goal__plan__case", about=F("pk")),
    ]


def step_words(user: User, steps: list[str]) -> dict[str, str]:
    """What each step says."""
    rows = Step.objects.visible_to(user).filter(pk__in=map(UUID, steps))
    return {step.pk.hex: step.words for step in rows.select_related("goal__plan")}


def _answer(reference: str, about: str) -> str:
    return reverse("plan_answer", args=[UUID(about)])


def _plans(reference: str, about: str) -> str:
    return reverse("plans", args=[reference])
