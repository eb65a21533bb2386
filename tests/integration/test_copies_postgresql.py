"""The same copies on PostgreSQL: a dump of one snapshot, brought back in one transaction."""

import json
import os
import shutil
from pathlib import Path
from threading import Timer

import psycopg
import pytest
from django.db import connection

from r2com.config.copies import archive, drilling, tables
from tests.installations import ROOT, begin, on_server, run

pytestmark = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="asks a PostgreSQL server for databases of its own"
)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A folder with an installation on PostgreSQL, its environment, and its two copies."""
    folder = tmp_path_factory.mktemp("home")
    with on_server(os.environ["DATABASE_URL"], folder) as said:
        assert begin(said, folder).returncode == 0
        for name, words in (("off-site", []), ("safe", ["--keys"])):
            (folder / name).mkdir()
            done = run(said, "backup", f"{folder}/{name}/copy.tar", *words)
            assert (done.returncode, done.stderr) == (0, "")
        yield folder, said


def contents(said, name="DATABASE_OWNER_URL"):
    with psycopg.connect(said[name]) as owner:
        return tables.of_postgresql(owner)


def change(said, *statements):
    with psycopg.connect(said["DATABASE_OWNER_URL"]) as owner:
        for statement in statements:
            owner.execute(statement)


def test_a_copy_brings_every_row_back_and_takes_away_what_came_later(home):
    folder, said = home
    change(said, "DELETE FROM people_notice", "CREATE TABLE came_later (id integer)")

    done = run(said, "restore", f"{folder}/off-site/copy.tar", "--replace", "--keep-sessions")

    assert done.returncode == 0, done.stderr
    assert contents(said) == archive.manifest(folder / "off-site" / "copy.tar").tables


def test_rows_that_somebody_elses_policy_may_hide_are_not_left_out_in_silence(home):
    folder, said = home
    change(said, "CREATE POLICY hides ON cases_case AS RESTRICTIVE USING (false)")

    try:
        done = run(said, "backup", f"{folder}/off-site/without.tar")
    finally:
        change(said, "DROP POLICY hides ON cases_case")

    assert done.returncode == 1
    assert "stands on cases_case" in done.stderr
    assert not (folder / "off-site" / "without.tar").exists()


def test_after_bringing_back_the_application_works_and_owns_nothing(home):
    folder, said = home

    run(said, "restore", f"{folder}/off-site/copy.tar", "--replace")

    found = json.loads(run(said, "check", "--json").stdout)["findings"]
    assert [one for one in found if one["severity"] == "error"] == []
    with (
        psycopg.connect(said["DATABASE_URL"]) as worker,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        worker.execute("DELETE FROM audit_event")


def test_a_dump_that_breaks_off_changes_nothing(home, tmp_path):
    """psql is given half of what was dumped, as if pg_restore had died."""
    folder, said = home
    before = contents(said)
    programs = Path(said["R2COM_POSTGRESQL_BIN"])
    (tmp_path / "pg_restore").write_text(f'#!/bin/sh\n"{programs}/pg_restore" "$@" | head -c 60000\nexit 1\n')
    (tmp_path / "pg_restore").chmod(0o755)
    (tmp_path / "psql").symlink_to(programs / "psql")

    done = run(
        said | {"R2COM_POSTGRESQL_BIN": str(tmp_path)}, "restore", f"{folder}/off-site/copy.tar", "--replace"
    )

    assert done.returncode == 1
    assert "pg_restore could not do it" in done.stderr
    assert contents(said) == before


def test_the_keys_come_back_with_their_files(home):
    folder, said = home
    before = contents(said, "KEYRING_OWNER_URL")
    key = Path(said["R2COM_KEYS"]) / "root.key"
    root = key.read_bytes()
    key.unlink()
    with psycopg.connect(said["KEYRING_OWNER_URL"]) as owner:
        owner.execute("DELETE FROM vault_datakey")

    done = run(said, "restore", f"{folder}/safe/copy.tar", "--replace")

    assert done.returncode == 0, done.stderr
    assert (key.read_bytes(), contents(said, "KEYRING_OWNER_URL")) == (root, before)


def test_a_drill_needs_the_right_to_make_a_database_and_leaves_none(home):
    said = home[1]
    refused = run(said, "drill")
    assert (refused.returncode, "CREATEDB" in refused.stderr) == (1, True)
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        for name in ("DATABASE_OWNER_URL", "KEYRING_OWNER_URL"):
            server.execute(f"ALTER ROLE {said[name].split('//')[1].split('@')[0]} CREATEDB")

        done = run(said, "drill", "--json")

        assert done.returncode == 0, done.stderr + done.stdout
        assert json.loads(done.stdout)["wrong"] == []
        assert server.execute("SELECT count(*) FROM pg_database WHERE datname LIKE 'drill%'").fetchone() == (
            0,
        )


def test_the_database_of_a_drill_goes_away_though_the_server_is_at_work_in_it(home):
    """Its owner may not end what a stronger role does there: an autovacuum, here a superuser."""
    role = home[1]["DATABASE_OWNER_URL"].split("//")[1].split("@")[0]
    with (
        psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server,
        psycopg.connect(home[1]["DATABASE_OWNER_URL"], autocommit=True) as owner,
    ):
        server.execute(f"CREATE DATABASE drill_busy OWNER {role}")
        busy = psycopg.connect(os.environ["DATABASE_URL"], dbname="drill_busy")
        Timer(0.5, busy.close).start()

        drilling._drop(owner, "drill_busy")

        assert server.execute("SELECT 1 FROM pg_database WHERE datname = 'drill_busy'").fetchone() is None


def test_an_upgrade_that_does_not_work_is_taken_back(home, tmp_path):
    said = home[1]
    newer = tmp_path / "newer"
    shutil.copytree(ROOT / "src", newer, ignore=shutil.ignore_patterns("__pycache__"))
    (newer / "r2com" / "jobs" / "migrations" / "0002_planted.py").write_text(
        "from django.db import migrations\n"
        "class Migration(migrations.Migration):\n"
        "    dependencies = [('jobs', '0001_initial'), ('accounts', '0001_initial')]\n"
        "    operations = [migrations.RunSQL('ALTER TABLE accounts_user RENAME COLUMN name TO another')]\n",
        encoding="utf-8",
    )
    before = contents(said)

    done = run(said | {"PYTHONPATH": str(newer)}, "upgrade")

    assert done.returncode == 1
    assert "Everything is as it was before it" in done.stderr, done.stderr
    assert contents(said) == before
