"""Restricting a record to named people, and keeping a colleague out of it."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from r2com.access import grants
from r2com.accounts.models import User
from r2com.audit import trail
from r2com.cases.actions import NotInCharge, end_place
from r2com.cases.deciding import decides
from r2com.cases.models import Case, CaseMember
from r2com.core.refusals import Refused
from r2com.organisations.models import Membership

from ..models import Exclusion, Named, Restriction

FEWEST = 2


@transaction.atomic
def restrict(case: Case, *, reason: str, named: Iterable[User], by: User, at: datetime) -> Restriction:
    """From now on only the people named see this record. One that stood before ends with it.

    Raises Refused when fewer than two are named, when the case worker is not among them, and for somebody
    who would not see the record anyway: a restriction never lets anybody in.
    """
    _must_decide(by, case, at)
    chosen = {user.pk: user for user in named}
    if len(chosen) < FEWEST:
        raise Refused(_("Name at least two people, so that somebody is there when one of them is away."))
    if _lead(case) not in chosen:
        raise Refused(_("The case worker has to be among those who are named."))
    if chosen.keys() - grants.who_works_with(case.pk):
        raise Refused(_("A restriction lets nobody in. Place them in the record first."))
    _end(case, by=by, at=at)
    restriction = Restriction.objects.create(case=case, reason=reason, set_by=by, set_at=at)
    Named.objects.bulk_create(Named(restriction=restriction, user=user) for user in chosen.values())
    who = sorted(str(user) for user in chosen)
    trail.record("case.restricted", subject=restriction, by=by, at=at, case=case, reason=reason, named=who)
    grants.rebuild([case.pk])
    return restriction


@transaction.atomic
def end_restriction(restriction: Restriction, *, by: User, at: datetime) -> None:
    """Everybody who works with the person sees the record again."""
    _must_decide(by, restriction.case, at)
    if not _end(restriction.case, by=by, at=at):
        raise Refused(_("This record is not restricted any more."))
    grants.rebuild([restriction.case_id])


@transaction.atomic
def exclude(case: Case, user: User, *, reason: str, words: str = "", by: User, at: datetime) -> Exclusion:
    """Keep a colleague out of everything about this person, whatever else would let them in.

    A part they have in the case ends. Raises Refused for oneself, for somebody of another agency, and for
    the case worker, who gives way to another first.
    """
    _must_decide(by, case, at)
    if user.pk == by.pk:
        raise Refused(_("Nobody keeps themselves out. Ask your supervisor, or hand the record over."))
    if (
        not Membership.objects.on(timezone.localdate(at))
        .filter(user=user, organisation=case.organisation_id)
        .exists()
    ):
        raise Refused(_("Choose somebody who works here."))
    if Exclusion.objects.standing().filter(case=case, user=user).exists():
        raise Refused(_("They are kept out already."))
    if case.is_open and user.pk == _lead(case):
        raise Refused(_("Choose another case worker first. Then this one can be kept out."))
    for member in case.members.filter(user=user, until__isnull=True) if case.is_open else ():
        end_place(member, by=by, at=at)
    exclusion = Exclusion.objects.create(
        case=case, user=user, reason=reason, words=words, excluded_by=by, excluded_at=at
    )
    facts = {"reason": reason, "user": str(user.pk)}
    trail.record("colleague.kept_out", subject=exclusion, by=by, at=at, case=case, **facts)
    grants.rebuild(_all_of(case))
    return exclusion


@transaction.atomic
def let_back_in(exclusion: Exclusion, *, by: User, at: datetime) -> None:
    """The reason is over. They see the record again only if something else lets them in."""
    _must_decide(by, exclusion.case, at)
    if exclusion.ended_at is not None:
        raise Refused(_("They are not kept out any more."))
    exclusion.ended_by, exclusion.ended_at = by, at
    exclusion.save(update_fields=["ended_by", "ended_at"])
    case, who = exclusion.case, str(exclusion.user_id)
    trail.record("colleague.let_back_in", subject=exclusion, by=by, at=at, case=case, user=who)
    grants.rebuild(_all_of(case))


def _must_decide(by: User, case: Case, at: datetime) -> None:
    if not decides(by, case, at):
        raise NotInCharge(_("Only the case worker and the supervisor say who is let near this record."))


def _end(case: Case, *, by: User, at: datetime) -> bool:
    """End the restriction that stands, if there is one."""
    standing = Restriction.objects.standing().select_for_update().filter(case=case).first()
    if standing is None:
        return False
    standing.ended_by, standing.ended_at = by, at
    standing.save(update_fields=["ended_by", "ended_at"])
    trail.record("case.opened_up", subject=standing, by=by, at=at, case=case)
    return True


def _lead(case: Case) -> UUID | None:
    leads = case.members.filter(part=CaseMember.Part.LEAD, until__isnull=True)
    return leads.values_list("user", flat=True).first()


def _all_of(case: Case) -> list[UUID]:
    """Every case of the same person: who is kept out of one is kept out of all."""
    return list(Case.objects.filter(person=case.person_id).values_list("pk", flat=True))
