"""Taking a copy while people work: of the data, or of the keys, never of both.

A copy is of one moment: SQLite writes it inside one reading transaction (`VACUUM INTO`), PostgreSQL in
a snapshot that the checksums are read from, too. Take the data first and the keys after it: a key too
many does no harm, a record without its key never opens again.
"""

import sqlite3
import tempfile
from contextlib import closing
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

from r2com.access import policies
from r2com.config import installation
from r2com.core.refusals import Refused

from . import archive, servers, tables
from .archive import DATA, KEYS, Manifest
from .tables import Tables, Tell, nobody

ALIAS = {DATA: "default", KEYS: "keyring"}
SQLITE_NAME = {DATA: "r2com.db", KEYS: "keyring.db"}
DUMP_NAME = {DATA: "r2com.dump", KEYS: "keyring.dump"}


def take(target: Path, *, holds: str, at: datetime, tell: Tell = nobody) -> Manifest:
    """Write a copy of the data or of the keys to `target`. Raises Refused, and then leaves nothing."""
    target = target.absolute()
    must_be_apart(target, holds)
    archive.must_be_free(target)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".r2com-copy-") as folder:
        name, found, payload = _rows(holds, Path(folder), tell)
        files = {name: payload, **(_key_files() if holds == KEYS else {})}
        said = _manifest(holds, found, files, at)
        archive.write(target, said, files)
    return said


def must_be_apart(target: Path, holds: str) -> None:
    """Raises Refused where data and keys would come to lie together: then a thief needs one thing only."""
    others = settings.KEYS if holds == DATA else settings.DATA
    if others in target.resolve().parents:
        raise Refused(f"{target} lies where the {_other(holds)} are. Choose another place for the {holds}.")
    if not target.parent.is_dir():
        raise Refused(f"There is no folder {target.parent}.")
    for beside in target.parent.iterdir():
        if beside.is_file() and archive.holds(beside) == _other(holds):
            raise Refused(
                f"{beside} is a copy of the {_other(holds)}. Data and keys never lie in one place: "
                f"choose another folder for the {holds}."
            )


def _other(holds: str) -> str:
    return KEYS if holds == DATA else DATA


def _key_files() -> dict[str, Path]:
    """What lies beside the keyring: the root key and the secret that signs cookies."""
    left_out = (SQLITE_NAME[KEYS], installation.MARKER)
    found = [path for path in sorted(settings.KEYS.iterdir()) if path.is_file() and not path.is_symlink()]
    return {path.name: path for path in found if not path.name.startswith(left_out)}


def _rows(holds: str, folder: Path, tell: Tell) -> tuple[str, Tables, Path]:
    """The file with the rows of one moment, its name, and the checksums of that same moment."""
    alias = ALIAS[holds]
    if servers.is_postgresql(alias):
        path = folder / DUMP_NAME[holds]
        return path.name, dump(servers.given(alias), path, tell), path
    path = folder / SQLITE_NAME[holds]
    return path.name, snapshot(Path(settings.DATABASES[alias]["NAME"]), path, tell), path


def snapshot(source: Path, target: Path, tell: Tell = nobody) -> Tables:
    """A whole SQLite file of one moment. Copying the file itself would leave out what lies in its WAL."""
    if not source.exists():
        raise Refused(f"There is no database at {source}.")
    try:
        with closing(sqlite3.connect(source, timeout=60)) as connection:
            connection.execute("VACUUM INTO ?", [str(target)])
    except sqlite3.Error as fault:
        raise Refused(f"{source} cannot be copied: {fault}.") from fault
    target.chmod(0o600)
    with closing(sqlite3.connect(target)) as copy:
        return tables.of_sqlite(copy, tell)


def dump(place: dict, target: Path, tell: Tell = nobody) -> Tables:
    """A dump of a PostgreSQL database, and checksums read from the very snapshot it was made of."""
    with servers.connect(place) as connection:
        _hides_nothing(connection)
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        moment = connection.execute("SELECT pg_export_snapshot()").fetchone()[0]
        arguments = ["--format=custom", "--no-owner", "--no-acl", "--enable-row-security"]
        servers.run("pg_dump", *arguments, f"--snapshot={moment}", f"--file={target}", place=place)
        target.chmod(0o600)
        return tables.of_postgresql(connection, tell)


def _hides_nothing(connection) -> None:
    """A policy that somebody else made could hide rows from a copy, and nobody would notice."""
    with connection.cursor() as cursor:
        found = policies.strange(cursor)
    connection.rollback()
    if found:
        raise Refused(
            f"A policy that is not ours stands on {', '.join(found)}. Take it away, and copy again."
        )


def _manifest(holds: str, found: Tables, files: dict[str, Path], at: datetime) -> Manifest:
    return Manifest(
        holds=holds,
        kind=installation.DEMO if settings.DEMO else installation.REAL,
        database="postgresql" if servers.is_postgresql(ALIAS[holds]) else "sqlite",
        version=version("r2com"),
        made_at=at.isoformat(timespec="seconds"),
        migrations=sorted(map(list, MigrationRecorder(connections[ALIAS[holds]]).applied_migrations())),
        tables=found,
        files={name: archive.described(path) for name, path in files.items()},
    )
