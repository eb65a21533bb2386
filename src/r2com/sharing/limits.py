"""Offence data stay closed where the agency has no recorded authority for them (GDPR Art. 10)."""

from uuid import UUID

from django.utils import timezone

from r2com.access import grants, limits
from r2com.access.categories import Category as Kind
from r2com.access.models import Grant

from .models import Category, LawfulBasis

# Convictions and offences, and what a court asks because of them (GDPR Art. 10, “related security measures”).
CLOSED = frozenset({Kind.OFFENCE, Kind.LEGAL})


def register_limit() -> None:
    limits.register(limits.Limit("lawful basis", everywhere=closed_without_authority))


def closed_without_authority(organisations: set[UUID]) -> dict[UUID, set[Kind]]:
    """For each agency without an entry for offences today: what nobody there reads."""
    today = LawfulBasis.objects.on(timezone.localdate())
    rows = today.filter(organisation__in=organisations, category=Category.OFFENCE)
    allowed = set(rows.values_list("organisation", flat=True))
    return {one: set(CLOSED) for one in organisations - allowed}


def rebuild_after(organisation: UUID, category: str) -> None:
    """The register says otherwise about offences: every case of the agency follows."""
    if category == Category.OFFENCE:
        grants.rebuild(Grant.objects.filter(organisation=organisation).values_list("case", flat=True))
