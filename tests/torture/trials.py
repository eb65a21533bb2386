"""The trials. Each gives what it counted; none asserts how long anything takes."""

import random
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from django.db.backends.sqlite3 import _functions as functions

from r2com.config.copies import archive, tables

from . import writers
from .served import Served


def killed_server(home: Path, *, kills: int, apart: float = 1.5) -> dict:
    """R1: the web server is killed again and again while people type."""
    served = Served(home)
    desks = served.desks()
    served.start()
    at_work, stop = writers.begin(served.url, desks)
    for _ in range(kills):
        time.sleep(random.uniform(0.2, apart))
        served.kill()
        served.start()
    found = writers.end(at_work, stop)
    served.kill()
    return {"kills": kills, **found, "integrity": integrity(home)}


def copies_under_load(home: Path, *, copies: int) -> dict:
    """R12: copies are taken while people type, and each is compared with what was acknowledged before it."""
    served = Served(home)
    desks = served.desks()
    served.start()
    at_work, stop = writers.begin(served.url, desks)
    broken, behind = 0, 0
    (home / "off-site").mkdir()
    for number in range(copies):
        before = sum(writer.version for writer in at_work)
        target = home / "off-site" / f"{number}.tar"
        served.run("backup", str(target))
        standing, is_whole = opened(target, home / f"opened-{number}")
        broken += not is_whole
        behind += standing < before
        target.unlink()
    found = writers.end(at_work, stop)
    served.kill()
    return {"copies": copies, "broken": broken, "behind": behind, **found}


def opened(copy: Path, folder: Path) -> tuple[int, bool]:
    """How many saves the drafts in a copy have seen, and whether the copy is whole."""
    folder.mkdir()
    with archive.opened(copy) as (said, tar):
        archive.unpack(tar, said, folder)
    with closing(sqlite3.connect(folder / "r2com.db")) as connection:
        functions.register(connection)
        is_whole = (
            connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            and not connection.execute("PRAGMA foreign_key_check").fetchall()
            and not tables.differences(said.tables, tables.of_sqlite(connection))
        )
        standing = connection.execute("SELECT sum(version) FROM drafts_draft").fetchone()[0] or 0
    return standing, is_whole


def integrity(home: Path) -> str:
    with closing(sqlite3.connect(home / "data" / "r2com.db")) as connection:
        functions.register(connection)  # the tables' own rules ask for them
        return connection.execute("PRAGMA integrity_check").fetchone()[0]
