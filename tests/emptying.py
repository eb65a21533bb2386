"""Emptying the tables after a test that really committed.

Only here may the trail lose rows: the owner of the database lifts its protection for a moment.
"""

from contextlib import contextmanager

from django.db import connections

TRAILS_TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'audit_%'"


def let_owner_empty(alias: str) -> None:
    """Make Django's flush of this test database work as its owner, and nothing else."""
    connection = connections[alias]
    lifted = unguarded if connection.vendor == "sqlite" else as_owner
    flush = connection.ops.execute_sql_flush

    def execute_sql_flush(statements):
        with lifted(connection):
            flush(statements)

    connection.ops.execute_sql_flush = execute_sql_flush


@contextmanager
def unguarded(connection):
    """SQLite without the trigger that keeps the trail."""
    with connection.cursor() as cursor:
        triggers = cursor.execute(TRAILS_TRIGGERS).fetchall()
        for name, _ in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        yield
        for _, statement in triggers:
            cursor.execute(statement)


@contextmanager
def as_owner(connection):
    """PostgreSQL as the role that signed in, which owns the tables."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        role = cursor.fetchone()[0]
        cursor.execute("SET ROLE NONE")
        yield
        cursor.execute(f"SET ROLE {role}")
