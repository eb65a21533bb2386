"""Opening a case at the door, or saying no to somebody there; who works with whom; closing and going on."""

import secrets
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from r2com.access import grants, wall
from r2com.access.roles import May, Role
from r2com.accounts.models import User
from r2com.audit import trail
from r2com.core.refusals import Refused
from r2com.organisations.models import ListEntry, Membership, Team
from r2com.people import actions as people
from r2com.people.models import Choice, Person
from r2com.sharing.models import LawfulBasis, must_have_basis
from r2com.vault import keyring
from r2com.vault.models import Owner

from .keeping import deletion_day, kept_until
from .models import GRANTED_BY_PART, Case, CaseMember, Closure, Door, Reopening
from .phases import BEFORE_RELEASE

ADULT = 18
LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"


class NotAdmissible(Refused):
    """The programme is not for this situation. Decline with a reason and point elsewhere.

    `why` says the same in one word, for whoever counts what was refused.
    """

    def __init__(self, sentence: Any, why: str = ""):
        super().__init__(sentence)
        self.why = why


class NotInCharge(Refused):
    """Only the case worker, the deputy or the supervisor say who works here."""


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


@dataclass(frozen=True)
class Newcomer:
    """Who stands at the door, as far as it was said."""

    name: str
    born: date | None
    language: str
    called: str = ""
    safe_contact: str = ""


@wall.for_the_house("nobody has a grant before there is a case")
@transaction.atomic
def open_case(
    newcomer: Newcomer, arrival: Arrival, *, by: User, at: datetime, deputy: User | None = None
) -> Case:
    """Write somebody down and open their case: both, or neither. Raises NotAdmissible, NoBasis."""
    organisation = arrival.team.organisation
    must_have_basis(organisation, "core", at.date())
    must_be_admissible(newcomer.born, arrival, on=at.date())
    person = people.enter(organisation, **asdict(newcomer), by=by, at=at)
    return admit(person, arrival, deputy=deputy, by=by, at=at)


@wall.for_the_house("of whom we decline, nobody has a grant")
@transaction.atomic
def turn_away(
    newcomer: Newcomer,
    arrival: Arrival,
    *,
    reason: ListEntry,
    signposts: list[ListEntry],
    by: User,
    at: datetime,
) -> Door:
    """Write down who asked and that we said no: both, or neither. Raises NoBasis."""
    organisation = arrival.team.organisation
    must_have_basis(organisation, "core", at.date())
    person = people.enter(organisation, **asdict(newcomer), by=by, at=at)
    return decline(person, arrival, reason=reason, signposts=signposts, by=by, at=at)


@wall.for_the_house("nobody has a grant before there is a case")
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
    keyring.make(Owner.CASE, case.pk, of=case.organisation_id)
    case.save(force_insert=True)
    door = _write_down(person, arrival, answer=Door.Answer.ADMITTED, case=case, by=by, at=at)
    trail.record("door.admitted", subject=door, by=by, at=at, case=case)
    _place(case, by, part=CaseMember.Part.LEAD, by=by, at=at)
    if deputy:
        _place(case, deputy, part=CaseMember.Part.DEPUTY, by=by, at=at)
    return case


@wall.for_the_house("of whom we decline, nobody has a grant")
@transaction.atomic
def decline(
    person: Person, arrival: Arrival, *, reason: ListEntry, signposts: list[ListEntry], by: User, at: datetime
) -> Door:
    """Say no with a reason, point to somebody else, and start the clock for deletion."""
    door = _write_down(
        person,
        arrival,
        answer=Door.Answer.DECLINED,
        decline_reason=reason,
        delete_after=deletion_day(person.organisation, at.date()),
        by=by,
        at=at,
    )
    door.signposts.set(signposts)
    trail.record("door.declined", subject=door, by=by, at=at)
    return door


