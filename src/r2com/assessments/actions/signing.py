"""Handing an assessment in, and the supervisor's answer."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from r2com.access import grants
from r2com.access.roles import May
from r2com.accounts.models import User
from r2com.audit import trail
from r2com.core.instruments import Problem, problems
from r2com.core.refusals import Refused

from ..models import Answer, Assessment, HandingIn
from ..responses import instrument_of, response
from .rating import Owing
from .sense import missing


@transaction.atomic
def hand_in(assessment: Assessment, *, words: str, by: User, at: datetime) -> HandingIn:
    """Ask the supervisor to read it. Raises Owing while something is missing."""
    Assessment.objects.select_for_update().get(pk=assessment.pk).must_be_open()
    grants.must_allow(by, assessment.case_id, May.RATE)
    if owed := still_owed(assessment):
        raise Owing(owed)
    if sentences := missing(getattr(assessment, "formulation", None)):
        raise Refused(" ".join(sentences))
    handed_in = HandingIn.objects.create(assessment=assessment, words=words, by=by, at=at)
    trail.record("assessment.handed_in", subject=assessment, by=by, at=at)
    return handed_in


@transaction.atomic
def sign_off(assessment: Assessment, *, comments: str, by: User, at: datetime) -> Answer:
    """The supervisor stands behind it."""
    return _answer(assessment, is_return=False, comments=comments, by=by, at=at)


@transaction.atomic
def give_back(assessment: Assessment, *, comments: str, by: User, at: datetime) -> Answer:
    """The supervisor returns it, and says what to look at again."""
    if not comments.strip():
        raise Refused(_("Write what to look at again."))
    return _answer(assessment, is_return=True, comments=comments, by=by, at=at)


def still_owed(assessment: Assessment) -> list[Problem]:
    """What the instrument still asks for in this pass before it can be handed in."""
    guide = instrument_of(assessment)
    asked = {
        item.id
        for item in (guide.subset(assessment.kind) if assessment.kind in guide.subsets else guide.items)
    }
    talked_about = {rating.item for rating in assessment.ratings.all()} & asked
    return [
        owed for owed in problems(guide, response(assessment), completing=True) if owed.item in talked_about
    ]


def _answer(assessment: Assessment, *, is_return: bool, comments: str, by: User, at: datetime) -> Answer:
    """The supervisor's answer to what was handed in."""
    assessment.case.must_be_open()
    grants.must_allow(by, assessment.case_id, May.SIGN_OFF)
    waiting = Assessment.objects.select_for_update().get(pk=assessment.pk).last_handing_in
    if waiting is None or hasattr(waiting, "answer"):
        raise Refused(_("This assessment does not wait for an answer."))
    if waiting.by_id == by.pk:
        raise Refused(_("Somebody else has to answer: you handed this in yourself."))
    answer = Answer.objects.create(handing_in=waiting, is_return=is_return, comments=comments, by=by, at=at)
    name = "assessment.returned" if is_return else "assessment.signed_off"
    trail.record(name, subject=assessment, by=by, at=at)
    return answer
