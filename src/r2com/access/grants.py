"""Grants are rebuilt from their sources, in the transaction that changed a source."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from r2com.core.refusals import Refused

from . import limits, wall
from .categories import Purpose, opened_by
from .models import Grant
from .roles import May


@dataclass(frozen=True)
class Source:
    """An app's knowledge of why somebody may see a case.

    `grants` gives the unsaved grants on these cases. `around` gives the cases that a change
    to a user touches. `ended` ends for good what a user who leaves still has. `every` gives all cases it
    knows. `passes_names` is for what a restriction does not stop, and `passes_all` for the person themself,
    whom nothing keeps out.
    """

    name: str
    grants: Callable[[set[UUID]], Iterable[Grant]]
    around: Callable[[UUID], set[UUID]]
    ended: Callable[[UUID, datetime], None] | None = None
    purpose: Purpose = Purpose.SUPPORT
    every: Callable[[], Iterable[UUID]] | None = None
    passes_names: bool = False
    passes_all: bool = False


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    _sources[source.name] = source


@wall.for_the_house("a record's grants are worked out for everybody at once")
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


@wall.for_the_house("lists of everybody are put in order by it")
def changed(case: UUID, at: datetime) -> None:
    """Something happened in a case: lists by the latest change put it first."""
    Grant.objects.filter(case=case, changed_at__lt=at).update(changed_at=at)


@wall.for_the_house("what a person agreed to changes what others see")
def rebuild_of(person: UUID) -> None:
    """Rebuild the cases of a person, after a change in what they agreed to."""
    rebuild(set(Grant.objects.filter(person=person).values_list("case", flat=True)))


@wall.for_the_house("a change to a team touches records of everybody in it")
def rebuild_around(changed: UUID) -> None:
    """Rebuild every case that a change to this user or team touches."""
    cases = set(Grant.objects.filter(user=changed).values_list("case", flat=True))
    rebuild(cases.union(*(source.around(changed) for source in _sources.values())))


@wall.for_the_house("somebody leaves, and others see to it")
@transaction.atomic
def end_for(user: UUID, at: datetime) -> None:
    """Somebody leaves at a moment: what they had ends then, and does not come back if they do."""
    for source in _sources.values():
        if source.ended:
            source.ended(user, at)
    rebuild_around(user)


def derived(cases: set[UUID]) -> list[Grant]:
    """What the sources give, less what the limits take away.

    One that allows nothing is none: a worker who becomes an administrator sees the record no more.
    """
    given = [(source, given_by(source, cases)) for source in _sources.values()]
    said = limits.taken(cases, {grant.organisation for _source, some in given for grant in some})
    left = []
    for source, some in given:
        by_names = not source.passes_names
        left += some if source.passes_all else limits.narrowed(some, said, by_names=by_names)
    return left


def given_by(source: Source, cases: set[UUID]) -> list[Grant]:
    """What a source gives on these cases, with the kinds of content that it opens and what it is for."""
    given = [grant for grant in source.grants(cases) if grant.may]
    for grant in given:
        grant.categories = sorted(opened_by(grant.may, source.purpose))
        grant.purpose = source.purpose
    return given


@wall.for_the_house("only who could be let in, for whoever restricts a record")
def who_works_with(case: UUID) -> set[UUID]:
    """Whom the sources would let in if the case were not restricted. Who is kept out stays out."""
    said = limits.taken({case})
    given = [one for source in _sources.values() if _is_work(source) for one in given_by(source, {case})]
    return {grant.user for grant in limits.narrowed(given, said, by_names=False)}


def _is_work(source: Source) -> bool:
    return not (source.passes_names or source.passes_all)


def must_not_be_kept_out(user: UUID, case: UUID) -> None:
    """Raises Refused when somebody is kept out of this case."""
    if (case, user) in limits.taken({case}).kept_out:
        raise Refused(
            _("This colleague is kept out of this record. End that first, or choose somebody else.")
        )


COMPARED = ("organisation", "user", "case", "person", "purpose", "source", "since", "until", "closed", "day")


@wall.for_the_house("all grants are compared")
def differing(cases: Iterable[UUID]) -> set[UUID]:
    """The cases whose stored grants are not what their sources give now. What is over is not compared."""
    cases, now = set(cases), timezone.now()
    rows = Grant.objects.filter(case__in=cases)
    stored, fresh = (
        Counter(_content(grant) for grant in some if grant.until is None or grant.until > now)
        for some in (rows, derived(cases))
    )
    return {one[COMPARED.index("case")] for one in (stored - fresh) + (fresh - stored)}


AT_ONCE = 500


def portions() -> Iterator[set[UUID]]:
    """Every case that anybody holds a grant on, or that a source knows of, in handy portions."""
    known = set(Grant.objects.values_list("case", flat=True))
    known |= {case for source in _sources.values() if source.every for case in source.every()}
    ordered = sorted(known)
    for start in range(0, len(ordered), AT_ONCE):
        yield set(ordered[start : start + AT_ONCE])


def _content(grant: Grant) -> tuple:
    said = tuple(getattr(grant, name) for name in COMPARED)
    return (*said, frozenset(grant.may), frozenset(grant.categories))


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