@transaction.atomic
def place(case: Case, user: User, *, part: str, by: User, at: datetime) -> CaseMember:
    """Let somebody work in a case. A lead or deputy who was there before steps back.

    Somebody has one part at a time: a new one ends the one before. Raises NotInCharge, or Refused when
    they do not belong to the organisation, or when the case would be left without a case worker.
    """
    case.must_be_open()
    must_be_in_charge(case, by)
    _must_belong(user, case, part)
    grants.must_not_be_kept_out(user.pk, case.pk)
    _must_not_widen_own(case, user, part, by)
    _must_be_agreed(case, part, on=timezone.localdate(at))
    if part != CaseMember.Part.LEAD and _is_lead(case, user):
        raise Refused(_("Choose another case worker first; then this one can take another part."))
    return _place(case, user, part=part, by=by, at=at)


@transaction.atomic
def end_place(member: CaseMember, *, by: User, at: datetime) -> None:
    """Somebody stops working in a case; from now on they do not see it.

    Raises NotInCharge, or Refused for the lead, who steps back only for another.
    """
    member.case.must_be_open()
    must_be_in_charge(member.case, by)
    if member.part == CaseMember.Part.LEAD:
        raise Refused(_("There is always a case worker. Choose another one, and this one steps back."))
    _steps_back(member, by=by, at=at)
    grants.rebuild([member.case_id])


@transaction.atomic
def leave_all(user: UUID, *, by: User | None, at: datetime) -> None:
    """Somebody leaves the agency: from then on they work in no case, and do not come back by themselves."""
    for member in CaseMember.objects.filter(user=user, until__isnull=True).select_related("case", "user"):
        _steps_back(member, by=by, at=at)


@transaction.atomic
def move_release(case: Case, *, to: date | None, by: User, at: datetime) -> None:
    """Write down another day of release, or that it is not known. The door keeps what was said there."""
    case.must_be_open()
    must_be_in_charge(case, by)
    case.release_on = to
    case.save(update_fields=["release_on"])
    trail.record("case.release_moved", subject=case, by=by, at=at, to=to.isoformat() if to else "")


@transaction.atomic
def close(case: Case, *, reason: str, last_call: date | None = None, by: User, at: datetime) -> Closure:
    """End the support. From now on the record is read only, and its day of deletion is known.

    `last_call` is the day of the last call afterwards, if there is to be one. Raises Closed when somebody
    ended it already.
    """
    case.must_be_open()
    grants.must_allow(by, case.pk, May.RATE)
    day = timezone.localdate(at)
    kept = kept_until(case.organisation, day, last_call)
    closure = Closure.objects.create(case=case, reason=reason, closed_by=by, closed_at=at, kept_until=kept)
    _stand(case, closure)
    trail.record("case.closed", subject=closure, by=by, at=at, reason=reason, kept_until=kept.isoformat())
    return closure


@transaction.atomic
def reopen(case: Case, *, why: str, by: User, at: datetime) -> Reopening:
    """Go on with the support. Everybody who works in the case writes in it again."""
    current = Case.objects.select_for_update().get(pk=case.pk)
    if current.closure is None:
        raise Refused(_("This record is open already."))
    grants.must_allow(by, case.pk, May.FOLLOW_UP)
    if not why.strip():
        raise Refused(_("Write why the support goes on."))
    closure = current.closure
    reopening = Reopening.objects.create(closure=closure, why=why, reopened_by=by, reopened_at=at)
    _stand(case, None)
    trail.record("case.reopened", subject=closure, by=by, at=at)
    return reopening


def _stand(case: Case, closure: Closure | None) -> None:
    """This is the closing that stands, or none; and so is what everybody may do."""
    case.closure = closure
    case.save(update_fields=["closure"])
    grants.rebuild([case.pk])


def must_be_in_charge(case: Case, by: User) -> None:
    """Who works in the case or supervises it says who else does."""
    if not (grants.allows(by, case.pk, May.RATE) or grants.allows(by, case.pk, May.SIGN_OFF)):
        raise NotInCharge(_("Only those in charge of this record say who works here."))


