"""What can be contested: each app that keeps entries says how one of them is found and what it is called."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from r2com.cases.models import Case


@dataclass(frozen=True)
class Entry:
    """One thing that was written about somebody.

    `part` names one of several texts in a row, such as a field of the profile. `within` is the entry it
    stands in: what contests it shows there, too. `authors` are whoever judged, wrote or changed it.
    """

    kind: str
    pk: UUID
    case: Case
    title: str
    words: str
    authors: frozenset[UUID]
    part: str = ""
    within: UUID | None = None
    is_sensitive: bool = False


@dataclass(frozen=True)
class Kind:
    """A kind of entry. `find` looks through the eyes of a user: None for what they do not see."""

    name: str
    model: type
    find: Callable[[object, UUID, str], Entry | None]


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    _kinds[kind.name] = kind


def names() -> list[str]:
    return sorted(_kinds)


def of(thing) -> str:
    """The name of the kind that a row belongs to."""
    return next(kind.name for kind in _kinds.values() if isinstance(thing, kind.model))


def find(user, kind: str, pk: UUID, part: str = "") -> Entry | None:
    """An entry as somebody sees it, or None for what they may not see and for what is not there."""
    return _kinds[kind].find(user, pk, part) if kind in _kinds else None
