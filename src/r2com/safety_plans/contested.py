"""A part of the safety plan can be contested."""

from uuid import UUID

from r2com.contests import kinds

from .models import PARTS, SafetyPlan
from .wording import PARTS as ASKED


def register() -> None:
    kinds.register(kinds.Kind("safety_plan", SafetyPlan, safety_plan))


def safety_plan(user, pk: UUID, part: str) -> kinds.Entry | None:
    people = ("case__person", "case__organisation", "case__team")
    row = SafetyPlan.objects.visible_to(user).select_related(*people).filter(pk=pk).first()
    if row is None or part not in PARTS:
        return None
    title = next(str(asked.title) for asked in ASKED if asked.name == part)
    authors = frozenset({row.made_by_id})
    return kinds.Entry("safety_plan", pk, row.case, title, row.words[part], authors, part)
