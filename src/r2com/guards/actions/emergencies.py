"""Opening a record that is not one's own, because it cannot wait; and looking at it afterwards."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from r2com.access import grants, wall
from r2com.access.duties import must_be_two
from r2com.access.roles import May
from r2com.accounts.models import User
from r2com.audit import trail
from r2com.audit.models import Event
from r2com.cases.models import Case
from r2com.core.refusals import Refused
from r2com.organisations.models import Membership

from .. import telling
from ..models import LASTS, Emergency, EmergencyReview, Exclusion, Longer, reviewers

FEWEST_SIGNS = 30
MOST_TRIES, TRIES_COUNT_FOR = 10, timedelta(hours=1)
NOT_FOUND = "emergency.not_found"
BEFORE_A_GRANT = "whoever opens a record in an emergency, or looks at that afterwards, has no grant on it"


class NotHere(Refused):
    """There is no such record here, or not for them. Which of the two is never said."""


@wall.for_the_house(BEFORE_A_GRANT)
@transaction.atomic
def open_in_emergency(
    place: Membership, *, reference: str, reason: str, words: str, by: User, at: datetime
) -> Emergency:
    """Let somebody read a record of their agency for an hour. Supervisor and data protection are told.

    Raises Refused when the words are too short or somebody tried too often, and NotHere alike for a
    reference that nobody has, one of another agency, and a record that they are kept out of.
    """
    if place.user_id != by.pk or not place.may(May.OPEN_IN_EMERGENCY):
        raise Refused(_("Your role opens no record in an emergency."))
    if len(words.strip()) < FEWEST_SIGNS:
        raise Refused(_("Write a little more: what happens now, and why it cannot wait."))
    _must_not_guess(by, at)
    case = _openable(place, reference, by)
    emergency = Emergency.objects.create(
        case=case, user=by, reason=reason, words=words, opened_at=at, until=at + LASTS
    )
    trail.record("emergency.opened", subject=emergency, by=by, at=at, case=case, reason=reason)
    grants.rebuild([case.pk])
    telling.tell(_told(emergency, at))
    return emergency


@transaction.atomic
def not_found(*, by: User, at: datetime) -> None:
    """Write down that somebody tried a reference that leads nowhere for them. Which one is not kept."""
    trail.record(NOT_FOUND, subject=None, by=by, at=at)


@wall.for_the_house(BEFORE_A_GRANT)
@transaction.atomic
def go_on(emergency: Emergency, *, by: User, at: datetime) -> Longer:
    """Another hour, once. Raises Refused when it is over, or was longer already."""
    current = _held(emergency, by)
    if not current.is_live(at) or current.was_longer:
        raise Refused(_("It can go on once, while it lasts. Open it again if it is still needed."))
    longer = Longer.objects.create(emergency=current, at=at)
    current.until += LASTS
    current.save(update_fields=["until"])
    trail.record("emergency.went_on", subject=current, by=by, at=at, case=current.case)
    grants.rebuild([current.case_id])
    return longer


@wall.for_the_house(BEFORE_A_GRANT)
@transaction.atomic
def end(emergency: Emergency, *, by: User, at: datetime) -> None:
    """Close the record before the hour is over."""
    current = _held(emergency, by)
    if not current.is_live(at):
        raise Refused(_("This record is closed again already."))
    current.until = at
    current.save(update_fields=["until"])
    trail.record("emergency.ended", subject=current, by=by, at=at, case=current.case)
    grants.rebuild([current.case_id])


@wall.for_the_house(BEFORE_A_GRANT)
@transaction.atomic
def review(emergency: Emergency, *, outcome: str, words: str = "", by: User, at: datetime) -> EmergencyReview:
    """Somebody else looks at it afterwards. Raises Refused for whoever opened it, and a second time."""
    current = Emergency.objects.select_for_update(of=["self"]).select_related("case").get(pk=emergency.pk)
    must_be_two(current.user_id, by, _("Nobody looks at their own emergency. Somebody else does."))
    if not reviewers(current.case, timezone.localdate(at)).filter(user=by).exists():
        raise Refused(_("The supervisor of the team, or whoever looks after data protection, looks at it."))
    if current.is_reviewed:
        raise Refused(_("Somebody looked at it already."))
    said = EmergencyReview.objects.create(emergency=current, outcome=outcome, words=words, by=by, at=at)
    trail.record("emergency.reviewed", subject=current, by=by, at=at, case=current.case, outcome=outcome)
    return said


def _must_not_guess(by: User, at: datetime) -> None:
    tries = Event.objects.filter(name=NOT_FOUND, by=by.pk, at__gt=at - TRIES_COUNT_FOR)
    if tries.count() >= MOST_TRIES:
        raise Refused(_("That was tried too often. Ring your supervisor."))


def _openable(place: Membership, reference: str, by: User) -> Case:
    """The case with exactly this reference in this agency, unless they are kept out of it."""
    cases = Case.objects.filter(organisation=place.organisation_id, reference=reference)
    out = Exclusion.objects.standing().filter(user=by).values("case__person")
    case = None if "\0" in reference else cases.exclude(person__in=out).first()
    if case is None:
        raise NotHere(_("There is no record that you could open with this reference."))
    return case


def _held(emergency: Emergency, by: User) -> Emergency:
    current = Emergency.objects.select_for_update(of=["self"]).select_related("case").get(pk=emergency.pk)
    if current.user_id != by.pk:
        raise Refused(_("Only the one who opened it can do that."))
    return current


def _told(emergency: Emergency, at: datetime) -> list[User]:
    """Everybody who looks at emergencies in this case, but never the one who opened it."""
    places = reviewers(emergency.case, timezone.localdate(at))
    return [place.user for place in places if place.user_id != emergency.user_id]
