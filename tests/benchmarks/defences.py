"""A page of fifty people with sealing, trail and second wall, beside the same page without them.

Both are the same page of the same installation in one process, in turns. Without them means: what was
sealed is handed over opened and no key is asked for, no entry is written on the trail, and the tables are
asked as their owner, whom no policy holds back and who need not say who asks.
"""

import platform
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from typing import Any

from .installations import Installation, in_postgresql, server
from .pages import TIMES, Page, Stage, _begin, _times

CASES, ROUNDS, WANTED = 10_000, 41, 1.3
SECTION = """## A page of fifty people, with its defences and without

Measured in one run of one process ({machine}, Python {python}), on PostgreSQL with {cases:,} invented cases,
signed in, through every middleware: the page with sealing, the entry on the trail and row-level security,
and the same page with what was sealed handed over opened, no entry, and the tables asked as their owner.
In turns, {rounds} of each with {times} pages; medians. Wanted at most {wanted} times.

| Page | ms | Without them | Ratio |
|---|---|---|---|
{rows}
"""
ROW = "| {name} | {ms:.1f} | {bare:.1f} | {ratio:.2f} |"


def measure() -> list[dict]:
    with server() as url:
        place = in_postgresql(url, CASES)
        place.prepare()
        _begin(place)
        stage = Stage(place)
        return [_measured(stage, page) for page in stage.pages if page.what in ("Caseload", "Person")]


def _measured(stage: Stage, page: Page) -> dict:
    place, known = stage.place, {}
    owned = _as_owner(place)
    with _remembered(known):
        stage._open(page)
    times: dict[bool, list[float]] = {True: [], False: []}
    for _ in range(ROUNDS):
        place.use()
        times[True] += _times(lambda: stage._open(page))
        with _bare(owned, known):
            times[False] += _times(lambda: stage._open(page))
    ms, bare = median(times[True]), median(times[False])
    return {"name": page.name, "ms": ms, "bare": bare, "ratio": ms / bare}


def _as_owner(place: Installation) -> Any:
    """A connection of Django's own kind, as the owner: it says nothing of who asks."""
    from django.db.utils import ConnectionHandler

    said = place.connections["default"].settings_dict
    owner = {**said, "ENGINE": "django.db.backends.postgresql", "USER": "postgres"}
    return ConnectionHandler({"default": owner})["default"]


@contextmanager
def _bare(owned: Any, known: dict[bytes, bytes]) -> Iterator[None]:
    """Without sealing, trail and wall."""
    from django.db import connections

    from r2com.audit import trail
    from r2com.vault import keyring, sealing

    opening, looking, recording = sealing.open_bytes, keyring._fresh, trail.record
    before = connections["default"]
    connections["default"] = owned
    sealing.open_bytes = lambda sealed, *_place: known[bytes(sealed)]
    keyring._fresh = lambda _kind, owner: (owner, None)
    trail.record = lambda *_said, **_facts: None
    try:
        yield
    finally:
        connections["default"] = before
        sealing.open_bytes, keyring._fresh, trail.record = opening, looking, recording


@contextmanager
def _remembered(known: dict[bytes, bytes]) -> Iterator[None]:
    """Remember what every sealed value says when it is opened."""
    from r2com.vault import sealing

    opening = sealing.open_bytes

    def remember(sealed: bytes, *place: Any) -> bytes:
        known[bytes(sealed)] = opening(sealed, *place)
        return known[bytes(sealed)]

    sealing.open_bytes = remember
    try:
        yield
    finally:
        sealing.open_bytes = opening


def section() -> str:
    rows = "\n".join(ROW.format(**row) for row in measure())
    said = {"cases": CASES, "rounds": ROUNDS, "times": TIMES, "wanted": WANTED, "rows": rows}
    return SECTION.format(machine=platform.machine(), python=platform.python_version(), **said)


if __name__ == "__main__":
    print(section())  # noqa: T201
