"""What a programme is once it has been read."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .translating import Unit


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of the way, and what it is for."""

    id: str
    title: str
    about: str


@dataclass(frozen=True, slots=True)
class Session:
    """One meeting: why, what happens in it, and what the person takes away."""

    id: str
    title: str
    when: str
    purpose: str
    happens: tuple[str, ...]
    takes_away: str
    phase: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from."""

    id: str
    title: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Programme:
    """One version of a programme in one language; `editions` holds the others by code.

    `to_person` speaks to the person, everything else to the professional. `guard` names what must be
    answered before it may be opened at all; empty for most. `gaps` says by address which texts of this
    language are missing or older than the English.
    """

    id: str
    version: str
    name: str
    status: str
    licence: str
    language: str
    guard: str
    about: str
    aims: tuple[str, ...]
    for_whom: str
    leads: str
    pace: str
    is_not: tuple[str, ...]
    care: tuple[str, ...]
    to_person: str
    ending: str
    goal: str
    steps: tuple[str, ...]
    phases: tuple[Phase, ...]
    sessions: tuple[Session, ...]
    sources: tuple[Source, ...]
    review: str = ""
    gaps: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, tuple[Unit, ...]] = field(default_factory=dict)
    editions: Mapping[str, "Programme"] = field(default_factory=dict, repr=False, compare=False)

    def in_language(self, code: str) -> "Programme":
        """This programme in a language; in its own when there is no such translation."""
        return self.editions.get(code, self)

    def session(self, id: str) -> Session | None:
        return next((session for session in self.sessions if session.id == id), None)

    @property
    def is_incomplete_here(self) -> bool:
        """Whether some text of this language is missing or older than the English."""
        return bool(self.gaps)

    @property
    def by_phase(self) -> list[tuple[Phase | None, list[Session]]]:
        """The sessions under their phases, in the order of the file; one group when there are no phases."""
        if not self.phases:
            return [(None, list(self.sessions))]
        return [(phase, [one for one in self.sessions if one.phase == phase.id]) for phase in self.phases]
