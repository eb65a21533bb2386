"""Bringing a copy back: unpacked beside, compared, and only then put in the place of what stands.

Whatever stops it, there is the old installation or the new one, never half of each.
"""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.db import connections
from django.db.migrations.loader import MigrationLoader

from r2com.config import installation
from r2com.core.refusals import Refused

from . import archive, servers, tables
from .archive import DATA, KEYS, Manifest
from .tables import Tell, nobody
from .taking import ALIAS, DUMP_NAME, SQLITE_NAME

COMING, READY = "coming", "ready"
SESSIONS = "accounts_session"
STILL_OPEN = "Somebody still works with {path}. Stop `r2com run` and `r2com worker` first."
FOREIGN = {DATA: "DATABASE_URL", KEYS: "KEYRING_URL"}
IN_OTHER_SCHEMAS = r"nspname NOT IN ('public', 'information_schema') AND nspname NOT LIKE 'pg\_%'"
EVERYTHING = f"""
SELECT format('DROP SCHEMA %I CASCADE', nspname) FROM pg_namespace WHERE {IN_OTHER_SCHEMAS}
UNION ALL
SELECT format('DROP %s IF EXISTS %s CASCADE',
              CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'TABLE' END,
              c.oid::regclass)
  FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
UNION ALL
SELECT format('DROP SEQUENCE IF EXISTS %s CASCADE', c.oid::regclass)
  FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'S'
UNION ALL
SELECT format('DROP ROUTINE IF EXISTS %s CASCADE', p.oid::regprocedure)
  FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
   AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"""  # noqa: S608


def bring(source: Path, *, replace: bool = False, sign_out: bool = True, tell: Tell = nobody) -> Manifest:
    """Put a copy in the place of this installation's data or keys. Raises Refused, and then changes nothing.

    `replace` allows that something stands there. `sign_out` ends every session the copy holds.
    """
    with archive.opened(source) as (said, tar):
        must_fit(said)
        folder = settings.DATA if said.holds == DATA else settings.KEYS
        finish(folder)
        if not replace and _holds_something(said.holds):
            raise Refused(
                f"There are {said.holds} here already. Nothing was changed. "
                "Give --replace to put the copy in their place."
            )
        coming = _beside(folder)
        try:
            archive.unpack(tar, said, coming)
            _bring_rows(said, coming, sign_out, tell)
        except BaseException:
            shutil.rmtree(coming)
            raise
    (coming / READY).touch()
    finish(folder)
    return said


def must_fit(said: Manifest) -> None:
    """Raises Refused for a copy of another kind, of another database, or of a newer version."""
    wanted = installation.DEMO if settings.DEMO else installation.REAL
    if said.kind != wanted:
        raise Refused(f"The copy {installation.BELONGS_TO[said.kind]}")
    installation.must_lie_apart()
    installation.must_be(wanted)
    if said.database != ("postgresql" if servers.is_postgresql(ALIAS[said.holds]) else "sqlite"):
        raise Refused(
            f"The copy is of a {said.database} database. Set {FOREIGN[said.holds]} to one of that kind."
        )
    if {tuple(one) for one in said.migrations} - set(MigrationLoader(None).disk_migrations):
        raise Refused(f"The copy was made by a newer version ({said.version}). Install that version first.")


def _holds_something(holds: str) -> bool:
    if holds == KEYS and any((settings.KEYS / name).exists() for name in ("root.key", SQLITE_NAME[KEYS])):
        return True
    if not servers.is_postgresql(ALIAS[holds]):
        return Path(settings.DATABASES[ALIAS[holds]]["NAME"]).exists()
    with servers.connect(servers.given(ALIAS[holds])) as connection:
        return connection.execute("SELECT to_regclass('public.django_migrations')").fetchone()[0] is not None


