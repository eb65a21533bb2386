"""Opening a case at the door, or saying no to somebody there; and who works with whom."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from r2com.access import grants
from r2com.accounts.models import User
from r2com.audit import trail
from r2com.core.refusals import Refused
from r2com.organisations.models import ListEntry, RetentionRule, Team
from r2com.people.models import Person
from r2com.sharing.models import LawfulBasis, must_have_basis
from r2com.vault import keyring
from r2com.vault.models import Owner

from .models import Case, CaseMember, Door
from .phases import BEFORE_RELEASE

ADULT = 18
LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"


class NotAdmissible(Refused):
    """The programme is not for this situation. Decline with a reason and point elsewhere."""


@dataclass(frozen=True)
class Arrival:
    """What was asked at the door, by whom, and what the person was told."""

    team: Team
    referred_by: ListEntry
    told: ListEntry
    asked: ListEntry
    basis: LawfulBasis
    release_on: date | None
    takes_up: bool
    referrer: str = ""
    asked_words: str = ""
    search_skipped_because: str = ""


@transaction.atomic
def admit(person: Person, arrival: Arrival, *, by: User, at: datetime, deputy: User | None = None) -> Case:
    """Open a case. Raises NotAdmissible, or NoBasis when the register has no entry."""
    must_have_basis(person.organisation, "core", at.date())
    must_be_admissible(person.birthday, arrival, on=at.date())
    case = Case(
        organisation=person.organisation,
        team=arrival.team,
        person=person,
        reference=_new_reference(),
        basis=arrival.basis,
        release_on=arrival.release_on,
        opened_at=at,
    )
    keyring.make(Owner.CASE, case.pk)
    case.save(force_insert=True)
    door = _write_down(person, arrival, answer=Door.Answer.ADMITTED, case=case, by=by, at=at)
    trail.record("door.admitted", subject=door, by=by, at=at, case=case)
    place(case, by, part=CaseMember.Part.LEAD, by=by, at=at)
    if deputy:
        place(case, deputy, part=CaseMember.Part.DEPUTY, by=by, at=at)
    return case


@transaction.atomic
def decline(
    person: Person, arrival: Arrival, *, reason: ListEntry, signposts: list[ListEntry], by: User, at: datetime
) -> Door:
    """Say no with a reason, point to somebody else, and start the clock for deletion."""
    rule = RetentionRule.objects.on(at.date()).get(organisation=person.organisation, kind=RetentionRule.Kind.DECLINED)
    door = _write_down(
        person,
        arrival,
        answer=Door.Answer.DECLINED,
        decline_reason=reason,
        delete_after=at.date() + timedelta(days=round(rule.months * 30.44)),
        by=by,
        at=at,
    )
    door.signposts.set(signposts)
    trail.record("door.declined", subject=door, by=by, at=at)
    return door


@transaction.atomic
def place(case: Case, user: User, *, part: str, by: User, at: datetime) -> CaseMember:
    """Let somebody work in a case. A lead or deputy who was there before steps back."""
    if part in (CaseMember.Part.LEAD, CaseMember.Part.DEPUTY):
        case.members.filter(part=part, until__isnull=True).update(until=at)
    member = CaseMember.objects.create(case=case, user=user, part=part, since=at)
    trail.record("member.placed", subject=member, by=by, at=at, case=case, part=part, user=str(user.pk))
    grants.rebuild([case.pk])
    return member


@transaction.atomic
def end_place(member: CaseMember, *, by: User, at: datetime) -> None:
    """Somebody stops working in a case; from now on they do not see it."""
    member.until = at
    member.save(update_fields=["until"])
    trail.record("member.left", subject=member, by=by, at=at, case=member.case, part=member.part)
    grants.rebuild([member.case_id])


def must_be_admissible(born: date | None, arrival: Arrival, *, on: date) -> None:
    """Adults, released or within twelve weeks of it, who take up support (field guide, 4.2)."""
    if not arrival.takes_up:
        raise NotAdmissible(_("Support is only for people who take it up."))
    if born is None:
        raise NotAdmissible(_("Write the date of birth: the programme is for adults only."))
    if age(born, on) < ADULT:
        raise NotAdmissible(_("The programme is for adults only. A children's service is the right place."))
    if arrival.release_on is None:
        raise NotAdmissible(_("Write the day of release, or the day it is expected."))
    if arrival.release_on - on > BEFORE_RELEASE:
        raise NotAdmissible(_("Release is more than twelve weeks away. Ask again nearer the day."))


def age(born: date, on: date) -> int:
    """Full years on a day."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _write_down(person, arrival, *, by, at, **answer) -> Door:
    return Door.objects.create(
        organisation=person.organisation,
        person=person,
        team=arrival.team,
        referred_by=arrival.referred_by,
        referrer=arrival.referrer,
        told=arrival.told,
        asked=arrival.asked,
        asked_words=arrival.asked_words,
        basis=arrival.basis,
        release_on=arrival.release_on,
        takes_up=arrival.takes_up,
        search_skipped_because=arrival.search_skipped_because,
        answered_by=by,
        answered_at=at,
        **answer,
    )


def _new_reference() -> str:
    """Two letters and four digits that nobody uses yet. They mean nothing."""
    while True:
        reference = "".join(secrets.choice(LETTERS) for _ in "ab") + f"-{secrets.randbelow(9000) + 1000}"
        if not Case.objects.filter(reference=reference).exists():
            return reference
