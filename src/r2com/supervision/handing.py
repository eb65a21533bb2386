"""Whose cases may be handed over to whom, and giving many of them one by one."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from r2com.access.models import seen
from r2com.access.roles import ROLES, May
from r2com.accounts.models import User
from r2com.cases.models import Case, CaseMember
from r2com.core.refusals import Refused
from r2com.organisations.models import Membership
from r2com.tasks import listing

from . import actions
from .models import HandOver, HandOverNote

LATELY = timedelta(days=14)
MOST = 30


def workers(user) -> list[User]:
    """Everybody who leads an open case that this user supervises, by name."""
    leads = _leads(user).values("user")
    return list(User.objects.filter(pk__in=leads).order_by("name"))


def worker_of(user, pk: UUID) -> User:
    return _leads(user).filter(user=pk).select_related("user")[0].user


def cases_of(user, worker: UUID) -> list[Case]:
    """The open cases that this worker leads and this user supervises, by release."""
    theirs = _leads(user).filter(user=worker).values("case")
    found = list(Case.objects.visible_to(user).with_people().filter(pk__in=theirs).by_release())
    listing.warm(found)
    return found


def colleagues(place: Membership, *, without: User | None = None) -> list[Membership]:
    """Everybody in the supervisor's team who may work as a case worker, by name."""
    rating = [role for role, about in ROLES.items() if May.RATE in about.may]
    rows = Membership.objects.on(timezone.localdate()).filter(team=place.team, role__in=rating)
    return list(rows.exclude(user=without).select_related("user").order_by("user__name"))


def everybody(place: Membership) -> list[Membership]:
    """Everybody who does casework in this team today, by name."""
    working = [role for role, about in ROLES.items() if May.ADD_EVIDENCE in about.may]
    rows = Membership.objects.on(timezone.localdate()).filter(team=place.team, role__in=working)
    return list(rows.select_related("user", "team", "organisation").order_by("user__name"))


def lately(user, at: datetime) -> list[HandOver]:
    """What was prepared or handed over in the last two weeks, the newest first."""
    rows = HandOver.objects.visible_to(user).filter(made_at__gte=at - LATELY)
    return list(rows.select_related("worker", "made_by")[:MOST])


def give_all(notes: Iterable[HandOverNote], *, by: User, at: datetime) -> None:
    """Each case in a transaction of its own: one that cannot be given holds up no other, and says why."""
    for note in notes:
        if note.is_handed_over:
            continue
        try:
            actions.give(note, by=by, at=at)
        except Refused as refusal:
            actions.hold_up(note, why=str(refusal), by=by, at=at)


def _leads(user):
    rows = CaseMember.objects.visible_to(user).filter(case__in=seen("case", user, May.SIGN_OFF))
    return rows.filter(part=CaseMember.Part.LEAD, until__isnull=True, case__closure__isnull=True)
