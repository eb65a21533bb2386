"""What waits in the team: answers, changes after a return, and words on which people do not agree."""

from dataclasses import dataclass

from r2com.assessments.models import Assessment, HandingIn, Rating
from r2com.plans.models import Answer, Plan
from r2com.tasks import listing

MOST = 100
CONTESTED = "contested"


@dataclass(frozen=True)
class Waiting:
    """What waits for the supervisor, what went back to the case worker, and what is seen in two ways."""

    to_answer: list[HandingIn]
    returned: list[HandingIn]
    contested: list[Rating]
    dissent: list[Answer]

    @property
    def case_ids(self) -> list[str]:
        cases = {one.assessment.case_id for one in [*self.to_answer, *self.returned, *self.contested]}
        return sorted(str(case) for case in cases | {one.plan.case_id for one in self.dissent})


def of(user) -> Waiting:
    """Each in the order in which it came. Four queries."""
    newest = _newest(user)
    to_answer = [one for one in newest if not hasattr(one, "answer")]
    returned = [one for one in newest if hasattr(one, "answer") and one.answer.is_return]
    found = Waiting(to_answer[:MOST], returned[:MOST], _contested(user), _dissent(user))
    cases = [one.assessment.case for one in [*newest, *found.contested]]
    listing.warm([*cases, *(one.plan.case for one in found.dissent)])
    return found


def _newest(user) -> list[HandingIn]:
    """The last handing in of each talk that was not signed off, in open cases."""
    rows = HandingIn.objects.filter(
        assessment__in=Assessment.objects.visible_to(user).not_signed_off(), assessment__case__closure=None
    )
    rows = rows.select_related("assessment__case__person", "by", "answer").order_by("at")
    return sorted({one.assessment_id: one for one in rows}.values(), key=lambda one: one.at)


def _contested(user) -> list[Rating]:
    """Judgements of which the talk says that sources differ."""
    rows = Rating.objects.visible_to(user).filter(
        judgements__certainty=CONTESTED, assessment__case__closure=None
    )
    return list(rows.select_related("assessment__case__person", "rated_by").order_by("rated_at")[:MOST])


def _dissent(user) -> list[Answer]:
    """Where somebody said no to the plan that is written for them now."""
    plans = Plan.objects.visible_to(user).filter(case__closure=None)
    rows = Answer.objects.visible_to(user).filter(plan__in=plans, says=Answer.Says.DISAGREES)
    return list(rows.select_related("plan__case__person", "recorded_by").order_by("at")[:MOST])