def must_be_admissible(born: date | None, arrival: Arrival, *, on: date) -> None:
    """Adults, released or within twelve weeks of it, who take up support (field guide, 4.2)."""
    if not arrival.takes_up:
        raise NotAdmissible(_("Support is only for people who take it up."), "takes_up")
    if born is None:
        raise NotAdmissible(_("Write the date of birth: the programme is for adults only."), "no_birthday")
    if age(born, on) < ADULT:
        raise NotAdmissible(
            _("The programme is for adults only. A children’s service is the right place."), "under_age"
        )
    if arrival.release_on is None:
        raise NotAdmissible(_("Write the day of release, or the day it is expected."), "no_release")
    if arrival.release_on - on > BEFORE_RELEASE:
        raise NotAdmissible(
            _("Release is more than twelve weeks away. Ask again nearer the day."), "too_early"
        )


def age(born: date, on: date) -> int:
    """Full years on a day."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


OWN_ROLE: dict[str, str] = {CaseMember.Part.MENTOR: Role.MENTOR, CaseMember.Part.PARTNER: Role.PARTNER}


def _must_belong(user: User, case: Case, part: str) -> None:
    """Only people of the organisation; mentors and partner agencies only by that role."""
    current = Membership.objects.on(timezone.localdate()).filter(user=user)
    membership = current.filter(organisation=case.organisation_id).first()
    if membership is None or not _fits(membership, part):
        raise Refused(_("Choose somebody of your organisation whose role fits this part."))


def _fits(membership: Membership, part: str) -> bool:
    """Lead and deputy have to be able to rate; the others have a role of their own."""
    if part in OWN_ROLE:
        return membership.role == OWN_ROLE[part]
    return membership.may(May.RATE)


def _must_not_widen_own(case: Case, user: User, part: str, by: User) -> None:
    """Who gives is never who is given: nobody takes a part that lets them do more than they may now."""
    if user.pk == by.pk and not all(
        grants.allows(by, case.pk, what) for what in GRANTED_BY_PART[CaseMember.Part(part)]
    ):
        raise Refused(_("Nobody gives themselves more than they have. Ask somebody else to place you."))


def _must_be_agreed(case: Case, part: str, *, on: date) -> None:
    """Another agency sees a record only while the person has said yes to sharing."""
    if part == CaseMember.Part.PARTNER and not Choice.objects.live(on).filter(person=case.person_id).exists():
        raise Refused(_("The person has not said yes to sharing with anybody. Ask them first."))


def _is_lead(case: Case, user: User) -> bool:
    return case.members.filter(user=user, part=CaseMember.Part.LEAD, until__isnull=True).exists()


def _place(case: Case, user: User, *, part: str, by: User, at: datetime) -> CaseMember:
    """Whoever had this part of lead or deputy steps back, and a part the newcomer had before ends."""
    gives_way = Q(user=user)
    if part in (CaseMember.Part.LEAD, CaseMember.Part.DEPUTY):
        gives_way |= Q(part=part)
    for before in case.members.filter(gives_way, until__isnull=True):
        _steps_back(before, by=by, at=at)
    member = CaseMember.objects.create(case=case, user=user, part=part, since=at)
    trail.record("member.placed", subject=member, by=by, at=at, case=case, part=part, user=str(user.pk))
    grants.rebuild([case.pk])
    return member


def _steps_back(member: CaseMember, *, by: User | None, at: datetime) -> None:
    """From now on they do not see the case."""
    member.until = at
    member.save(update_fields=["until"])
    who = str(member.user_id)
    trail.record("member.left", subject=member, by=by, at=at, case=member.case, part=member.part, user=who)


def _write_down(person: Person, arrival: Arrival, *, by: User, at: datetime, **answer: Any) -> Door:
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
