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
    """A kind of entry. `find` looks through the eyes of a user: None for what they do not see.

    `correct` writes other words over an entry as a new revision, where its app knows how.
    """

    name: str
    model: type
    find: Callable[[object, UUID, str], Entry | None]
    correct: Callable[..., None] | None = None
    not_corrected: frozenset[str] = frozenset()


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


def may_be_corrected(entry: Entry) -> bool:
    kind = _kinds[entry.kind]
    return kind.correct is not None and entry.part not in kind.not_corrected


def correct(entry: Entry, *, words: str, reasons: str, by, at) -> None:
    """Let other words stand in an entry. The app that keeps it writes a new revision."""
    writes = _kinds[entry.kind].correct
    if writes is None:
        raise TypeError(f"nobody knows how to correct {entry.kind}")
    writes(entry, words=words, reasons=reasons, by=by, at=at)
