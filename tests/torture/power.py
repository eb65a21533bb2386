"""R3: the power is cut. Only what was synced is sure to be there, and of the rest nobody knows what.

The product's own tables, settings and statements (heard by `recorded`), driven through APSW, whose file
layer writes down every write and every sync. Afterwards any moment can be looked at: what a disk would
hold after a cut there. Single writes are whole or not there; a disk that lies about syncing is not tried.
"""

import json
import random
import sqlite3
from bisect import bisect_right
from contextlib import closing
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import apsw
from django.db.backends.sqlite3 import _functions as functions

from r2com.config.databases import SQLITE

from .served import Served

WRITE, CUT, SYNC, GONE = "write", "cut", "sync", "gone"
SUFFIXES = ("", "-wal", "-journal")
WRITTEN = {
    "accounts_session": "session_data",
    "drafts_draft": "version, fields",
    "drafts_sent": "mark",
    "tasks_task": "id",
    "access_grant": "changed_at",
    "audit_event": "id",
    "audit_leaf": "hash",
    "audit_casecount": "last",
}


@dataclass
class Log:
    """Everything that was done to the files, in order, and after how many of it each commit was told."""

    done: list[tuple] = field(default_factory=list)
    told: list[int] = field(default_factory=list)


class Watched(apsw.VFS):
    """The file layer of this machine, which writes down what it is asked."""

    def __init__(self, log: Log):
        self.log = log
        super().__init__("watched", base="")

    def xOpen(self, name, flags):
        return WatchedFile(self.log, name, flags)

    def xDelete(self, name, syncdir):
        self.log.done.append((GONE, _suffix(name)))
        return super().xDelete(name, syncdir)


class WatchedFile(apsw.VFSFile):
    def __init__(self, log: Log, name, flags):
        self.log = log
        self.suffix = _suffix(
            name.filename() if isinstance(name, apsw.URIFilename) else name or "?-temporary"
        )
        super().__init__("", name, flags)

    def xWrite(self, data, offset):
        super().xWrite(data, offset)
        self.log.done.append((WRITE, self.suffix, offset, bytes(data)))

    def xTruncate(self, size):
        super().xTruncate(size)
        self.log.done.append((CUT, self.suffix, size))

    def xSync(self, flags):
        super().xSync(flags)
        self.log.done.append((SYNC, self.suffix))


def _suffix(name: str) -> str:
    return next((end for end in SUFFIXES[1:] if name.endswith(end)), "" if name.endswith(".db") else "?")


def cut_power(served: Served, *, cuts: int, work: int, synchronous: str = "") -> dict:
    """Do some work, then look at `cuts` moments, at each in the worst image and in one of a random disk."""
    home = served.home / f"power-{synchronous or 'own'}"
    home.mkdir()
    committed = _work(served, home, work)
    log, states = _drive(home / "before.db", home / "driven", committed, synchronous)
    dice, found = random.Random(4711), {"lost": 0, "broken": 0, "images": 0}
    for _ in range(cuts):
        moment = dice.randrange(1, len(log.done) + 1)
        acknowledged = bisect_right(log.told, moment)
        for kept in (lambda: False, lambda: dice.random() < 0.5):
            _lay_out(home / "image", home / "before.db", log.done[:moment], kept)
            state, is_whole = _looked_at(home / "image" / "r2com.db")
            found["images"] += 1
            found["broken"] += not is_whole or state not in states
            found["lost"] += state in states and states[state] < acknowledged
    said = {"moments": cuts, **found, "acknowledged": len(committed), "writes to files": len(log.done)}
    return {**said, "settings": f"WAL, synchronous {synchronous or 'as the product sets it'}"}


def _work(served: Served, home: Path, times: int) -> list[list[str]]:
    """The statements of some work on an installation, whose database as it was before is put beside."""
    served = Served(home / "home")
    database = home / "home" / "data" / "r2com.db"
    with closing(sqlite3.connect(database)) as connection:
        functions.register(connection)
        connection.execute("VACUUM INTO ?", [str(home / "before.db")])
    served.part("recorded", str(home / "said.json"), str(times), *served.writers)
    return json.loads((home / "said.json").read_text(encoding="utf-8"))


def _drive(
    before: Path, folder: Path, committed: list[list[str]], synchronous: str
) -> tuple[Log, dict[str, int]]:
    """The same work once more, on watched files. Gives what was written, and when each state stood last."""
    folder.mkdir()
    (folder / "r2com.db").write_bytes(before.read_bytes())
    log = Log()
    watched = Watched(log)
    connection = apsw.Connection(str(folder / "r2com.db"), vfs="watched")
    for name, number in (("django_format_dtdelta", 3),):  # the tables' own rules ask for it
        connection.create_scalar_function(name, functions._sqlite_format_dtdelta, number)
    # APSW's own files have no memory that is shared between processes; alone, SQLite needs none.
    connection.execute("PRAGMA locking_mode=EXCLUSIVE")
    connection.execute(SQLITE["OPTIONS"]["init_command"])
    if synchronous:
        connection.execute(f"PRAGMA synchronous={synchronous}")
    log.done.clear()
    states = {_state(connection): 0}
    for number, statements in enumerate(committed, 1):
        connection.execute("BEGIN IMMEDIATE")
        for statement in statements:
            connection.execute(statement)
        connection.execute("COMMIT")
        log.told.append(len(log.done))
        states[_state(connection)] = number
    connection.close()
    watched.unregister()
    return log, states


def _lay_out(folder: Path, before: Path, done: list[tuple], is_kept) -> None:
    """What a disk would hold: everything that was synced, and of what was not yet whatever was kept."""
    files = {"": bytearray(before.read_bytes())}
    synced = {}
    for place, (what, suffix, *_) in enumerate(done):
        if what == SYNC:
            synced[suffix] = place
    for place, (what, suffix, *given) in enumerate(done):
        if what == GONE:
            files.pop(suffix, None)
        elif what != SYNC and (place < synced.get(suffix, -1) or is_kept()):
            _put(files.setdefault(suffix, bytearray()), what, given)
    folder.mkdir(exist_ok=True)
    for suffix in (*SUFFIXES, "-shm"):
        (folder / f"r2com.db{suffix}").unlink(missing_ok=True)
    for suffix, content in files.items():
        if suffix in SUFFIXES:
            (folder / f"r2com.db{suffix}").write_bytes(content)


def _put(content: bytearray, what: str, given: list) -> None:
    if what == CUT:
        del content[given[0] :]
        return
    offset, data = given
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    content[offset : offset + len(data)] = data


def _looked_at(database: Path) -> tuple[str, bool]:
    """What stands in an image once it is opened, and whether it is whole."""
    try:
        with closing(sqlite3.connect(database)) as connection:
            functions.register(connection)
            is_whole = (
                connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
                and not connection.execute("PRAGMA foreign_key_check").fetchall()
            )
            return _state(connection), is_whole
    except sqlite3.DatabaseError:
        return "", False


def _state(connection) -> str:
    """What tells one commit from the next, in every table that this work writes to."""
    said = sha256()
    for table, columns in WRITTEN.items():
        for row in connection.execute(f"SELECT {columns} FROM {table} ORDER BY rowid"):  # noqa: S608
            said.update(repr(tuple(row)).encode())
    return said.hexdigest()


def loose(served: Served, *, cuts: int, work: int) -> dict:
    """The same with the usual, faster setting. What it loses shows that losing would be seen."""
    found = cut_power(served, cuts=cuts, work=work, synchronous="NORMAL")
    seen = found.pop("lost")
    return {**found, "images that lost": seen, "lost": 0 if seen else 1}
