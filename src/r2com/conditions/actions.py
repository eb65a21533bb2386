"""Writing down, in plain words, what is asked of the person."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from r2com.access import grants
from r2com.access.roles import May
from r2com.accounts.models import User
from r2com.audit import trail
from r2com.cases.models import Case
from r2com.core.refusals import Changed, Refused
from r2com.sharing.models import Category, must_have_basis

from .models import Condition


@transaction.atomic
def write(
    case: Case,
    *,
    words: str,
    asked_by: str = "",
    whom_to_ask: str = "",
    hard: str = "",
    starts: date | None = None,
    ends: date | None = None,
    by: User,
    at: datetime,
) -> Condition:
    """One thing that is asked, from when to when (the last day included).

    Raises Refused for wrong days, NoBasis where the agency has no authority for what belongs to an offence.
    """
    grants.must_allow(by, case.pk, May.RATE)
    must_have_basis(case.organisation, Category.OFFENCE, timezone.localdate(at))
    _must_run_forward(starts, ends)
    condition = Condition(case=case, words=words, asked_by=asked_by, whom_to_ask=whom_to_ask, hard=hard)
    condition.starts, condition.ends = starts, ends
    condition.written_by, condition.written_at = by, at
    condition.save(force_insert=True)
    trail.record("condition.written", subject=condition, by=by, at=at)
    return condition


@transaction.atomic
def rewrite(
    condition: Condition,
    *,
    base: int,
    words: str,
    asked_by: str,
    whom_to_ask: str,
    hard: str,
    starts: date | None,
    ends: date | None,
    by: User,
    at: datetime,
) -> Condition:
    """Say it better, or that it ends. Raises Changed when somebody else wrote since version `base`."""
    grants.must_allow(by, condition.case_id, May.RATE)
    must_have_basis(condition.case.organisation, Category.OFFENCE, timezone.localdate(at))
    _must_run_forward(starts, ends)
    current = Condition.objects.select_for_update().get(pk=condition.pk)
    if current.version != base:
        raise Changed(_("Somebody else changed this meanwhile. Both versions are shown below."))
    current.words, current.asked_by, current.whom_to_ask, current.hard = words, asked_by, whom_to_ask, hard
    current.starts, current.ends = starts, ends
    current.version += 1
    current.save()
    trail.record("condition.rewritten", subject=current, by=by, at=at, version=current.version)
    return current


def _must_run_forward(starts: date | None, ends: date | None) -> None:
    if starts and ends and ends < starts:
        raise Refused(_("It ends before it begins. Look at the two days again."))
