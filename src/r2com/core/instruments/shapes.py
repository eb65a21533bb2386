"""The shapes a definition may take: small checks that are put together into larger ones.

A check takes any JSON value and its address, and tells the faults it finds. It never raises.
"""

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from .faults import Fault

Check = Callable[[Any, str], Iterator[Fault]]

WORD = re.compile(r"[a-z][a-z0-9_]*")
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
NUMBERS_ON_PEOPLE = frozenset(
    {"score", "scores", "points", "weight", "weights", "total", "threshold", "cutoff"}
)


def at(address: str, key: str) -> str:
    key = key or "(no name)"
    return f"{address}.{key}" if address else key


def text(value: Any, address: str) -> Iterator[Fault]:
    if not isinstance(value, str) or not value.strip():
        yield Fault(address, "Write a text here.")


def note(value: Any, address: str) -> Iterator[Fault]:
    """A text that may be left empty."""
    if not isinstance(value, str):
        yield Fault(address, "Write a text here, or leave it empty with two quotation marks.")


def word(value: Any, address: str) -> Iterator[Fault]:
    if not isinstance(value, str) or not WORD.fullmatch(value):
        yield Fault(address, "Use a word in small letters and underscores; a number is not an answer.")


def word_or_null(value: Any, address: str) -> Iterator[Fault]:
    if value is not None:
        yield from word(value, address)


def name(value: Any, address: str) -> Iterator[Fault]:
    if not isinstance(value, str) or not NAME.fullmatch(value):
        yield Fault(address, "Use letters, figures, hyphens and underscores, without spaces or full stops.")


def flag(value: Any, address: str) -> Iterator[Fault]:
    if not isinstance(value, bool):
        yield Fault(address, "Say true or false.")


def count(value: Any, address: str) -> Iterator[Fault]:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        yield Fault(address, "Give a whole number of one or more.")


def is_number(value: Any) -> bool:
    """A number as JSON knows it; neither true nor false, nor what is not finite."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return math.isfinite(value)


def anything(value: Any, address: str) -> Iterator[Fault]:
    """A part that is checked elsewhere."""
    return iter(())


def one_of(*choices: str | None) -> Check:
    listed = ", ".join("null" if choice is None else choice for choice in choices)

    def check(value: Any, address: str) -> Iterator[Fault]:
        if not any(value == choice for choice in choices):
            yield Fault(address, f"Choose one of: {listed}.")

    return check


def list_of(part: Check, *, at_least: int = 0, unique: bool = False) -> Check:
    def check(value: Any, address: str) -> Iterator[Fault]:
        if not isinstance(value, list | tuple):
            yield Fault(address, "Give a list in square brackets.")
            return
        if len(value) < at_least:
            yield Fault(address, f"Give at least {at_least}.")
        for number, one in enumerate(value):
            yield from part(one, f"{address}[{number}]")
            if unique and isinstance(one, str) and one in value[:number]:
                yield Fault(f"{address}[{number}]", "This stands here twice; remove one.")

    return check


def map_of(part: Check, *, key: Check = word, at_least: int = 0) -> Check:
    def check(value: Any, address: str) -> Iterator[Fault]:
        if not isinstance(value, Mapping):
            yield Fault(address, "Give names and values in curly brackets.")
            return
        if len(value) < at_least:
            yield Fault(address, f"Give at least {at_least}.")
        for each, one in value.items():
            yield from key(each, at(address, str(each)))
            yield from part(one, at(address, str(each)))

    return check


@dataclass(frozen=True)
class Record:
    """Keys that must be there and keys that may be; no others."""

    must: Mapping[str, Check]
    may: Mapping[str, Check] = field(default_factory=dict)

    def __call__(self, value: Any, address: str) -> Iterator[Fault]:
        if not isinstance(value, Mapping):
            yield Fault(address or "(file)", "Give names and values in curly brackets.")
            return
        for key in self.must:
            if key not in value:
                yield Fault(at(address, key), "Add this; it is missing.")
        for key, one in value.items():
            yield from self._part(key)(one, at(address, str(key)))

    def sound_parts(self, value: Any) -> dict[str, Any]:
        """The keys of a record that have the right shape, so that the rest can still be looked at."""
        if not isinstance(value, Mapping):
            return {}
        return {key: one for key, one in value.items() if not any(self._part(key)(one, ""))}

    def _part(self, key: str) -> Check:
        return self.must.get(key) or self.may.get(key) or _strange


def _strange(value: Any, address: str) -> Iterator[Fault]:
    if address.rpartition(".")[2] in NUMBERS_ON_PEOPLE:
        yield Fault(address, "Remove this: an instrument here puts no number on a person.")
    else:
        yield Fault(address, "Remove this or correct its spelling; no key has this name.")
