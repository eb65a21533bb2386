"""What guards add to the grants, and what they take away."""

from collections import defaultdict
from uuid import UUID

from django.db.models import F, Q
from django.utils import timezone

from r2com.access import limits
from r2com.access.categories import Purpose
from r2com.access.grants import Source, register
from r2com.access.models import NO_DAY_YET, Grant
from r2com.access.roles import ROLES, May
from r2com.cases.models import Case, CaseMember
from r2com.organisations.models import Membership

from .models import READS, Emergency, Exclusion, Named, Restriction

IN_AN_EMERGENCY = "opened in an emergency"


def register_guards() -> None:
    register(
        Source(
            IN_AN_EMERGENCY,
            of_emergencies,
            around_emergencies,
            purpose=Purpose.EMERGENCY,
            passes_names=True,
        )
    )
    limits.register(limits.Limit("guards", kept_out=kept_out, named=named))


def kept_out(cases: set[UUID]) -> set[tuple[UUID, UUID]]:
    """Whoever is kept out of one case of a person is kept out of all of them."""
    rows = Exclusion.objects.standing().filter(case__person__cases__in=cases)
    return set(rows.values_list("case__person__cases", "user"))


def named(cases: set[UUID]) -> dict[UUID, set[UUID]]:
    """Those who were named, and those who were placed in the case after it was restricted and still are."""
    rows = Restriction.objects.standing().filter(case__in=cases)
    found: dict[UUID, set[UUID]] = {case: set() for case in rows.values_list("case", flat=True)}
    if not found:
        return found
    said = Named.objects.filter(restriction__in=rows).values_list("restriction__case", "user")
    placed = CaseMember.objects.filter(
        Q(until__isnull=True) | Q(until__gt=timezone.now()),
        case__in=found,
        case__restrictions__ended_at__isnull=True,
        since__gte=F("case__restrictions__set_at"),
    )
    for case, user in [*said, *placed.values_list("case", "user")]:
        found[case].add(user)
    return found


def of_emergencies(cases: set[UUID]) -> list[Grant]:
    """One for each that goes on, as long as whoever opened it works here: to read, and nothing else."""
    now = timezone.now()
    rows = list(Emergency.objects.live(now).filter(case__in=cases).select_related("case"))
    if not rows:
        return []
    places = defaultdict(list)
    for place in Membership.objects.on(timezone.localdate()).filter(user__in=[one.user_id for one in rows]):
        places[place.user_id, place.organisation_id].append(place)
    return [
        _grant(one, one.case, place)
        for one in rows
        for place in places[one.user_id, one.case.organisation_id]
        if place.may(May.OPEN_IN_EMERGENCY)
    ]


def around_emergencies(changed: UUID) -> set[UUID]:
    return set(Emergency.objects.live(timezone.now()).filter(user=changed).values_list("case", flat=True))


def _grant(one: Emergency, case: Case, place: Membership) -> Grant:
    return Grant(
        organisation=case.organisation_id,
        user=one.user_id,
        case=case.pk,
        person=case.person_id,
        may=[what for what in READS if what in ROLES[place.role].may],
        source=IN_AN_EMERGENCY,
        since=one.opened_at,
        until=one.until,
        closed=not case.is_open,
        day=case.release_on or NO_DAY_YET,
        changed_at=case.opened_at,
    )
