"""What waits in the team: answers, a second person, and words on which people do not agree."""

from dataclasses import dataclass

from django.db.models import Q

from r2com.assessments.models import Assessment, HandingIn, Rating
from r2com.assessments.responses import instrument_of
from r2com.contests.models import Contest
from r2com.core.instruments import ItemResponse, problems
from r2com.instruments.reading import certified_items
from r2com.plans.models import Answer, Plan
from r2com.tasks import listing

MOST = 100
READ = 500
CONTESTED = "contested"


@dataclass(frozen=True)
class Waiting:
    """What waits for the supervisor or for a second person, what went back, and what is seen in two ways."""

    to_answer: list[HandingIn]
    returned: list[HandingIn]
    second: list[Rating]
    contests: list[Contest]
    contested: list[Rating]
    dissent: list[Answer]

    @property
    def case_ids(self) -> list[str]:
        talks = [*self.to_answer, *self.returned, *self.second, *self.contested]
        cases = {one.assessment.case_id for one in talks} | {one.case_id for one in self.contests}
        return sorted(str(case) for case in cases | {one.plan.case_id for one in self.dissent})


def of(user) -> Waiting:
    """Each in the order in which it came, contests by the day of their answer. Six queries."""
    newest, ratings = _newest(user), _ratings(user)
    found = Waiting(
        to_answer=[one for one in newest if not hasattr(one, "answer")][:MOST],
        returned=[one for one in newest if hasattr(one, "answer") and one.answer.is_return][:MOST],
        second=[one for one in ratings if _waits_for_second(one)][:MOST],
        contests=_contests(user),
        contested=[one for one in ratings if one.judgements.get("certainty") == CONTESTED][:MOST],
        dissent=_dissent(user),
    )
    cases = [one.assessment.case for one in [*newest, *found.second, *found.contested]]
    cases += [one.case for one in found.contests]
    listing.warm([*cases, *(one.plan.case for one in found.dissent)])
    return found


def _newest(user) -> list[HandingIn]:
    """The last handing in of each talk that was not signed off, in open cases."""
    rows = HandingIn.objects.filter(
        assessment__in=Assessment.objects.visible_to(user).not_signed_off(), assessment__case__closure=None
    )
    rows = rows.select_related("assessment__case__person", "by", "answer").order_by("at")
    return sorted({one.assessment_id: one for one in rows}.values(), key=lambda one: one.at)


def _ratings(user) -> list[Rating]:
    """Judgements of which the talk says that sources differ, and those that may need a second person."""
    one_only = Q(
        item__in=certified_items(),
        countersigned_by=None,
        assessment__in=Assessment.objects.visible_to(user).not_signed_off(),
    )
    rows = Rating.objects.visible_to(user).filter(assessment__case__closure=None)
    rows = rows.filter(Q(judgements__certainty=CONTESTED) | one_only).order_by("rated_at")
    return list(rows.select_related("assessment__case__person", "assessment__published", "rated_by")[:READ])


def _waits_for_second(rating: Rating) -> bool:
    """Whether the instrument wants somebody else to stand behind this judgement, and nobody does yet."""
    if (
        rating.countersigned_by_id
        or rating.assessment.content_hash != rating.assessment.published.content_hash
    ):
        return False
    here = {rating.item: ItemResponse(judgements=rating.judgements)}
    owed = problems(instrument_of(rating.assessment), here, completing=False)
    return any(problem.kind == "countersignature" for problem in owed)


def _contests(user) -> list[Contest]:
    """What persons contested and nobody has answered, the next day first; also where the support ended."""
    rows = Contest.objects.visible_to(user).open().select_related("case__person", "decider")
    return list(rows.order_by("due", "made_at")[:MOST])


def _dissent(user) -> list[Answer]:
    """Where somebody said no to the plan that is written for them now."""
    plans = Plan.objects.visible_to(user).filter(case__closure=None)
    rows = Answer.objects.visible_to(user).filter(plan__in=plans, says=Answer.Says.DISAGREES)
    return list(rows.select_related("plan__case__person", "recorded_by").order_by("at")[:MOST])
