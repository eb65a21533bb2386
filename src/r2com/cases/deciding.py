"""Who says who is let near a record."""

from datetime import datetime

from django.utils import timezone

from r2com.access import grants
from r2com.access.roles import May, Role
from r2com.accounts.models import User
from r2com.organisations.models import Membership

from .models import Case, CaseMember


def decides(user: User, case: Case, at: datetime) -> bool:
    """Whether somebody says who is let near: the case worker, and the team's supervisor who sees the case."""
    if not grants.allows(user, case.pk, May.READ_SENSITIVE):
        return False
    leads = CaseMember.objects.filter(
        case=case, user=user, part=CaseMember.Part.LEAD, until__isnull=True
    ).exists()
    places = Membership.objects.on(timezone.localdate(at))
    return leads or places.filter(user=user, role=Role.SUPERVISOR, team=case.team_id).exists()
