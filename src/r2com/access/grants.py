"""Grants are rebuilt from their sources, in the transaction that changed a source."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from r2com.core.refusals import Refused

from .models import Grant
from .roles import May


@dataclass(frozen=True)
class Source:
    """An app's knowledge of why somebody may see a case.

    `grants` gives the unsaved grants on these cases. `around` gives the cases that a change
    to a user touches. `ended` ends for good what a user who leaves still has.
    """

    name: str
    grants: Callable[[set[UUID]], Iterable[Grant]]
    around: Callable[[UUID], set[UUID]]
    ended: Callable[[UUID, datetime], None] | None = None


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    _sources[source.name] = source


@transaction.atomic
def rebuild(cases: Iterable[UUID]) -> None:
    """Throw away the grants on these cases and derive them again."""
    cases = set(cases)
    before = Grant.objects.filter(case__in=cases)
    changed = dict(before.order_by("changed_at").values_list("case", "changed_at"))
    before.delete()
    fresh = derived(cases)
    for grant in fresh:
        grant.changed_at = changed.get(grant.case, grant.changed_at)
    Grant.objects.bulk_create(fresh)


def changed(case: UUID, at: datetime) -> None:
    """Something happened in a case: lists by the latest change put it first."""
    Grant.objects.filter(case=case, changed_at__lt=at).update(changed_at=at)


def rebuild_of(person: UUID) -> None:
    """Rebuild the cases of a person, after a change in what they agreed to."""
    rebuild(set(Grant.objects.filter(person=person).values_list("case", flat=True)))


def rebuild_around(changed: UUID) -> None:
    """Rebuild every case that a change to this user or team touches."""
    cases = set(Grant.objects.filter(user=changed).values_list("case", flat=True))
    rebuild(cases.union(*(source.around(changed) for source in _sources.values())))


@transaction.atomic
def end_for(user: UUID, at: datetime) -> None:
    """Somebody leaves at a moment: what they had ends then, and does not come back if they do."""
    for source in _sources.values():
        if source.ended:
            source.ended(user, at)
    rebuild_around(user)


def derived(cases: set[UUID]) -> list[Grant]:
    """One that allows nothing is none: a worker who becomes an administrator sees the record no more."""
    found = [grant for source in _sources.values() for grant in source.grants(cases)]
    return [grant for grant in found if grant.may]


def allows(user, case_id: UUID, what: May) -> bool:
    """Whether a live grant lets this user do something with this case."""
    return any(grant.allows(what) for grant in Grant.objects.live().held_by(user).filter(case=case_id))


def must_allow(user, case_id: UUID, what: May) -> None:
    """Raises Refused when no live grant lets this user do this with the case."""
    if not allows(user, case_id, what):
        raise Refused(_("Your part in this case does not include this."))


def must_allow_any(user, case_id: UUID, *any_of: May) -> None:
    """Raises Refused when no live grant lets this user do at least one of these with the case."""
    held = list(Grant.objects.live().held_by(user).filter(case=case_id))
    if not any(grant.allows(what) for grant in held for what in any_of):
        raise Refused(_("Your part in this case does not include this."))
