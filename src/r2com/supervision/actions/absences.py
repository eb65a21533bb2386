"""Writing down that somebody will be away, and that they will not after all."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from r2com.access.roles import May
from r2com.accounts.models import User
from r2com.audit import trail
from r2com.core.refusals import Refused
from r2com.organisations.models import Membership, Team

from ..models import Absence


@transaction.atomic
def plan_absence(
    worker: Membership, *, starts: date, ends: date, stands_in: User, by: User, at: datetime
) -> Absence:
    """Somebody will be away, the last day included. By themselves, or by the supervisor of their team.

    Raises Refused for days that are over or the wrong way round, and for whoever cannot stand in.
    """
    team = _team(worker)
    if worker.user_id != by.pk:
        _must_supervise(team.pk, by)
    if ends < starts:
        raise Refused(_("The last day comes before the first. Change one of them."))
    if ends < timezone.localdate(at):
        raise Refused(_("These days are over. Write days that are still to come."))
    _must_stand_in(worker, stands_in)
    absence = Absence.objects.create(
        organisation=worker.organisation,
        team=team,
        worker=worker.user,
        starts=starts,
        ends=ends,
        stands_in=stands_in,
        written_by=by,
        written_at=at,
    )
    days = {"starts": starts.isoformat(), "ends": ends.isoformat()}
    trail.record("absence.planned", subject=absence, by=by, at=at, **days, stands_in=str(stands_in.pk))
    return absence


@transaction.atomic
def call_off(absence: Absence, *, by: User, at: datetime) -> None:
    """They are not away after all; nothing of it is kept but the line on the trail."""
    if absence.worker_id != by.pk:
        _must_supervise(absence.team_id, by)
    trail.record("absence.called_off", subject=absence, by=by, at=at, worker=str(absence.worker_id))
    absence.delete()


def _team(worker: Membership) -> Team:
    if worker.team is None or not worker.may(May.ADD_EVIDENCE):
        raise Refused(_("Only somebody who works in a team has somebody who stands in."))
    return worker.team


def _must_supervise(team: UUID, by: User) -> None:
    places = Membership.objects.on(timezone.localdate()).filter(user=by, team=team)
    if not any(place.may(May.SIGN_OFF) for place in places):
        raise Refused(_("Only they themselves and the supervisor of their team write this down."))


def _must_stand_in(worker: Membership, stands_in: User) -> None:
    here = Membership.objects.on(timezone.localdate()).filter(team=worker.team_id, user=stands_in)
    if stands_in.pk == worker.user_id or not here.exists():
        raise Refused(_("Choose somebody else of the team to stand in."))
