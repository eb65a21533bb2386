"""What can be done with a programme: offer it, write about its meetings, pause and end it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from r2com.access import grants
from r2com.access.roles import May
from r2com.accounts.models import User
from r2com.assessments.models import Assessment
from r2com.audit import trail
from r2com.cases.models import Case, CaseMember
from r2com.core import programmes
from r2com.core.refusals import Changed, Refused
from r2com.plans import actions as plans
from r2com.plans.models import Goal, Plan

from .. import gate, library
from ..models import Edition, Offer, SessionEntry, Turn

AHEAD = (SessionEntry.What.PLANNED, SessionEntry.What.MOVED)


@dataclass(frozen=True)
class WantedGoal:
    """A goal the person wants to make of it, with its steps one a line."""

    words: str
    item: str
    strength_item: str
    steps: tuple[str, ...] = ()


@transaction.atomic
def choose(
    case: Case,
    *,
    programme: str,
    says: str,
    words: str,
    leader: User | None = None,
    first_on: date | None = None,
    goal: WantedGoal | None = None,
    by: User,
    at: datetime,
) -> Offer:
    """Write down what the person said to a programme. A yes belongs to a plan; a goal only if they want one.

    Raises Refused when it goes on already, and for a guarded one while anything is missing.
    """
    grants.must_allow(by, case.pk, May.RATE)
    held = Case.objects.select_for_update().get(pk=case.pk)
    if not words.strip():
        raise Refused(_("Write what they said, as far as you can in the person’s own words."))
    offer = Offer(case=held, edition=_kept(programme, by=by, at=at), says=says, words=words, by=by, at=at)
    if offer.is_chosen:
        _must_be_free(held, programme, leader)
        offer.leader = leader
        offer.plan = _plan(held, with_goal=goal is not None, by=by, at=at)
        offer.goal = _goal(offer.plan, goal, by=by, at=at) if goal else None
    offer.save(force_insert=True)
    trail.record("programme.offered", subject=offer, by=by, at=at, programme=programme, says=says)
    if offer.is_chosen and first_on:
        first = library.newest(programme).sessions[0].id
        write_session(
            offer, session=first, what=SessionEntry.What.PLANNED, day=first_on, leader=leader, by=by, at=at
        )
    return offer


@transaction.atomic
def write_session(
    offer: Offer,
    *,
    session: str,
    what: str,
    day: date | None = None,
    leader: User | None = None,
    led_by_other: str = "",
    note: str = "",
    took: str = "",
    base: int = 0,
    by: User,
    at: datetime,
) -> SessionEntry:
    """Write about a meeting. What was written before stays; `base` is how many entries somebody had seen.

    Raises Changed when somebody else wrote about it meanwhile.
    """
    grants.must_allow(by, offer.case_id, May.ADD_EVIDENCE)
    current = _held(offer)
    current.must_be_chosen()
    programme = library.kept(current.edition, "en")
    if programme.session(session) is None:
        raise Refused(_("This programme has no such meeting."))
    if programme.guard and what != SessionEntry.What.DROPPED:
        gate.of_case(current.case_id).must_be_open()
    if what in AHEAD:
        current.must_go_on()
    _must_have_its_day(what, day, at)
    _must_work_here(current.case_id, leader)
    if current.entries.filter(session=session).count() != base:
        raise Changed(
            _("Somebody else wrote about this meeting meanwhile. It stands below; nothing is lost.")
        )
    said = {"led_by_other": led_by_other, "note": note, "took": took}
    entry = SessionEntry(
        offer=current, session=session, what=what, day=day, leader=leader, **said, by=by, at=at
    )
    entry.save(force_insert=True)
    facts = {"case": current.case_id, "session": session, "what": what}
    trail.record("programme.session_written", subject=entry, by=by, at=at, **facts)
    return entry


@transaction.atomic
def pause(offer: Offer, *, reason: str, words: str = "", by: User, at: datetime) -> Turn:
    """Let it rest. Nothing is planned until it is taken up again."""
    current = _to_turn(offer, by)
    current.must_go_on()
    return _turned(
        current, "programme.paused", kind=Turn.Kind.PAUSED, reason=reason, words=words, by=by, at=at
    )


@transaction.atomic
def resume(offer: Offer, *, words: str = "", by: User, at: datetime) -> Turn:
    """Take it up again where it rested."""
    current = _to_turn(offer, by)
    if not current.is_paused:
        raise Refused(_("It is not paused."))
    return _turned(current, "programme.resumed", kind=Turn.Kind.RESUMED, reason="", words=words, by=by, at=at)


@transaction.atomic
def end(offer: Offer, *, reason: str, words: str, by: User, at: datetime) -> Turn:
    """End it, with the reason and what the person says. What was written stays."""
    current = _to_turn(offer, by)
    if current.is_ended:
        raise Refused(_("This has ended already."))
    if not reason:
        raise Refused(_("Choose why it ends."))
    return _turned(current, "programme.ended", kind=Turn.Kind.ENDED, reason=reason, words=words, by=by, at=at)


@transaction.atomic
def printed(offer: Offer, *, by: User, at: datetime) -> None:
    """Write on the trail that a paper is about to leave the house."""
    trail.record("programme.printed", subject=offer, by=by, at=at)


def _kept(programme: str, *, by: User, at: datetime) -> Edition:
    """The edition as it lies in the files today, kept for whoever begins it."""
    if programme not in library.ids():
        raise Refused(_("There is no such programme."))
    definition, languages = library.packaged(programme)
    content_hash = programmes.content_hash(definition, languages)
    texts = {"definition": definition, "languages": languages}
    which = {"programme": programme, "edition": definition["version"]}
    edition, _new = Edition.objects.get_or_create(
        content_hash=content_hash, defaults={**texts, **which, "kept_by": by, "kept_at": at}
    )
    return edition


def _must_be_free(case: Case, programme: str, leader: User | None) -> None:
    if library.newest(programme).guard:
        gate.of_case(case.pk).must_be_open()
    if Offer.objects.filter(case=case, edition__programme=programme).under_way().exists():
        raise Refused(_("They have begun this already. Go on with it, or end it first."))
    _must_work_here(case.pk, leader)


def _must_work_here(case_id: UUID, leader: User | None) -> None:
    here = CaseMember.objects.filter(case=case_id, user=leader, until__isnull=True)
    if leader is not None and not here.exists():
        raise Refused(_("Choose somebody who works with this person."))


def _must_have_its_day(what: str, day: date | None, at: datetime) -> None:
    if what != SessionEntry.What.DROPPED and day is None:
        raise Refused(_("Give the day."))
    if what == SessionEntry.What.HELD and day and day > timezone.localdate(at):
        raise Refused(_("This day is still to come. Set it as a day, and write when it was held."))


def _plan(case: Case, *, with_goal: bool, by: User, at: datetime) -> Plan:
    """The plan it belongs to: the one that stands; a draft when there is none or a goal is wanted."""
    standing = Plan.objects.filter(case=case).standing().first()
    if standing is not None and (standing.is_draft or not with_goal):
        return standing
    newest = Assessment.objects.filter(case=case).first()
    return plans.begin(case, newest, by=by, at=at)


def _goal(plan: Plan, wanted: WantedGoal, *, by: User, at: datetime) -> Goal:
    steps = [plans.NextStep(words) for words in wanted.steps]
    about = {"item": wanted.item, "strength_item": wanted.strength_item}
    return plans.add_goal(plan, words=wanted.words, **about, steps=steps, by=by, at=at)


def _held(offer: Offer) -> Offer:
    """The offer as it stands now, held until we are done."""
    return Offer.objects.select_for_update(of=("self",)).select_related("edition").get(pk=offer.pk)


def _to_turn(offer: Offer, by: User) -> Offer:
    grants.must_allow(by, offer.case_id, May.RATE)
    current = _held(offer)
    current.must_be_chosen()
    return current


def _turned(offer: Offer, event: str, *, kind: str, reason: str, words: str, by: User, at: datetime) -> Turn:
    turn = Turn(offer=offer, kind=kind, reason=reason, words=words, by=by, at=at)
    turn.save(force_insert=True)
    trail.record(event, subject=turn, by=by, at=at, case=offer.case_id, reason=reason)
    return turn
