"""Who has which place in the agency: beginning, moving, leaving."""

from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from r2com.access import grants
from r2com.access.roles import May, Role, may
from r2com.accounts import actions as accounts
from r2com.accounts.models import User
from r2com.audit import trail
from r2com.core.refusals import Refused

from ..models import Membership, Organisation, Team


@transaction.atomic
def join(
    user: User, organisation: Organisation, *, role: str, team: Team | None, by: User | None, at: datetime
) -> Membership:
    """Give somebody their place. A place they had before ends on this day.

    Raises Refused when somebody would give a place to themself.
    """
    _must_be_somebody_else(user, by)
    day = timezone.localdate(at)
    Membership.objects.open(day).filter(user=user).update(ends=day)
    membership = Membership.objects.create(
        user=user, organisation=organisation, role=role, team=team, starts=day
    )
    User.objects.filter(pk=user.pk).update(organisation_id=organisation.pk)
    user.organisation_id = organisation.pk
    trail.record("membership.begun", subject=membership, by=by, at=at, role=role)
    grants.rebuild_around(user.pk)
    return membership


@transaction.atomic
def move(
    membership: Membership, *, role: str, team: Team | None, by: User | None, at: datetime
) -> Membership:
    """Give somebody another role or team from today on; what they may see follows at once.

    Raises Refused for one's own place, for the last administrator's, and when role and team do not fit.
    """
    _must_be_somebody_else(membership.user, by)
    must_fit(membership.organisation, role=role, team=team, at=at)
    if role != Role.ADMINISTRATOR:
        _must_leave_an_administrator(membership)
    if (role, team) == (membership.role, membership.team):
        return membership
    return join(membership.user, membership.organisation, role=role, team=team, by=by, at=at)


@transaction.atomic
def leave(user: User, *, ends: date, reason: str, by: User | None, at: datetime) -> Membership:
    """End somebody's place on a day, today or later. On that day they are shut out everywhere.

    `reason` is one of LeavingReason. What they wrote stays as it is. Raises Refused for oneself, for the
    last administrator, and for a day that is over.
    """
    _must_be_somebody_else(user, by)
    today = timezone.localdate(at)
    if ends < today:
        raise Refused(_("Choose today or a later day."))
    membership = Membership.objects.on(today).get(user=user)
    _must_leave_an_administrator(membership)
    membership.ends = ends
    membership.save(update_fields=["ends"])
    trail.record("membership.ended", subject=membership, by=by, at=at, ends=ends.isoformat(), reason=reason)
    if ends == today:
        accounts.sign_out_everywhere(user, by=by, at=at)
    grants.end_for(user.pk, max(at, timezone.make_aware(datetime.combine(ends, time.min))))
    return membership


def must_fit(organisation: Organisation, *, role: str, team: Team | None, at: datetime) -> None:
    """Who works with people needs a team of this agency; who does not, needs none. Raises Refused."""
    if team is None and may(role, May.READ):
        raise Refused(_("Choose a team: this role works with people."))
    if (
        team
        and not Team.objects.on(timezone.localdate(at)).filter(pk=team.pk, organisation=organisation).exists()
    ):
        raise Refused(_("This team is not at work any more. Choose another."))


def _must_be_somebody_else(user: User, by: User | None) -> None:
    if by is not None and by.pk == user.pk:
        raise Refused(_("Nobody changes their own place. Ask another administrator."))


def _must_leave_an_administrator(membership: Membership) -> None:
    """One at a time, so that two administrators cannot remove each other in the same moment."""
    if membership.role != Role.ADMINISTRATOR:
        return
    organisation = Organisation.objects.select_for_update().get(pk=membership.organisation_id)
    others = Membership.objects.filter(organisation=organisation, role=Role.ADMINISTRATOR, ends__isnull=True)
    if not others.exclude(user=membership.user_id).exists():
        raise Refused(_("This is the last administrator. Give the role to somebody else first."))
