"""A real installation on PostgreSQL, as `docs/how-to/install.md` says: four roles, two databases."""

import json
import os

import psycopg
import pytest
from django.db import connection

from tests.installations import begin, on_server, run

pytestmark = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="asks a PostgreSQL server for databases of its own"
)


@pytest.fixture
def installation(tmp_path):
    """The environment of an installation whose roles and databases were made with the words of the page."""
    with on_server(os.environ["DATABASE_URL"], tmp_path) as environment:
        yield environment


def test_begin_check_and_upgrade(installation, tmp_path):
    begun = begin(installation, tmp_path)
    checked = run(installation, "check", "--json")
    upgraded = run(installation, "upgrade")

    assert begun.returncode == 0, begun.stderr
    assert upgraded.returncode == 0, upgraded.stderr
    found = json.loads(checked.stdout)
    assert [one for one in found["findings"] if one["severity"] == "error"] == []
    with psycopg.connect(installation["DATABASE_URL"]) as worker:
        owned = worker.execute("SELECT count(*) FROM pg_tables WHERE tableowner = current_user").fetchone()
        assert owned == (0,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            worker.execute("DELETE FROM audit_event")
