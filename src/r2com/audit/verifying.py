"""Reading the whole trail again and comparing it with what the log and the witness say.

Everything is read once, in order, however long it is: memory holds one tree of at most some sixty hashes.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import merge

from django.db import connection
from django.db.models import Exists, OuterRef

from r2com.core import merkle
from r2com.vault import signing

from . import canonical, log, witness
from .models import Checkpoint, Event, Leaf, Waiting

ROWS_AT_ONCE = 2_000


@dataclass(frozen=True)
class Broken:
    """The first thing that is not as it was written: which entry or place, and what is wrong with it."""

    what: str
    where: str
    sentence: str


@dataclass(frozen=True)
class Report:
    """What was read, and what is broken, if anything."""

    entries: int
    checkpoints: int
    witness: str | None
    broken: Broken | None


@dataclass(frozen=True)
class Note:
    """A signed checkpoint: of the database, or of the witness."""

    size: int
    root: bytes
    after: int
    text: str
    frontier: bytes | None


class Fault(Exception):
    """Raised inside, at the first thing that is broken."""

    def __init__(self, what: str, where: object, sentence: str):
        super().__init__(sentence)
        self.broken = Broken(what, str(where), sentence)


def verify(*, since: int = 0) -> Report:
    """Read everything from the last checkpoint at or before `since` entries; stop at the first fault."""
    walk = Walk()
    outside = witness.path()
    try:
        walk.begin(since)
        walk.over_places()
        for check in (nothing_beside, nothing_forged, nothing_missing):
            check()
    except Fault as fault:
        return Report(walk.size, walk.checkpoints, outside and str(outside), fault.broken)
    return Report(walk.size, walk.checkpoints, outside and str(outside), None)


class Walk:
    """Goes from place to place, lets the tree grow, and compares it with each checkpoint on the way."""

    def __init__(self):
        self.size, self.frontier, self.link, self.checkpoints = 0, (), log.BEGINNING, 0
        self.signed = 0

    def begin(self, since: int) -> None:
        """Begin at a checkpoint whose signature and tree fit, or at the very beginning."""
        start = Checkpoint.objects.filter(size__lte=since).order_by("-size").first() if since else None
        if start is None:
            return
        note = _stored(start)
        self.size, self.signed = note.size, note.size
        self.frontier = log.unpacked(start.frontier)
        if merkle.root_of(self.frontier) != note.root:
            raise Fault("checkpoint", note.size, "The tree that is kept with this checkpoint is another one.")
        last = Leaf.objects.filter(index=note.size - 1).values_list("link", flat=True).first()
        self.link = bytes(last or b"")

    def over_places(self) -> None:
        """Every place, its entry and its link; then no checkpoint may know of more."""
        notes = all_notes(self.size)
        due = next(notes, None)
        for index, entry, leaf, link, content in places(self.size):
            self._must_be_next(index, entry, leaf, link, content)
            while due and due.size == self.size:
                self._must_agree(due)
                due = next(notes, None)
        entry = Event.objects.filter(pk=OuterRef("event_id"))
        for index in Leaf.objects.filter(~Exists(entry), index__gte=self.size).values_list("pk", flat=True):
            raise _gone(index)
        if due:
            who = "The witness" if due.frontier is None else "A checkpoint"
            raise Fault("truncated", self.size, f"{who} knows {due.size} entries; here are {self.size}.")

    def _must_be_next(self, index: int, entry, leaf: bytes, link: bytes, content: bytes) -> None:
        if index != self.size:
            raise _gone(self.size)
        if content != leaf:
            raise Fault("entry", entry, "This entry does not say what it said when it was written.")
        self.link = log.link_of(self.link, index, leaf)
        if link != self.link:
            raise Fault("link", entry, "This entry is not linked to the one that was before it.")
        self.frontier = merkle.append(self.frontier, self.size, leaf)
        self.size += 1

    def _must_agree(self, note: Note) -> None:
        """The root at this size; for a checkpoint of ours also its tree and the one it follows."""
        if note.root != merkle.root_of(self.frontier):
            raise Fault("root", note.size, "The entries up to here are not those that were signed.")
        if note.frontier is None:
            if self.signed != note.size:
                raise Fault("checkpoint", note.size, "The witness knows a checkpoint that is gone here.")
            return
        if note.frontier != b"".join(self.frontier) or note.after != self.signed:
            raise Fault("checkpoint", note.size, "A checkpoint was changed, or one before it is gone.")
        self.signed, self.checkpoints = note.size, self.checkpoints + 1


def all_notes(since: int) -> Iterator[Note]:
    """The checkpoints of the database and of the witness by size; at the same size the database's first."""
    ours = map(_stored, Checkpoint.objects.filter(size__gt=since).order_by("size").iterator())
    theirs = (note for note in _witnessed() if note.size > since)
    return merge(ours, theirs, key=lambda note: (note.size, note.frontier is None))


