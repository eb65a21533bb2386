"""Whoever changes the trail without the key is found out: each kind of change, again and again.

`python -m tests.torture.trail` does it 10,000 times on each database; the suite does it some hundred times.
"""

import json
import os
from pathlib import Path
from random import Random

import pytest
from django.db import connection

from r2com.audit import keeping, log, trail, verifying
from r2com.audit.models import Event
from r2com.core.identifiers import new_id
from tests.torture import tampering

TIMES = int(os.environ.get("TAMPERINGS", "340"))
CASES, ENTRIES, TAIL = 3, 30, 6


@pytest.fixture
def written(settings, tmp_path, db, now):
    """A trail with several signed roots, all witnessed, and a tail that nobody signed yet."""
    settings.WITNESS = str(tmp_path / "witness.txt")
    cases = [new_id() for _ in range(CASES)]
    for number in range(ENTRIES):
        write(cases, number)
        if number % 7 == 6:
            keeping.sign(now)
    keeping.sign(now)
    for number in range(TAIL):
        write(cases, number)
        if number == TAIL // 2:
            log.take_in()


def write(cases, number):
    case = cases[number % CASES] if number % 5 or number == 0 else None
    trail.record("case.told", subject=None, by=None, case=case, page="person", item=str(new_id()))


def test_a_trail_that_nobody_touched_is_whole(written):
    found = verifying.verify()

    assert found.broken is None
    assert (found.entries, found.checkpoints) == (ENTRIES + places_of_tail(), 5)


def places_of_tail():
    return TAIL if connection.vendor == "sqlite" else TAIL // 2 + 1


def test_a_change_taken_back_leaves_no_trace(written):
    before = list(Event.objects.order_by("pk").values())

    with tampering.taken_back():
        tampering.delete_an_entry(Random(1))

    assert list(Event.objects.order_by("pk").values()) == before


def test_every_tampering_is_found(written):
    missed, kinds, tried = [], *({kind.__name__: 0 for kind in tampering.KINDS} for _ in range(2))
    for number in range(TIMES):
        kind = tampering.KINDS[number % len(tampering.KINDS)]
        with tampering.taken_back():
            kind(Random(number))
            found = verifying.verify()
        tried[kind.__name__] += 1
        kinds[kind.__name__] += found.broken is not None
        missed += [(kind.__name__, number)] if found.broken is None else []

    tell(kinds, tried)
    assert missed == []
    assert sum(kinds.values()) == TIMES


def tell(kinds, tried):
    """Leave the figures for the page about them."""
    if place := os.environ.get("TAMPERINGS_FOUND"):
        said = {"database": connection.vendor, "kinds": kinds, "tried": tried}
        Path(place).write_text(json.dumps(said), encoding="utf-8")
