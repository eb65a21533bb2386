"""The log: every entry gets a place that never changes, and a signed root says what all places hold.

SQLite has one writer at a time: an entry takes its place in the transaction that writes it. On
PostgreSQL that would make everybody wait for everybody; there the worker gives out the places, about
once a second, and whichever worker holds the lock is the only one.
"""

from base64 import b64decode, b64encode
from collections.abc import Iterable
from datetime import datetime
from itertools import islice

from django.db import connection, transaction

from r2com.core import merkle
from r2com.vault import signing

from .models import Checkpoint, Event, Leaf, Waiting

BEGINNING = bytes(32)
AT_ONCE = 5_000
LOCK = 0x52324C4F47  # "R2LOG"


def append(events: Iterable[Event]) -> None:
    """Give entries the next places. Each link binds a place, its content and the link before (keyed)."""
    last = Leaf.objects.order_by("-index").values_list("index", "link").first()
    index, link = last or (-1, BEGINNING)
    leaves = []
    for event in events:
        index, leaf = index + 1, event.leaf()
        link = link_of(link, index, leaf)
        leaves.append(Leaf(index=index, event=event, hash=leaf, link=link))
    Leaf.objects.bulk_create(leaves)


def link_of(before: bytes, index: int, leaf: bytes) -> bytes:
    return signing.bind(b"link", bytes(before), index.to_bytes(8, "big"), leaf)


def take_in() -> int:
    """Give a place to everything that waits, oldest first. Says how many there were.

    What the application did not write gets none: it goes on waiting, and verifying names it. Doing it
    twice, or being killed in the middle, does no harm: each batch is one transaction.
    """
    done = 0
    while batch := _take_batch():
        done += batch
    return done


@transaction.atomic
def _take_batch() -> int:
    if not _is_only_sequencer():
        return 0
    waiting = list(Waiting.objects.order_by("event")[:AT_ONCE])
    events = Event.objects.in_bulk([one.event for one in waiting])
    is_begun = Checkpoint.objects.exists()
    ours = [
        events[one.event]
        for one in waiting
        if one.event in events and is_ours(one.bound, events[one.event].leaf(), is_begun)
    ]
    append(ours)
    Waiting.objects.filter(pk__in=[event.pk for event in ours]).delete()
    return len(ours)


def is_ours(bound: bytes, leaf: bytes, is_begun: bool) -> bool:
    """Bound by the application; what was here before the log began is taken in as it stands."""
    return signing.is_bound(bound, leaf) if bytes(bound) else not is_begun


def _is_only_sequencer() -> bool:
    """On PostgreSQL the lock ends with the transaction, also when the worker is killed."""
    if connection.vendor == "sqlite":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return cursor.fetchone()[0]


@transaction.atomic
def sign(at: datetime) -> Checkpoint | None:
    """Sign the root of all places that are given out; None when there is nothing new.

    The first one waits until everything has its place that was here before the log began.
    """
    if not _is_only_sequencer():
        return None
    newest = Checkpoint.objects.order_by("-size").first()
    if newest is None and Waiting.objects.filter(bound=b"").exists():
        return None
    before = newest.size if newest else 0
    size, frontier = _grown(newest)
    if size == before:
        return None
    note = signing.sign(said(size, merkle.root_of(frontier), after=before))
    return Checkpoint.objects.create(size=size, note=note, frontier=b"".join(frontier), at=at)


def _grown(newest: Checkpoint | None) -> tuple[int, merkle.Frontier]:
    """The tree of all places: that of the newest checkpoint, and what was added since."""
    size, frontier = (newest.size, unpacked(newest.frontier)) if newest else (0, ())
    fresh = Leaf.objects.filter(index__gte=size).order_by("index").values_list("hash", flat=True)
    for leaf in fresh.iterator(chunk_size=AT_ONCE):
        frontier = merkle.append(frontier, size, bytes(leaf))
        size += 1
    return size, frontier


def unpacked(frontier: bytes) -> merkle.Frontier:
    packed = iter(bytes(frontier))
    return tuple(iter(lambda: bytes(islice(packed, 32)), b""))


def said(size: int, root: bytes, *, after: int) -> str:
    """The text of a checkpoint (C2SP tlog-checkpoint): whose log, how many entries, and their root.

    The last line is ours: the size of the checkpoint before, so that one that was taken away is missed.
    """
    return f"{signing.ORIGIN}\n{size}\n{b64encode(root).decode()}\nafter {after}\n"


def heard(text: str) -> tuple[int, bytes, int]:
    """Size, root and the size before, of a checkpoint's text. Raises ValueError for any other text."""
    origin, size, root, after = text.splitlines()
    if origin != signing.ORIGIN or not after.startswith("after "):
        raise ValueError("not a checkpoint of this log")
    return int(size), b64decode(root, validate=True), int(after.removeprefix("after "))
