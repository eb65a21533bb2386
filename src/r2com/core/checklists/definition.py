"""What a checklist is once it was read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum


class Kind(StrEnum):
    """What its lines are: things to be ready by the day of release, or lamps of the first hours after it."""

    BEFORE_RELEASE = "before_release"
    FIRST_HOURS = "first_hours"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that has to be in place, and what it means that it is.

    `weeks_before` and `receiver` are there before release only. What is written beside a `sensitive`
    line is for those who read sensitive items.
    """

    id: str
    title: str
    means: str
    receiver: str = ""
    weeks_before: int | None = None
    sensitive: bool = False
    may_not_apply: bool = False

    def due(self, release_on: date | None) -> date | None:
        """The day by which it should stand; None while the day of release is not known."""
        return due(release_on, self.weeks_before)


def due(release_on: date | None, weeks_before: int | None) -> date | None:
    """So many weeks before the day of release; None while one of the two is not known."""
    if release_on is None or weeks_before is None:
        return None
    return release_on - timedelta(weeks=weeks_before)


@dataclass(frozen=True)
class Checklist:
    """One version of a checklist, in one language. `content_hash` is the same in every language."""

    id: str
    version: str
    kind: Kind
    language: str
    name: str
    about: str
    status: str
    lines: tuple[Line, ...]
    content_hash: str
    editions: Mapping[str, "Checklist"] = field(default_factory=dict, repr=False, compare=False)

    def in_language(self, code: str) -> "Checklist":
        """The same checklist in a language; where we have none of it, as it was written."""
        return self.editions.get(code) or self.editions.get(code.partition("-")[0]) or self

    def line(self, id: str) -> Line:
        """Raises KeyError when there is no such line."""
        return {line.id: line for line in self.lines}[id]
