"""What takes rights away: somebody is kept out, a record is restricted, a kind of content is closed.

A limit never adds anything. It is applied to what the sources derived, so reading asks nothing more.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from .categories import Category
from .models import Grant

Cases = set[UUID]


@dataclass(frozen=True)
class Limit:
    """An app's knowledge of what is closed in these cases.

    `kept_out` gives (case, user) pairs; `named` gives for each restricted case the users who alone may see
    it; `closed` gives for each case the kinds of content that nobody reads there.
    """

    name: str
    kept_out: Callable[[Cases], set[tuple[UUID, UUID]]] = lambda cases: set()
    named: Callable[[Cases], dict[UUID, set[UUID]]] = lambda cases: {}
    everywhere: Callable[[set[UUID]], dict[UUID, set[Category]]] = lambda organisations: {}


@dataclass(frozen=True)
class Taken:
    """Everything that the limits take away in some cases and agencies."""

    kept_out: frozenset[tuple[UUID, UUID]]
    named: dict[UUID, frozenset[UUID]]
    closed: dict[UUID, frozenset[Category]]


_limits: dict[str, Limit] = {}


def register(limit: Limit) -> None:
    _limits[limit.name] = limit


def taken(cases: Cases, organisations: Iterable[UUID] = ()) -> Taken:
    """What all limits together say. Where two restrict one case, both have to name."""
    kept_out: set[tuple[UUID, UUID]] = set()
    named: dict[UUID, frozenset[UUID]] = {}
    closed: dict[UUID, frozenset[Category]] = {}
    for limit in _limits.values():
        kept_out |= limit.kept_out(cases)
        for case, users in limit.named(cases).items():
            named[case] = named[case] & users if case in named else frozenset(users)
        for organisation, kinds in limit.everywhere(set(organisations)).items():
            closed[organisation] = closed.get(organisation, frozenset()) | kinds
    return Taken(frozenset(kept_out), named, closed)


def is_kept_out(grant: Grant, said: Taken) -> bool:
    return (grant.case, grant.user) in said.kept_out


def is_unnamed(grant: Grant, said: Taken) -> bool:
    return grant.case in said.named and grant.user not in said.named[grant.case]


def narrowed(found: Iterable[Grant], said: Taken, *, by_names: bool = True) -> list[Grant]:
    """The grants that are left. Being kept out beats everything; a restriction beats all but an emergency."""
    left = [grant for grant in found if not is_kept_out(grant, said)]
    if by_names:
        left = [grant for grant in left if not is_unnamed(grant, said)]
    for grant in left:
        closed = said.closed.get(grant.organisation, frozenset())
        grant.categories = [kind for kind in grant.categories if kind not in closed]
    return left
