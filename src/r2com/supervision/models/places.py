"""Which teams somebody supervises today, and who works in them."""

from django.utils import timezone

from r2com.access.roles import Role
from r2com.organisations.models import Membership


def supervised_teams(user):
    """The teams of which this user is a supervisor today, for `…__in`."""
    return today().filter(user=user.pk, role=Role.SUPERVISOR).values("team")


def supervised_by(user):
    """Everybody with a place today in a team that this user supervises, for `…__in`."""
    return today().filter(team__in=supervised_teams(user)).values("user")


def supervisors_of(worker) -> list:
    """Whoever supervises the worker's own team today, the worker aside."""
    teams = today().filter(user=worker.pk, team__isnull=False).values("team")
    places = today().filter(team__in=teams, role=Role.SUPERVISOR).exclude(user=worker.pk)
    return [place.user for place in places.select_related("user").order_by("user__name")]


def today():
    return Membership.objects.on(timezone.localdate())
