"""Naming the people in somebody's corner, together with the person."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from r2com.access import grants
from r2com.access.roles import May
from r2com.accounts.models import User
from r2com.audit import trail
from r2com.cases.models import Case
from r2com.core.refusals import Changed

from .models import Supporter

SAID = ("name", "relation", "ring", "helps", "phone", "contact")


@transaction.atomic
def name(case: Case, *, by: User, at: datetime, **said: str) -> Supporter:
    """Write down somebody who stands in the person's corner. `said` has the keys of SAID."""
    grants.must_allow(by, case.pk, May.RATE)
    supporter = Supporter(case=case, named_by=by, named_at=at, **said)
    supporter.save(force_insert=True)
    trail.record("supporter.named", subject=supporter, by=by, at=at, ring=supporter.ring)
    return supporter


@transaction.atomic
def correct(supporter: Supporter, *, base: int, by: User, at: datetime, **said: str) -> Supporter:
    """Change what is written about them. Raises Changed when somebody else did since version `base`."""
    grants.must_allow(by, supporter.case_id, May.RATE)
    current = Supporter.objects.select_for_update().get(pk=supporter.pk)
    if current.version != base:
        raise Changed(_("Somebody else changed this meanwhile. Both versions are shown below."))
    for field in SAID:
        setattr(current, field, said[field])
    current.version += 1
    current.save()
    trail.record("supporter.corrected", subject=current, by=by, at=at, ring=current.ring)
    return current


@transaction.atomic
def let_go(supporter: Supporter, *, by: User, at: datetime) -> Supporter:
    """They stand in the corner no more. What was written stays, and they can be taken back in."""
    return _stands(supporter, "supporter.let_go", left_at=at, by=by, at=at)


@transaction.atomic
def take_back_in(supporter: Supporter, *, by: User, at: datetime) -> Supporter:
    """They stand in the corner again."""
    return _stands(supporter, "supporter.taken_back_in", left_at=None, by=by, at=at)


def _stands(
    supporter: Supporter, event: str, *, left_at: datetime | None, by: User, at: datetime
) -> Supporter:
    grants.must_allow(by, supporter.case_id, May.RATE)
    supporter.left_at = left_at
    supporter.save(update_fields=["left_at"])
    trail.record(event, subject=supporter, by=by, at=at)
    return supporter
