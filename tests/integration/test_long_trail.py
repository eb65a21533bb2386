"""A long trail is taken in and read again. `python -m tests.torture.trail` says how fast."""

import json
import os
import resource
from pathlib import Path
from time import perf_counter

from django.db import connection

from r2com.audit import keeping, log, verifying
from r2com.audit.models import Event, Waiting
from r2com.core.identifiers import new_id
from r2com.vault import signing

ENTRIES = int(os.environ.get("TRAIL_ENTRIES", "2000"))
AT_ONCE = 10_000


def test_a_long_trail_is_whole_from_end_to_end(db, now):
    started = perf_counter()
    for begin in range(0, ENTRIES, AT_ONCE):
        wait([entry(now) for _ in range(min(AT_ONCE, ENTRIES - begin))])
    waiting = perf_counter()

    log.take_in()
    keeping.sign(now)
    taken_in, before = perf_counter(), peak()
    found = verifying.verify()

    tell(
        write=waiting - started,
        take_in=taken_in - waiting,
        verify=perf_counter() - taken_in,
        more_memory_mb=peak() - before,
    )
    assert (found.entries, found.checkpoints, found.broken) == (ENTRIES, 1, None)


def entry(now):
    facts = {"page": "contacts", "address": "contacts", "item": str(new_id())}
    return Event(
        name="record.opened", at=now, by=new_id(), subject_kind="cases.case", subject=new_id(), facts=facts
    )


def wait(events):
    Event.objects.bulk_create(events)
    Waiting.objects.bulk_create([Waiting(event=one.pk, bound=signing.bind(one.leaf())) for one in events])


def peak():
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def tell(**figures):
    """Leave the figures for the page about them."""
    if place := os.environ.get("TRAIL_TOLD"):
        said = {"database": connection.vendor, "entries": ENTRIES, **figures}
        Path(place).write_text(json.dumps(said), encoding="utf-8")
