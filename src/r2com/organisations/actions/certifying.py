"""Who is trained for the judgements that need two people."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from r2com.accounts.models import User
from r2com.audit import trail
from r2com.core.refusals import Refused

from ..models import Certification, Membership, Organisation


class NotCertified(Refused):
    """This judgement is made by certified workers only."""


@transaction.atomic
def certify(
    user: User, organisation: Organisation, *, grounds: str, ends: date, by: User | None, at: datetime
) -> Certification:
    """Write down that somebody is trained, on which grounds and until which day (the last day not included).

    One that goes on gives way to the new one. Raises Refused for oneself, for a day that is not ahead, and
    for somebody who does not work here.
    """
    today = timezone.localdate(at)
    if by is not None and by.pk == user.pk:
        raise Refused(_("Nobody certifies themself. Ask another administrator."))
    if ends <= today:
        raise Refused(_("Choose a day that is still ahead."))
    if not Membership.objects.on(today).filter(user=user, organisation=organisation).exists():
        raise Refused(_("This person does not work here any more."))
    Certification.objects.on(today).filter(user=user, organisation=organisation).update(ends=today)
    made = Certification.objects.create(
        organisation=organisation,
        user=user,
        grounds=grounds,
        starts=today,
        ends=ends,
        certified_by=by,
        certified_at=at,
    )
    trail.record("worker.certified", subject=made, by=by, at=at, user=str(user.pk), ends=ends.isoformat())
    return made


@transaction.atomic
def end_certification(certification: Certification, *, by: User, at: datetime) -> Certification:
    """From today on it does not hold any more. What was judged under it stays."""
    today = timezone.localdate(at)
    if by.pk == certification.user_id:
        raise Refused(_("Nobody certifies themself. Ask another administrator."))
    certification.ends = min(certification.ends, today)
    certification.save(update_fields=["ends"])
    trail.record("worker.certification_ended", subject=certification, by=by, at=at)
    return certification


def must_be_certified(user: User, organisation: Organisation, *, on: date) -> None:
    """Raises NotCertified."""
    if not Certification.is_held_by(user, organisation, on=on):
        raise NotCertified(
            _(
                "Only a certified worker judges this. Choose “Not known”, write down what was seen and "
                "heard, and talk it over with a colleague who is."
            )
        )
