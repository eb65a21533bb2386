"""Keeping the lawful-basis register."""

from datetime import date, datetime

from django.db import transaction

from r2com.accounts.models import User
from r2com.audit import trail
from r2com.content import read_json
from r2com.organisations.models import Organisation

from . import limits
from .models import LawfulBasis


@transaction.atomic
def seed(organisation: Organisation, *, by: User | None, at: datetime) -> None:
    """Begin the register with the proposals that come with the software. Offence data stays closed."""
    for entry in read_json("registers", "lawful_bases.json"):
        add_basis(organisation, **entry, starts=at.date(), by=by, at=at)


@transaction.atomic
def add_basis(
    organisation: Organisation,
    *,
    category: str,
    purpose: str,
    basis: str,
    provision: str,
    warning: str = "",
    starts: date,
    by: User | None,
    at: datetime,
) -> LawfulBasis:
    """Add an entry. From `starts` on, this category may be kept for this purpose."""
    entry = LawfulBasis.objects.create(
        organisation=organisation,
        category=category,
        purpose=purpose,
        basis=basis,
        provision=provision,
        warning=warning,
        starts=starts,
    )
    trail.record("basis.added", subject=entry, by=by, at=at, category=category)
    limits.rebuild_after(organisation.pk, category)
    return entry


@transaction.atomic
def end_basis(entry: LawfulBasis, *, ends: date, by: User, at: datetime) -> None:
    """End an entry on a day. Records that rest on it keep pointing to it."""
    entry.ends = ends
    entry.save(update_fields=["ends"])
    trail.record("basis.ended", subject=entry, by=by, at=at, ends=ends.isoformat())
    limits.rebuild_after(entry.organisation_id, entry.category)
