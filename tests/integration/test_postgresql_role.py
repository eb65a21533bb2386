"""On PostgreSQL the application signs in as a role that owns nothing."""

import pytest
from django.db import DatabaseError, connection, connections, transaction

from r2com.audit.models import Event

pytestmark = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="an embedded database has no roles; this runs on PostgreSQL"
)


def ask(question, alias="default"):
    with connections[alias].cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]


@pytest.mark.parametrize("alias", ["default", "keyring"])
def test_the_role_owns_no_table(alias):
    owned = "SELECT count(*) FROM pg_tables WHERE tableowner = current_user"
    all_tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"

    assert ask(owned, alias) == 0
    assert ask(all_tables, alias) > 0


def test_the_role_has_no_special_rights():
    rights = "SELECT rolsuper OR rolcreatedb OR rolcreaterole OR rolbypassrls OR rolreplication FROM pg_roles"

    assert ask(rights + " WHERE rolname = current_user") is False


def test_the_role_adds_to_the_trail(person):
    assert Event.objects.filter(name="person.entered").exists()


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_event SET name = 'x'", "DELETE FROM audit_event", "TRUNCATE audit_event"],
)
def test_the_role_cannot_change_the_trail(person, statement):
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(statement)

    assert Event.objects.filter(name="person.entered").exists()


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE of_our_own (id int)",
        "ALTER TABLE people_person ADD of_our_own int",
        "DROP TABLE people_person",
        "DROP TRIGGER audit_event_append_only ON audit_event",
    ],
)
def test_the_role_cannot_change_the_tables(statement):
    with pytest.raises(DatabaseError, match=r"permission denied|must be owner"), transaction.atomic():
        connection.cursor().execute(statement)
