"""Who looked: each reading of a record, one by one, from the trail."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from r2com.access import wall
from r2com.accounts.models import User
from r2com.audit.models import Event
from r2com.cases import frame
from r2com.cases.models import Case
from r2com.organisations.models import Membership, Organisation

from .parts.seen import SAID

AT_ONCE = 50


@dataclass(frozen=True)
class Look:
    """One reading: when, who, in which part and for which house, and what was opened."""

    at: datetime
    who: str
    role: str
    house: str
    did: str
    page: str
    reference: str


@dataclass(frozen=True)
class Looks:
    """Some readings, the newest first, and where older ones go on."""

    rows: list[Look]
    older: UUID | None


def at_case(case: Case, before: UUID | None) -> Looks:
    """Who looked at one record."""
    return _looks(Event.objects.filter(case=case.pk), before, {case.pk: case.reference})


@wall.for_the_house("data protection sees records by reference, without a grant")
def in_house(organisation: Organisation, reference: str, before: UUID | None) -> Looks:
    """Who looked at any record of a house, or at one by its reference, which names nobody."""
    events = Event.objects.filter(organisation=organisation.pk, case__isnull=False)
    if reference:
        found = Case.objects.filter(organisation=organisation, reference=reference)
        events = events.filter(case__in=list(found.values_list("pk", flat=True)))
    return _looks(events, before, None)


def _looks(events, before: UUID | None, references: dict[UUID, str] | None) -> Looks:
    if before:
        events = events.filter(pk__lt=before)
    found = list(events.filter(name__in=SAID).order_by("-pk")[: AT_ONCE + 1])
    shown = found[:AT_ONCE]
    if references is None:
        cases = Case.objects.filter(pk__in={event.case for event in shown})
        references = dict(cases.values_list("pk", "reference"))
    places = _places({event.by for event in shown})
    rows = [_look(event, places.get(event.by), references) for event in shown]
    return Looks(rows, shown[-1].pk if len(found) > AT_ONCE else None)


def _places(users: set[UUID | None]) -> dict[UUID, tuple[str, str, str]]:
    """Name, part and house of each, as it is now or was last."""
    names = dict(User.objects.filter(pk__in=users - {None}).values_list("pk", "name"))
    rows = Membership.objects.filter(user__in=names).select_related("organisation").order_by("starts")
    latest = {row.user_id: (row.get_role_display(), row.organisation.name) for row in rows}
    return {pk: (name, *latest.get(pk, ("", ""))) for pk, name in names.items()}


def _look(event: Event, place: tuple[str, str, str] | None, references: dict[UUID, str]) -> Look:
    who, role, house = place or (_("Through a link"), "", "")
    labels = {name: str(label) for name, label in frame.TABS}
    page = labels.get(event.facts.get("page"), "")
    reference = references.get(event.case, "")
    return Look(event.at, who, role, house, str(SAID[event.name]), page, reference)
