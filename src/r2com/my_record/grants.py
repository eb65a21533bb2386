"""Why the person sees their own record: for half an hour they hold a grant of their own, as everybody does.

So whatever asks `visible_to` asks the same of them. The grant names the opening of their link in the place
of a user, allows to read and nothing else, and ends with the visit.
"""

from uuid import UUID

from django.utils import timezone

from r2com.access.categories import Purpose
from r2com.access.grants import Source, register
from r2com.access.models import NO_DAY_YET, Grant
from r2com.access.roles import May

from .models import Opening

SOURCE = "reads their own record"
ALLOWED = [May.READ, May.READ_SENSITIVE]


def register_source() -> None:
    register(Source(SOURCE, of_openings, lambda changed: set(), purpose=Purpose.OWN_RECORD, passes_all=True))


def of_openings(cases: set[UUID]) -> list[Grant]:
    """One for each visit that goes on."""
    rows = Opening.objects.going_on(timezone.now()).filter(link__case__in=cases)
    return [_grant(opening) for opening in rows.whole()]


def _grant(opening: Opening) -> Grant:
    case = opening.link.case
    return Grant(
        organisation=case.organisation_id,
        user=opening.pk,
        case=case.pk,
        person=case.person_id,
        may=ALLOWED,
        source=SOURCE,
        since=opening.at,
        until=opening.until,
        closed=not case.is_open,
        day=case.release_on or NO_DAY_YET,
        changed_at=case.opened_at,
    )
