"""What the application's own role may do in PostgreSQL: work with rows, and never rewrite the trail."""

from django.db import connections

from r2com.access import policies

TRAIL = "audit_event"
LOG = ("audit_leaf", "audit_checkpoint")


def grant_to_application(cursor, role: str, *, only_added_to: tuple[str, ...] = (TRAIL,)) -> None:
    """Let the application's role work. Run it as the owner of the tables, after every migration.

    The role may read and write rows and use sequences; the trail, with its log, it may read and add to
    (the keyring has none). It owns nothing, so it can neither alter a table nor switch a trigger off.
    """
    name = connections["default"].ops.quote_name(role)
    guarded = (*only_added_to, *(LOG if TRAIL in only_added_to else ()))
    for statement in (
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        f"GRANT USAGE ON SCHEMA public TO {name}",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {name}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name}",
        *(f"REVOKE UPDATE, DELETE ON {table} FROM {name}" for table in guarded),
        f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {name}",
        *(policies.statements() if TRAIL in only_added_to else ()),
    ):
        cursor.execute(statement)


SAFE_COMMITS = ("on", "remote_apply")


def shows(cursor, setting: str) -> str:
    """What the server says of one of its settings."""
    cursor.execute(f"SHOW {setting}")
    return cursor.fetchone()[0]


def forgets_when_power_fails(cursor) -> bool:
    """Whether a commit is acknowledged before it is on the disk, here and on a standby that is waited for."""
    return shows(cursor, "synchronous_commit") not in SAFE_COMMITS


def is_too_mighty(cursor) -> bool:
    """Whether the role that is connected could alter tables, pass the triggers by, or rewrite the trail."""
    cursor.execute(
        "SELECT (SELECT rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb"
        " FROM pg_roles WHERE rolname = current_user)"
        " OR EXISTS (SELECT 1 FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user)"
        " OR EXISTS (SELECT 1 FROM unnest(%s::text[]) AS rows"
        " WHERE has_table_privilege(current_user, rows, 'UPDATE, DELETE, TRUNCATE'))",
        [[TRAIL, *LOG]],
    )
    return cursor.fetchone()[0]
