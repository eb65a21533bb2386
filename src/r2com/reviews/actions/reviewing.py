"""Beginning a review, and keeping what was decided."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from r2com.access import grants
from r2com.access.roles import May
from r2com.accounts.models import User
from r2com.assessments import actions as assessments
from r2com.assessments.models import Assessment
from r2com.audit import trail
from r2com.cases.models import Case
from r2com.core.refusals import Refused

from .. import table
from ..models import Decision, Review, View


@transaction.atomic
def begin(
    case: Case,
    *,
    occasion: str,
    talk_again: bool,
    assessment: Assessment | None = None,
    by: User,
    at: datetime,
) -> Review:
    """Begin to look at it again, or go on with the review that is open already.

    With `talk_again` a talk begins that compares with the one before; else the review rests on the talk
    that is given, or on the newest one, if there is any.
    """
    case.must_be_open()
    grants.must_allow(by, case.pk, May.RATE)
    last = Review.objects.filter(case=Case.objects.select_for_update().get(pk=case.pk)).first()
    if last is not None and not last.is_kept:
        return last
    if talk_again:
        assessment = assessments.begin(case, kind=Assessment.Kind.REVIEW, by=by, at=at)
    review = Review.objects.create(
        case=case,
        number=last.number + 1 if last else 1,
        occasion=occasion,
        assessment=assessment or case.assessments.first(),
        begun_by=by,
        begun_at=at,
    )
    trail.record("review.begun", subject=review, by=by, at=at, occasion=occasion, talk_again=talk_again)
    return review


@transaction.atomic
def keep(
    review: Review,
    *,
    says: str,
    reasons: str,
    narrative: str = "",
    view: str,
    view_words: str = "",
    next_on: date | None,
    by: User,
    at: datetime,
) -> Decision:
    """Keep what was decided, with what lay on the table. From then on the review stays as it is."""
    review.case.must_be_open()
    grants.must_allow(by, review.case_id, May.RATE)
    current = Review.objects.select_for_update().get(pk=review.pk)
    if current.is_kept:
        raise Refused(_("This review was kept already. Begin another one to decide anew."))
    must_be_whole(says, reasons, view, view_words, next_on, on=timezone.localdate(at))
    decision = Decision(review=current, says=says, view=view, next_on=next_on, kept_by=by, kept_at=at)
    decision.reasons, decision.narrative, decision.view_words = reasons, narrative, view_words
    decision.stood = table.standing(current, by, at)
    decision.save(force_insert=True)
    day = next_on.isoformat() if next_on else ""
    trail.record("review.kept", subject=current, by=by, at=at, says=says, view=view, next_on=day)
    return decision


@transaction.atomic
def printed(review: Review, *, carried: bool, by: User, at: datetime) -> None:
    """Write on the trail that a paper is about to leave the house, and which of the two."""
    trail.record("review.printed", subject=review, by=by, at=at, carried=carried)


def must_be_whole(
    says: str, reasons: str, view: str, view_words: str, next_on: date | None, *, on: date
) -> None:
    """A decision has its reasons, the person’s view, and, unless we close, a day that lies ahead."""
    if not reasons.strip():
        raise Refused(_("Write the reasons for what was decided."))
    if view != View.AGREES and not view_words.strip():
        raise Refused(_("Write how the person sees it, or why they were not asked."))
    if says != Decision.Says.CLOSE and next_on is None:
        raise Refused(_("Choose a day on which to look at it again."))
    if next_on is not None and next_on <= on:
        raise Refused(_("The day on which to look at it again lies ahead: choose a later one."))
