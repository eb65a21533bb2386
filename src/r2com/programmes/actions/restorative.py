"""What stands before a restorative step: the answers, two people's yes, and the person's own."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from r2com.access import grants
from r2com.access.roles import May
from r2com.accounts.models import User
from r2com.audit import trail
from r2com.cases.models import Case, CaseMember
from r2com.core.refusals import Changed, Refused
from r2com.sharing.models import Category, must_have_basis

from ..models import Consent, OwnAnswer, SafetyCheck

ANSWERED = ("victim", "service", "rules", "rules_words", "facilitator", "training")


@transaction.atomic
def answer_check(case: Case, *, base: int, by: User, at: datetime, **answers: str) -> SafetyCheck:
    """Answer what stands before a restorative step. Every change asks both people for their yes anew.

    `answers` has the keys of ANSWERED. Raises Changed when somebody else answered since version `base`.
    """
    _must_be_trusted(case.pk, by)
    must_have_basis(case.organisation, Category.OFFENCE, timezone.localdate(at))
    held = Case.objects.select_for_update().get(pk=case.pk)
    check = SafetyCheck.objects.filter(case=held).first() or SafetyCheck(case=held, version=0)
    if check.version != base:
        raise Changed(_("Somebody else changed this meanwhile. Both versions are shown below."))
    for name in ANSWERED:
        setattr(check, name, answers[name])
    check.version += 1
    check.written_by, check.written_at = by, at
    check.save()
    facts = {"victim": check.victim, "rules": check.rules}
    trail.record("restorative.answered", subject=check, by=by, at=at, **facts)
    return check


@transaction.atomic
def consent(check: SafetyCheck, *, says: str, reason: str, base: int, by: User, at: datetime) -> Consent:
    """The worker or the supervisor says yes to the answers of version `base`, or stops everything."""
    part = must_have_a_part(check.case, by)
    current = SafetyCheck.objects.select_for_update().get(pk=check.pk)
    if not reason.strip():
        raise Refused(_("Write the reason. The other one reads it, and so may the person."))
    if says == Consent.Says.YES and current.version != base:
        raise Changed(_("The answers were changed meanwhile. Read them once more, then say yes or stop."))
    said = {"part": part, "says": says, "reason": reason, "version": current.version}
    given = Consent(check_of=current, **said, by=by, at=at)
    given.save(force_insert=True)
    facts = {"case": current.case_id, "part": part, "says": says}
    trail.record("restorative.consented", subject=given, by=by, at=at, **facts)
    return given


@transaction.atomic
def own_answer(check: SafetyCheck, *, says: str, words: str, by: User, at: datetime) -> OwnAnswer:
    """Write down what the person says about it, apart from everybody else. They may take it back."""
    _must_be_trusted(check.case_id, by)
    if says == OwnAnswer.Says.AGREES and not words.strip():
        raise Refused(_("Write what they said, as far as you can in the person’s own words."))
    given = OwnAnswer(check_of=check, says=says, words=words, recorded_by=by, at=at)
    given.save(force_insert=True)
    trail.record("restorative.person_said", subject=given, by=by, at=at, case=check.case_id, says=says)
    return given


def must_have_a_part(case: Case, user: User) -> str:
    """Whether they speak here as the worker or as the supervisor. Raises Refused for everybody else."""
    working = (CaseMember.Part.LEAD, CaseMember.Part.DEPUTY)
    members = CaseMember.objects.filter(case=case, user=user, part__in=working, until__isnull=True)
    if members.exists() and grants.allows(user, case.pk, May.RATE):
        return Consent.Part.WORKER
    if grants.allows(user, case.pk, May.SIGN_OFF):
        return Consent.Part.SUPERVISOR
    raise Refused(_("The person’s case worker and the supervisor say yes or stop; nobody else does."))


def _must_be_trusted(case_id: UUID, by: User) -> None:
    grants.must_allow(by, case_id, May.RATE)
    grants.must_allow(by, case_id, May.READ_SENSITIVE)
