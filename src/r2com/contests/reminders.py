"""Whoever is to answer a contest is reminded by its day. The app of promises, further up, says how."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Reminding:
    """How whoever is to answer is reminded: `remind` gives the UUID of a reminder, `forget` ends it."""

    remind: Callable[..., UUID]
    forget: Callable[..., None]


_registered: list[Reminding] = []


def register(reminding: Reminding) -> None:
    _registered[:] = [reminding]


def remind(contest, *, owner, due, by, at) -> UUID | None:
    return next((one.remind(contest, owner=owner, due=due, by=by, at=at) for one in _registered), None)


def forget(reminder: UUID | None, *, by, at) -> None:
    for one in _registered if reminder else []:
        one.forget(reminder, by=by, at=at)
