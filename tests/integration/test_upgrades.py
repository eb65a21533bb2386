"""From every earlier version to this one, with people in it; and back again when it does not work."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from r2com.config.copies import archive, tables
from tests import upgrades
from tests.installations import environment, r2com, rows

ROOT = Path(__file__).parents[2]
DEMO = {"R2COM_DEMO": "1"}
WORKERS = ("ines@lantern.example", "rut@lantern.example")


@pytest.fixture(scope="module", params=upgrades.EARLIER)
def upgraded(request, tmp_path_factory):
    """An earlier installation after `r2com upgrade`, and what the command said."""
    home = tmp_path_factory.mktemp(request.param)
    upgrades.lay_out(request.param, home)
    before = rows(home, "SELECT count(*) FROM audit_event")
    return home, r2com(home, "upgrade", **DEMO), before


def test_an_earlier_installation_is_upgraded(upgraded):
    home, said, _ = upgraded

    assert (said.returncode, said.stderr) == (0, "")
    assert r2com(home, "check", "--json", **DEMO).returncode == 0


def test_nothing_on_the_trail_is_lost_by_an_upgrade(upgraded):
    home, _, before = upgraded

    assert rows(home, "SELECT count(*) FROM audit_event") >= before


def test_sealed_fields_of_an_earlier_version_open(upgraded):
    home, _, _ = upgraded
    found = json.loads(r2com(home, "drill", "--here", "--json", "--sealed=100", **DEMO).stdout)

    assert found["wrong"] == []
    assert found["opened"] >= 100


def test_pages_of_an_earlier_installation_open(upgraded):
    home, _, _ = upgraded
    visited = subprocess.run(
        [sys.executable, "-m", "tests.visitor", *WORKERS],
        env={**environment(home), **DEMO, "PYTHONPATH": os.pathsep.join(["src", "."])},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    found = json.loads(visited.stdout)
    assert {worker: one["closed"] for worker, one in found.items()} == {worker: {} for worker in WORKERS}
    assert all(one["milo"] and one["pages"] >= 10 for one in found.values())


# A version that does not work


@pytest.fixture(scope="module")
def of_today(tmp_path_factory):
    """An installation of this version, with people in it. Nobody changes it."""
    home = tmp_path_factory.mktemp("today") / "home"
    upgrades.lay_out("2-whole-way", home)
    assert r2com(home, "upgrade", **DEMO).returncode == 0
    return home


@pytest.fixture
def whole_way(of_today, tmp_path):
    return shutil.copytree(of_today, tmp_path / "home")


def a_version_with(folder, operations):
    """This version with one more migration, as the folder that holds it."""
    shutil.copytree(ROOT / "src", folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "r2com" / "jobs" / "migrations" / "0002_planted.py").write_text(
        "from django.db import migrations\n"
        "class Migration(migrations.Migration):\n"
        "    dependencies = [('jobs', '0001_initial'), ('people', '0001_initial')]\n"
        f"    operations = [{operations}]\n",
        encoding="utf-8",
    )
    return str(folder)


def contents(home):
    """Everything that stands in both databases, and the files beside them."""
    files = {
        path.name: path.read_bytes()
        for path in (home / "keys").iterdir()
        if path.is_file() and not path.name.startswith(("keyring.db", "cookie"))
    }
    return snapshot_of(home / "data" / "r2com.db"), snapshot_of(home / "keys" / "keyring.db"), files


def snapshot_of(path):
    with closing(sqlite3.connect(path)) as connection:
        return tables.of_sqlite(connection)


STOPS_HALFWAY = (
    "migrations.RunSQL('DELETE FROM people_namefingerprint; CREATE TABLE left_over (id integer)'),"
    "migrations.RunSQL('this is no statement')"
)
BREAKS_A_TABLE = "migrations.RunSQL('ALTER TABLE accounts_user RENAME COLUMN name TO another')"
SPOILS_WHAT_IS_SEALED = "migrations.RunSQL(\"UPDATE people_person SET name = X'0101'\")"


@pytest.mark.parametrize(
    ("operations", "fault"),
    [
        (STOPS_HALFWAY, "syntax error"),
        (BREAKS_A_TABLE, "accounts.user cannot be read"),
        (SPOILS_WHAT_IS_SEALED, "does not open"),
    ],
)
def test_an_upgrade_that_does_not_work_is_taken_back(whole_way, tmp_path, operations, fault):
    before = contents(whole_way)

    said = r2com(whole_way, "upgrade", **DEMO, PYTHONPATH=a_version_with(tmp_path / "newer", operations))

    assert said.returncode == 1
    assert fault in said.stderr
    assert "Everything is as it was before it" in said.stderr
    assert "Traceback" not in said.stderr
    assert contents(whole_way) == before


def test_a_server_that_does_not_start_is_taken_back_too(whole_way, tmp_path):
    before = contents(whole_way)
    newer = a_version_with(tmp_path / "newer", "")
    (Path(newer) / "r2com" / "config" / "wsgi.py").write_text("raise RuntimeError('planted')\n")

    said = r2com(whole_way, "upgrade", **DEMO, PYTHONPATH=newer)

    assert said.returncode == 1
    assert "The server does not" in said.stderr
    assert contents(whole_way) == before


def test_the_version_before_goes_on_after_an_upgrade_was_taken_back(whole_way, tmp_path):
    r2com(whole_way, "upgrade", **DEMO, PYTHONPATH=a_version_with(tmp_path / "newer", STOPS_HALFWAY))

    assert r2com(whole_way, "check", "--json", **DEMO).returncode == 0


def test_an_upgrade_that_works_leaves_its_copies_apart(whole_way, tmp_path):
    newer = a_version_with(tmp_path / "newer", "")

    said = r2com(whole_way, "upgrade", **DEMO, PYTHONPATH=newer)

    assert said.returncode == 0, said.stderr
    [data], [keys] = (list((whole_way / name / "copies").iterdir()) for name in ("data", "keys"))
    assert (archive.holds(data), archive.holds(keys)) == ("data", "keys")
