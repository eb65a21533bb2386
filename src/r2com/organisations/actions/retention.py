"""How long things are kept."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from r2com.accounts.models import User
from r2com.audit import trail

from ..models import Organisation, RetentionRule


@transaction.atomic
def keep_for(
    organisation: Organisation, *, kind: str, months: int, reason: str, by: User | None, at: datetime
) -> RetentionRule:
    """From today on, keep this kind for so many months. The rule before ends today and stays readable."""
    day = timezone.localdate(at)
    RetentionRule.objects.open(day).filter(organisation=organisation, kind=kind).update(ends=day)
    rule = RetentionRule.objects.create(
        organisation=organisation, kind=kind, months=months, reason=reason, starts=day
    )
    trail.record("retention.set", subject=rule, by=by, at=at, kind=kind, months=months)
    return rule
