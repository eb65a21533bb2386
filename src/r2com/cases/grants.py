"""Why somebody may see a case: they work in it, or they supervise the team that does.

While a case is closed or set aside, whoever reads it reads, and nobody writes.
"""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils import timezone

from r2com.access.categories import Purpose
from r2com.access.grants import Source, register
from r2com.access.models import NO_DAY_YET, Grant
from r2com.access.roles import ROLES, May, Role
from r2com.organisations.models import Membership
from r2com.people.models import Choice

from . import actions
from .models import AFTERWARDS, GRANTED_BY_PART, GRANTED_TO_SUPERVISOR, GRANTED_WHEN_CLOSED, Case, CaseMember


def register_sources() -> None:
    register(Source("works in the case", of_members, around_members, end_places, every=every_case))
    register(Source("supervises the team", of_supervisors, around_supervisors, purpose=Purpose.SUPERVISION))


def of_members(cases: set[UUID]) -> list[Grant]:
    """What their part allows, never more than their role does, and no longer than they work here."""
    members = CaseMember.objects.filter(case__in=cases).select_related("case")
    places = {place.user_id: place for place in _places().filter(user__in=members.values("user"))}
    yes_until = _last_yes(members)
    return [
        grant(m.case, places[m.user_id], _allowed(m), m.since, _until(m, yes_until))
        for m in members
        if m.user_id in places and places[m.user_id].organisation_id == m.case.organisation_id
    ]


def _allowed(member: CaseMember) -> list[May]:
    granted = GRANTED_BY_PART if member.case.is_written_in else GRANTED_WHEN_CLOSED
    return granted[member.part]


def _last_yes(members) -> dict[UUID, date]:
    """For each person, the last day on which some yes to sharing holds."""
    people = {m.case.person_id for m in members if m.part == CaseMember.Part.PARTNER}
    live = Choice.objects.live(timezone.localdate()).filter(person__in=people)
    return dict(live.order_by("until").values_list("person", "until"))


def _until(member: CaseMember, yes_until: dict[UUID, date]) -> datetime | None:
    """A partner agency sees no longer than the person's yes holds; without one, it sees nothing."""
    if member.part != CaseMember.Part.PARTNER:
        return member.until
    last = yes_until.get(member.case.person_id)
    end = midnight(last + timedelta(days=1)) if last else member.since
    return min(member.until or end, end)


def of_supervisors(cases: set[UUID]) -> list[Grant]:
    rows = Case.objects.filter(pk__in=cases)
    supervisors = list(_places().filter(role=Role.SUPERVISOR, team__in=rows.values("team")))
    return [
        grant(case, place, GRANTED_TO_SUPERVISOR if case.is_written_in else AFTERWARDS, case.opened_at, None)
        for case in rows
        for place in supervisors
        if place.team_id == case.team_id
    ]


def every_case() -> list[UUID]:
    return list(Case.objects.values_list("pk", flat=True))


def around_members(changed: UUID) -> set[UUID]:
    return set(CaseMember.objects.filter(user=changed).values_list("case", flat=True))


def around_supervisors(changed: UUID) -> set[UUID]:
    teams = Membership.objects.filter(user=changed, role=Role.SUPERVISOR).values("team")
    return set(Case.objects.filter(team__in=teams).values_list("pk", flat=True))


def end_places(user: UUID, at: datetime) -> None:
    actions.leave_all(user, by=None, at=at)


def _places():
    """Who works here today."""
    return Membership.objects.on(timezone.localdate())


def grant(case, place, allowed, since, until) -> Grant:
    """What a part or a role gives to somebody who works here, while they do."""
    return Grant(
        organisation=case.organisation_id,
        user=place.user_id,
        case=case.pk,
        person=case.person_id,
        may=[what for what in allowed if what in ROLES[place.role].may],
        source=place.role,
        since=since,
        closed=not case.is_open,
        day=case.release_on or NO_DAY_YET,
        changed_at=case.opened_at,
        until=until if place.ends is None else min(until or midnight(place.ends), midnight(place.ends)),
    )


def midnight(day: date) -> datetime:
    """The moment a day begins here."""
    return timezone.make_aware(datetime.combine(day, time.min))
