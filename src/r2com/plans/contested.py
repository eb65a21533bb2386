"""What of a plan can be contested: a goal with its steps, or what stands around the goals."""

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from r2com.contests.kinds import Entry, Kind
from r2com.contests.kinds import register as kind

from .models import Goal, Plan

PEOPLE = ("case__person", "case__organisation", "case__team")
AROUND = {
    "matters": gettext_lazy("What matters"),
    "stops": gettext_lazy("What could stop it, and then"),
    "ring": gettext_lazy("Whom I can ring"),
    "promises": gettext_lazy("What the people around me promised"),
    "review_where": gettext_lazy("We look at this again"),
}


def register() -> None:
    kind(Kind("plan", Plan, plan))
    kind(Kind("goal", Goal, goal))


def plan(user, pk: UUID, part: str) -> Entry | None:
    row = Plan.objects.visible_to(user).select_related(*PEOPLE).filter(pk=pk).first()
    if row is None or (part and part not in AROUND):
        return None
    title = str(AROUND[part]) if part else _("Plan %(number)s") % {"number": row.number}
    words = getattr(row, part) if part else row.matters
    return Entry("plan", pk, row.case, title, words, frozenset({row.made_by_id}), part)


def goal(user, pk: UUID, part: str) -> Entry | None:
    around = ("plan", *(f"plan__{name}" for name in PEOPLE))
    row = Goal.objects.visible_to(user).select_related(*around).filter(pk=pk).first()
    if row is None:
        return None
    return Entry("goal", pk, row.plan.case, _("Goal"), row.words, frozenset({row.plan.made_by_id}))