def _beside(folder: Path) -> Path:
    """A fresh folder inside the one it will go to, so that the last step is only a change of names."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    coming = folder / COMING
    if coming.exists():
        shutil.rmtree(coming)
    coming.mkdir(mode=0o700)
    return coming


def _bring_rows(said: Manifest, coming: Path, sign_out: bool, tell: Tell) -> None:
    if said.database == "postgresql":
        dump = coming / DUMP_NAME[said.holds]
        _bring_dump(dump, said, sign_out, tell)
        dump.unlink()
        return
    path = coming / SQLITE_NAME[said.holds]
    must_be_the_same(said, path, tell)
    if sign_out and said.holds == DATA:
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute(f"DELETE FROM {SESSIONS}")  # noqa: S608
    _close_old(Path(settings.DATABASES[ALIAS[said.holds]]["NAME"]))


def must_be_the_same(said: Manifest, path: Path, tell: Tell = nobody) -> None:
    """Raises Refused when a SQLite file is broken, or holds other rows than were copied."""
    with closing(sqlite3.connect(path)) as connection:
        if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise Refused("The copy is broken: its database does not hold together.")
        _compare(said, tables.of_sqlite(connection, tell))


def _compare(said: Manifest, found: tables.Tables) -> None:
    if wrong := tables.differences(said.tables, found):
        raise Refused(f"The copy is broken: these tables are not what was copied: {', '.join(wrong)}.")


def _close_old(path: Path) -> None:
    """Bring the old file's WAL home, so that it is never applied to the new one. Raises Refused in use."""
    if not path.exists():
        return
    for connection in connections.all(initialized_only=True):
        connection.close()
    try:
        with closing(sqlite3.connect(path, timeout=2)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE").fetchone()
    except sqlite3.OperationalError as fault:
        raise Refused(STILL_OPEN.format(path=path)) from fault
    except sqlite3.DatabaseError:
        for ending in ("-wal", "-shm"):  # what stands is no database any more
            path.with_name(path.name + ending).unlink(missing_ok=True)


def finish(folder: Path) -> None:
    """Give what is ready its names. Cut off in the middle, the next call goes on where it stopped."""
    coming = folder / COMING
    if not (coming / READY).exists():
        return
    for path in sorted(coming.iterdir()):
        if path.name in SQLITE_NAME.values():
            _close_old(folder / path.name)
        if path.name != READY:
            path.replace(folder / path.name)
    archive.settle(folder)
    kind = installation.DEMO if settings.DEMO else installation.REAL
    installation.mark(folder, kind)
    shutil.rmtree(coming)
    archive.settle(folder)


def is_unfinished(folder: Path) -> bool:
    return (folder / COMING / READY).exists()


def _bring_dump(dump: Path, said: Manifest, sign_out: bool, tell: Tell) -> None:
    """All of it in one transaction: what stood goes, what was copied comes, or nothing happens at all."""
    alias = ALIAS[said.holds]
    place = servers.given(alias)
    for connection in connections.all(initialized_only=True):
        connection.close()
    pour(dump, place)
    with servers.connect(place) as connection:
        _compare(said, tables.of_postgresql(connection, tell))
        if sign_out and said.holds == DATA:
            connection.execute(f"DELETE FROM public.{SESSIONS}")  # noqa: S608
    installation.let_application_work(alias)


def pour(dump: Path, place: dict) -> None:
    """Write a dump into a database. COMMIT is only said when everything before it went well."""
    with servers.connect(place) as connection:
        leaving = [statement for (statement,) in connection.execute(EVERYTHING).fetchall()]
    reader = servers.begin("pg_restore", "--no-owner", "--no-acl", "--file=-", str(dump), place=place)
    writer = servers.begin("psql", "-Xq", "-v", "ON_ERROR_STOP=1", "-o", os.devnull, "-f", "-", place=place)
    try:
        writer.stdin.write(_lines("BEGIN", "SET LOCAL lock_timeout = '10s'", *leaving))
        shutil.copyfileobj(reader.stdout, writer.stdin, archive.PIECE)
        servers.must_have_worked("pg_restore", reader.wait(), reader.stderr.read().decode())
        writer.stdin.write(_lines("COMMIT"))
    except BrokenPipeError:
        reader.kill()  # psql stopped at a fault, and says which below
    finally:
        _, fault = writer.communicate()  # closes its input: without COMMIT everything is taken back
        reader.communicate()
    servers.must_have_worked("psql", writer.returncode, fault.decode())


def _lines(*statements: str) -> bytes:
    return "".join(f"{statement};\n" for statement in statements).encode()
