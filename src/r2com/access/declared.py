"""What each address says about itself: who may see it, and who may send something to it.

A view that says nothing is not shown: the application refuses to start (checks.py), and refuses to answer.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from .roles import May


class Who(StrEnum):
    """Whom an address is for."""

    EVERYBODY = "everybody, signed in or not"
    TOKEN = "a program with somebody's token"  # noqa: S105, a sentence
    SIGNED_IN = "whoever is signed in, about themself"
    ROLE = "whose role allows it"
    RECORD = "whose grant on the case allows it"


@dataclass(frozen=True)
class Declared:
    """One address. `see` and `send` are permissions of which any one is enough, to read and to change."""

    who: Who
    see: frozenset[May] = frozenset()
    send: frozenset[May] = frozenset()

    def asked(self, method: str) -> frozenset[May]:
        return self.see if method in READING else self.send


READING = ("GET", "HEAD", "OPTIONS")
EVERYBODY, TOKEN, SIGNED_IN = Declared(Who.EVERYBODY), Declared(Who.TOKEN), Declared(Who.SIGNED_IN)


def of_role(any_of: Iterable[May]) -> Declared:
    return Declared(Who.ROLE, frozenset(any_of), frozenset(any_of))


def of_record(see: Iterable[May], send: Iterable[May] = ()) -> Declared:
    """A page of somebody's record; nothing can be sent to it unless `send` says so."""
    return Declared(Who.RECORD, frozenset(see), frozenset(send))


def declare(view: Callable, said: Declared) -> Callable:
    """Let a view say itself who it is for."""
    view.__dict__["declared"] = said
    return view


def declared(view: Callable, name: str | None, table: dict[str, Declared]) -> Declared | None:
    """What is said about an address, by the view itself or in the table. None when nothing is."""
    said = getattr(view, "declared", None)
    return said if said is not None else table.get(name or "")


def walk(patterns: Iterable[Any]) -> Iterator[tuple[str, Callable]]:
    """Every address by its name, with the view behind it."""
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from walk(pattern.url_patterns)
        else:
            yield pattern.name, pattern.callback


def faults(patterns: Iterable[Any], table: dict[str, Declared]) -> Iterator[str]:
    """What is wrong with the declarations, in sentences."""
    names = set()
    for name, view in walk(patterns):
        names.add(name)
        said = declared(view, name, table)
        if said is None:
            yield f"Nobody said who may open “{name}”."
            continue
        is_open = not getattr(view, "login_required", True)
        if is_open and said.who not in (Who.EVERYBODY, Who.TOKEN):
            yield f"“{name}” says it is for {said.who}, but its view asks nobody to sign in."
        if said.who in (Who.ROLE, Who.RECORD) and not said.see | said.send:
            yield f"“{name}” names no permission."
    yield from (f"“{name}” is declared, but there is no such address." for name in set(table) - names)
