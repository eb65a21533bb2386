"""What was said, seen or read about an item, for and against."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from r2com.access import grants
from r2com.access.roles import May
from r2com.accounts.models import User
from r2com.audit import trail
from r2com.core.instruments import Item
from r2com.core.refusals import Refused

from ..models import Assessment, Evidence
from .rating import must_be_allowed


@transaction.atomic
def add_evidence(
    assessment: Assessment,
    item: Item,
    *,
    stance: str,
    type: str,
    source: str,
    words: str,
    dated: date,
    by: User,
    at: datetime,
) -> Evidence:
    """Add one thing that was said, seen or read. Mentors and partners may do this, too."""
    assessment.must_be_open()
    grants.must_allow(by, assessment.case_id, May.ADD_EVIDENCE)
    must_be_allowed(assessment, item, {}, on=at.date())
    if dated > at.date():
        raise Refused(_("Evidence has happened already: choose today or a day before."))
    evidence = Evidence.objects.create(
        assessment=assessment,
        item=item.id,
        stance=stance,
        type=type,
        source=source,
        words=words,
        dated=dated,
        added_by=by,
        added_at=at,
    )
    trail.record("evidence.added", subject=evidence, by=by, at=at, item=item.id, type=type)
    return evidence


@transaction.atomic
def take_back(evidence: Evidence, *, by: User, at: datetime) -> None:
    """Take a line back. It no longer counts and is no longer shown; the trail keeps that it was there."""
    evidence.assessment.must_be_open()
    if evidence.added_by_id != by.pk:
        grants.must_allow(by, evidence.case_id, May.RATE)
    evidence.taken_back_at = at
    evidence.save(update_fields=["taken_back_at"])
    trail.record("evidence.taken_back", subject=evidence, by=by, at=at, item=evidence.item)