def _stored(row: Checkpoint) -> Note:
    note = _read(row.note, row.size, bytes(row.frontier))
    if note.size != row.size:
        raise Fault("checkpoint", row.size, "This checkpoint stands in the place of another one.")
    return note


def _witnessed() -> Iterator[Note]:
    """The notes of the witness. They may stand in any order; the file is small, one line each half minute."""
    try:
        return iter(sorted((_read(text, "witness", None) for text in witness.notes()), key=lambda n: n.size))
    except witness.Lost as lost:
        if not Checkpoint.objects.exists():
            return iter(())
        raise Fault("witness", lost, "The file of the witness is not there.") from None


def _read(text: str, where: object, frontier: bytes | None) -> Note:
    opened = signing.opened(text, signing.public())
    if opened is None:
        raise Fault("signature", where, "A checkpoint is not signed with the key of this trail.")
    try:
        size, root, after = log.heard(opened)
    except ValueError:
        raise Fault("checkpoint", where, "This is no checkpoint.") from None
    return Note(size, root, after, opened, frontier)


def places(start: int) -> Iterator[tuple]:
    """Every place with its entry: (index, entry id, leaf, link, the leaf worked out from the entry)."""
    fields = [f"event__{field}" for field in canonical.FIELDS[1:]]
    rows = Leaf.objects.filter(index__gte=start).order_by("index")
    found = rows.values_list("index", "event_id", "hash", "link", *fields).iterator(chunk_size=ROWS_AT_ONCE)
    for index, entry, leaf, link, *said in found:
        content = canonical.leaf(dict(zip(canonical.FIELDS, (entry, *said), strict=True)))
        yield index, entry, bytes(leaf), bytes(link), content


def _gone(index: int) -> Fault:
    """Why there is no place `index`: its entry is gone, or the place itself is."""
    entry = Leaf.objects.filter(index=index).values_list("event_id", flat=True).first()
    if entry:
        return Fault("missing", entry, f"The entry at place {index} was taken away.")
    return Fault("missing", f"place {index}", f"The log has no place {index}, but later ones.")


def nothing_beside() -> None:
    """No entry stands in the trail without a place, unless it waits for one."""
    waiting = Waiting.objects.values("event")
    beside = Event.objects.filter(place__isnull=True).exclude(pk__in=waiting).order_by("pk")
    for entry in beside.values_list("pk", flat=True)[:1]:
        raise Fault("inserted", entry, "This entry was put in beside the log.")


def nothing_forged() -> None:
    """What waits for a place was written by the application, and is still what it wrote."""
    is_begun = Checkpoint.objects.exists()
    for waiting in Waiting.objects.order_by("event").iterator():
        event = Event.objects.filter(pk=waiting.event).first()
        if event is None:
            raise Fault("missing", waiting.event, "This entry was taken away before it had its place.")
        if not log.is_ours(waiting.bound, event.leaf(), is_begun):
            raise Fault("forged", event.pk, "This waiting entry is not what the application wrote.")


MISCOUNTED = """
SELECT e."case" FROM (
    SELECT "case", COUNT(case_seq) AS entries, MIN(case_seq) AS first, MAX(case_seq) AS last
    FROM audit_event WHERE case_seq IS NOT NULL GROUP BY "case"
) e LEFT JOIN audit_casecount c ON c."case" = e."case"
WHERE e.first <> 1 OR e.last <> e.entries OR c.last IS NULL OR c.last <> e.last
UNION ALL
SELECT c."case" FROM audit_casecount c
WHERE NOT EXISTS (SELECT 1 FROM audit_event e WHERE e."case" = c."case" AND e.case_seq IS NOT NULL)
LIMIT 1
"""


def nothing_missing() -> None:
    """The entries of each case are counted without a gap, up to the number that was given out last."""
    with connection.cursor() as cursor:
        cursor.execute(MISCOUNTED)
        found: Iterable = cursor.fetchall()
    for (case,) in found:
        raise Fault("missing", case, "In this case an entry is missing: its numbers have a gap.")
