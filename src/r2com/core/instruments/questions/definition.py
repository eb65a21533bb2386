"""Questions in the order in which they are asked, and the groups they stand in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Value = str | int | list[str]
Answers = Mapping[str, Any]
"""Answers by question; a group that repeats holds a list of answers of its own."""

Condition = Mapping[str, Any]

TEXTS = ("text", "long_text")
NUMBERS = ("integer", "decimal")
TIMES = ("date", "time", "date_time")
CHOOSING = ("one", "many")
KINDS = (*TEXTS, *NUMBERS, *TIMES, *CHOOSING, "acknowledge", "note", "calculated")
OTHER = "other"
TODAY = "today"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to choose. `keys` are its further columns, by which a list is narrowed."""

    id: str
    label: str
    keys: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    `value` is what a calculated one stands for: a text or number, the answer to another question, or today.
    `offered_by` narrows the choices: of each column it names, only those with that question's answer.
    """

    id: str
    group: str
    kind: str
    label: str
    hint: str
    required: bool
    required_message: str
    read_only: bool
    asked_if: Condition | None
    constraint: Condition | None
    constraint_message: str
    choices: tuple[Choice, ...]
    other: bool
    offered_by: Mapping[str, str]
    default: Any
    value: Any

    @property
    def can_be_answered(self) -> bool:
        return self.kind not in ("note", "calculated")

    @property
    def other_id(self) -> str:
        """Where the words beside “other” are kept."""
        return f"{self.id}_other"


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that belong together; with `repeats` they may be answered several times."""

    id: str
    title: str
    hint: str
    asked_if: Condition | None
    repeats: bool
    parts: tuple["Part", ...]


Part = Group | Question


@dataclass(frozen=True, slots=True)
class Page:
    """What is asked on one page: a group of the first order, or the questions that stand between two."""

    key: str
    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Questions:
    """All questions of an instrument, as a tree in the order of asking."""

    parts: tuple[Part, ...]

    def every(self) -> Iterator[Question]:
        """Every question, in order, whatever group it stands in."""
        return _every(self.parts)

    def __bool__(self) -> bool:
        return bool(self.parts)


def _every(parts: tuple[Part, ...]) -> Iterator[Question]:
    for part in parts:
        if isinstance(part, Group):
            yield from _every(part.parts)
        else:
            yield part
