"""What can be done with a safety plan: keep a version, and know who has a copy."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from r2com.access import grants
from r2com.access.roles import May
from r2com.accounts.models import User
from r2com.audit import trail
from r2com.cases.models import Case
from r2com.core.refusals import Changed, Refused

from .models import PARTS, Copy, SafetyPlan


@transaction.atomic
def keep(case: Case, *, words: dict[str, str], base: int, by: User, at: datetime) -> SafetyPlan:
    """Keep what was made together as the next version. The same words make no new one.

    `base` is the number of the version that the writer saw, 0 for none. Raises Changed when somebody
    kept another one meanwhile.
    """
    grants.must_allow(by, case.pk, May.RATE)
    Case.objects.select_for_update().get(pk=case.pk)
    last = case.safety_plans.first()
    given = {part: "\n".join(words.get(part, "").splitlines()).strip() for part in PARTS}
    if last is not None and last.words == given:
        return last
    number = last.number if last else 0
    if number != base:
        raise Changed(_("Somebody else kept a version meanwhile. Both are shown below."))
    if not any(given.values()):
        raise Refused(_("Write at least one line, in the person’s words."))
    plan = SafetyPlan.objects.create(case=case, number=number + 1, made_by=by, made_at=at, **given)
    trail.record("safety_plan.kept", subject=plan, by=by, at=at, number=plan.number)
    return plan


@transaction.atomic
def hand_out(plan: SafetyPlan, *, whose: str, since: date, by: User, at: datetime) -> Copy:
    """Write down who has a copy of this version."""
    grants.must_allow(by, plan.case_id, May.ADD_EVIDENCE)
    if since > at.date():
        raise Refused(_("Write the day on which they got it; it cannot lie ahead."))
    copy = Copy.objects.create(plan=plan, whose=whose, since=since, recorded_by=by, recorded_at=at)
    trail.record("safety_plan.handed_out", subject=copy, by=by, at=at, case=plan.case_id, number=plan.number)
    return copy


@transaction.atomic
def take_back(copy: Copy, *, by: User, at: datetime) -> Copy:
    """Somebody no longer has their copy. It stays known that they had it; saying it twice changes nothing."""
    case = copy.plan.case_id
    grants.must_allow(by, case, May.ADD_EVIDENCE)
    if copy.is_out:
        copy.until = max(at.date(), copy.since)
        copy.save(update_fields=["until"])
        trail.record("safety_plan.taken_back", subject=copy, by=by, at=at, case=case)
    return copy


@transaction.atomic
def print_card(plan: SafetyPlan, *, by: User, at: datetime) -> None:
    """Write on the trail that a card is about to leave the house."""
    trail.record("safety_plan.printed", subject=plan, by=by, at=at, number=plan.number)
