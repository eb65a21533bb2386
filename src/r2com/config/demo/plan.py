"""One invented plan: goals in the person's words, steps, and what the person said to it."""

from typing import TYPE_CHECKING, Any

from r2com.accounts.models import User
from r2com.cases.models import Case
from r2com.plans import actions as plans
from r2com.plans.models import Plan

if TYPE_CHECKING:
    from .begin import Stage

Said = dict[str, Any]
AROUND = ("matters", "stops", "ring", "promises", "review_where")


def plan(stage: "Stage", case: Case, said: Said, worker: User) -> None:
    """Write a plan with somebody, and ask them if they were asked."""
    at = stage.moment(said["day"], 13)
    begun = plans.begin(case, case.assessments.first(), by=worker, at=at)
    words = {name: said[name] for name in AROUND if name in said}
    plans.change(begun, base=begun.version, review_on=stage.day(said["review"]), **words, by=worker, at=at)
    for goal in said["goals"]:
        steps = [_step(stage, *step) for step in goal["steps"]]
        plans.add_goal(
            begun,
            words=goal["words"],
            item=goal["item"],
            strength_item=goal["strength"],
            helps=goal.get("helps", ""),
            steps=steps,
            by=worker,
            at=at,
        )
    if "answer" in said:
        answer = said["answer"]
        shown = Plan.objects.get(pk=begun.pk)
        plans.record_answer(
            shown,
            base=shown.edition,
            says=answer["says"],
            words=answer["words"],
            by=worker,
            at=stage.moment(answer["day"], 14),
        )


def _step(stage: "Stage", words: str, who: str, owner: str, day: int) -> plans.NextStep:
    return plans.NextStep(words, who, stage.staff.get(owner), stage.day(day))
