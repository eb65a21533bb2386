"""Why somebody may see a case: they work in it, or they supervise the team that does."""

from uuid import UUID

from r2com.access.grants import Source, register
from r2com.access.models import Grant
from r2com.access.roles import ROLES, Role
from r2com.organisations.models import Membership

from .models import GRANTED_BY_PART, GRANTED_TO_SUPERVISOR, Case, CaseMember


def register_sources() -> None:
    register(Source("works in the case", of_members, around_members))
    register(Source("supervises the team", of_supervisors, around_supervisors))


def of_members(cases: set[UUID]) -> list[Grant]:
    """What their part allows, and never more than their role does."""
    members = CaseMember.objects.filter(case__in=cases).select_related("case")
    roles = dict(Membership.objects.filter(user__in=members.values("user"), ends__isnull=True).values_list("user", "role"))
    return [
        _grant(m.case, m.user_id, GRANTED_BY_PART[m.part], roles[m.user_id], m.since, m.until)
        for m in members
        if m.user_id in roles
    ]


def of_supervisors(cases: set[UUID]) -> list[Grant]:
    rows = Case.objects.filter(pk__in=cases)
    supervisors = Membership.objects.filter(
        role=Role.SUPERVISOR, ends__isnull=True, team__in=rows.values("team")
    ).values_list("team", "user")
    return [
        _grant(case, user, GRANTED_TO_SUPERVISOR, Role.SUPERVISOR, case.opened_at, None)
        for case in rows
        for team, user in supervisors
        if team == case.team_id
    ]


def around_members(changed: UUID) -> set[UUID]:
    return set(CaseMember.objects.filter(user=changed).values_list("case", flat=True))


def around_supervisors(changed: UUID) -> set[UUID]:
    teams = Membership.objects.filter(user=changed, role=Role.SUPERVISOR).values("team")
    return set(Case.objects.filter(team__in=teams).values_list("pk", flat=True))


def _grant(case, user, allowed, role, since, until):
    return Grant(
        organisation=case.organisation_id,
        user=user,
        case=case.pk,
        person=case.person_id,
        may=[what for what in allowed if what in ROLES[role].may],
        source=role,
        since=since,
        until=until,
    )
