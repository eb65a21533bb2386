"""Complaints: made by anybody, decided by somebody uninvolved, looked at again by another person.

None of these touches a case, a grant, a rating or a plan.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from r2com.accounts.models import User
from r2com.audit import trail
from r2com.cases.models import Case
from r2com.core.refusals import Refused
from r2com.organisations.models import Membership, Organisation

from ..code import hashed, new_reference, new_words
from ..models import Appeal, Complaint, ComplaintDecision, Concerned
from ..models.complaints import ANSWERED_WITHIN


@transaction.atomic
def complain(
    organisation: Organisation,
    *,
    about: str,
    words: str,
    reach: str = "",
    came: str = Complaint.Came.OPEN,
    record: Case | None = None,
    by: User | None,
    at: datetime,
) -> tuple[Complaint, str]:
    """Keep a complaint, with the words that open its answer. Those are told once and not kept."""
    if not words.strip():
        raise Refused(_("Write what went wrong."))
    secret = new_words()
    complaint = Complaint(organisation=organisation, record=record, about=about, came=came)
    complaint.reference, complaint.words_hash = new_reference(), hashed(secret)
    complaint.words, complaint.reach, complaint.received_at = words.strip(), reach.strip(), at
    complaint.due_on = timezone.localdate(at + ANSWERED_WITHIN)
    complaint.save(force_insert=True)
    trail.record("complaint.made", subject=complaint, by=by, at=at, about=about, came=came)
    return complaint, secret


@transaction.atomic
def say_whom(complaint: Complaint, *, users: Iterable[User], by: User, at: datetime) -> None:
    """Say whom it is about, nobody among them. From then on they never see it, and others may decide it.

    Raises Refused for somebody who is involved themself, and for whoever does not work here.
    """
    current = _current(complaint, by)
    chosen = {user.pk for user in users}
    here = Membership.objects.filter(organisation=current.organisation_id, user__in=chosen)
    if chosen - set(here.values_list("user", flat=True)):
        raise Refused(_("Choose somebody who works here."))
    known = set(current.concerned.values_list("user", flat=True))
    Concerned.objects.bulk_create(Concerned(complaint=current, user_id=pk) for pk in chosen - known)
    current.sorted_by, current.sorted_at = by, at
    current.save(update_fields=["sorted_by", "sorted_at"])
    who = sorted(map(str, chosen))
    trail.record("complaint.looked_through", subject=current, by=by, at=at, concerned=who)


@transaction.atomic
def decide(complaint: Complaint, *, outcome: str, words: str, by: User, at: datetime) -> ComplaintDecision:
    """Decide in words. Raises Refused for whoever is involved, named, or decided it the first time."""
    current = _current(complaint, by)
    if current.sorted_at is None:
        raise Refused(_("First say whom the complaint is about."))
    if not current.waits:
        raise Refused(_("This is decided already."))
    if not words.strip():
        raise Refused(_("Write what you decided, and why."))
    if any(one.by_id == by.pk for one in current.said):
        raise Refused(_("You decided it the first time. Somebody else looks at it again."))
    said = {"outcome": outcome, "words": words.strip(), "on_appeal": current.is_appealed}
    decision = ComplaintDecision.objects.create(complaint=current, **said, by=by, at=at)
    facts = {"outcome": outcome, "on_appeal": current.is_appealed}
    trail.record("complaint.decided", subject=current, by=by, at=at, **facts)
    return decision


@transaction.atomic
def appeal(complaint: Complaint, *, words: str, by: User | None, at: datetime) -> Appeal:
    """Whoever complained asks that another person looks at it, once and within thirty days."""
    current = Complaint.objects.select_for_update(of=["self"]).get(pk=complaint.pk)
    if not current.may_be_appealed(at):
        raise Refused(_("This can be looked at again once, within thirty days of the answer."))
    if not words.strip():
        raise Refused(_("Write what the answer has not understood."))
    due_on = timezone.localdate(at + ANSWERED_WITHIN)
    asked = Appeal.objects.create(complaint=current, words=words.strip(), at=at, due_on=due_on)
    trail.record("complaint.appealed", subject=current, by=by, at=at)
    return asked


def _current(complaint: Complaint, by: User) -> Complaint:
    """The complaint as it is now, for somebody who has nothing to do with it. Raises Refused."""
    current = Complaint.objects.select_for_update(of=["self"]).get(pk=complaint.pk)
    if not Complaint.objects.visible_to(by).filter(pk=current.pk).exists():
        raise Refused(_("Somebody uninvolved decides this, and you are not."))
    return current
