"""Copies of an installation with people in it: taken, brought back, tried. Each in a folder of its own."""

import json
import os
import shutil
import sqlite3
from contextlib import closing

import pytest

from r2com.config.copies import archive, tables
from tests import upgrades
from tests.installations import r2com, rows

DEMO = {"R2COM_DEMO": "1"}
NAME = "Milo Fernweh"


@pytest.fixture(scope="module")
def copied(tmp_path_factory):
    """An installation and its two copies. Nobody changes it."""
    home = tmp_path_factory.mktemp("copied")
    upgrades.lay_out("2-whole-way", home)
    assert r2com(home, "upgrade", **DEMO).returncode == 0
    for name, words in (("off-site", []), ("safe", ["--keys"])):
        (home / name).mkdir()
        said = r2com(home, "backup", f"{name}/copy.tar", *words, **DEMO)
        assert (said.returncode, said.stderr) == (0, "")
    return home


@pytest.fixture
def home(copied, tmp_path):
    """The same, to be spoilt."""
    shutil.copytree(copied, tmp_path / "home")
    return tmp_path / "home"


@pytest.fixture
def elsewhere(copied, tmp_path):
    """Another machine, to which only the copies were carried."""
    for name in ("off-site", "safe"):
        shutil.copytree(copied / name, tmp_path / name)
    return tmp_path


def contents(home, database="data/r2com.db"):
    with closing(sqlite3.connect(home / database)) as connection:
        return tables.of_sqlite(connection)


def test_the_copy_of_the_data_holds_no_key(copied):
    copy = (copied / "off-site" / "copy.tar").read_bytes()

    assert (copied / "keys" / "root.key").read_bytes() not in copy
    assert not set(archive.manifest(copied / "off-site" / "copy.tar").tables) & {"vault_datakey"}
    for (wrapped,) in rows(copied, "SELECT wrapped FROM vault_datakey", "keys/keyring.db"):
        assert wrapped not in copy


def test_the_copy_of_the_data_names_nobody(copied):
    assert NAME.encode() not in (copied / "off-site" / "copy.tar").read_bytes()


def test_the_copy_of_the_keys_holds_no_data(copied):
    assert set(archive.manifest(copied / "safe" / "copy.tar").tables) == set(
        contents(copied, "keys/keyring.db")
    )
    assert not any(name.startswith("people") for name in contents(copied, "keys/keyring.db"))


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("keys/copy.tar", []),
        ("data/copy.tar", ["--keys"]),
        ("safe/another.tar", []),
        ("off-site/another.tar", ["--keys"]),
        ("off-site/copy.tar", []),
        ("nowhere/copy.tar", []),
    ],
)
def test_no_place_takes_data_and_keys_or_the_same_copy_twice(copied, target, words):
    before = sorted(path.name for path in copied.rglob("*") if path.is_file())

    said = r2com(copied, "backup", target, *words, **DEMO)

    assert (said.returncode, said.stdout) == (1, "")
    assert sorted(path.name for path in copied.rglob("*") if path.is_file()) == before


def test_both_copies_make_the_installation_again(copied, elsewhere):
    for name in ("off-site", "safe"):
        said = r2com(elsewhere, "restore", f"{name}/copy.tar", "--keep-sessions", **DEMO)
        assert (said.returncode, said.stderr) == (0, "")

    assert r2com(elsewhere, "check", **DEMO).returncode == 0
    assert contents(elsewhere) == contents(copied)
    assert contents(elsewhere, "keys/keyring.db") == contents(copied, "keys/keyring.db")
    key = "keys/root.key"
    assert (elsewhere / key).read_bytes() == (copied / key).read_bytes()
    assert (elsewhere / key).stat().st_mode & 0o777 == 0o400


def test_bringing_back_ends_every_session(home):
    columns = "session_key, session_data, expire_date, device"
    rows(home, f"INSERT INTO accounts_session ({columns}) VALUES ('old', 'x', '2040-01-01', '')")  # noqa: S608
    r2com(home, "backup", "off-site/later.tar", **DEMO)

    said = r2com(home, "restore", "off-site/later.tar", "--replace", **DEMO)

    assert said.returncode == 0, said.stderr
    assert rows(home, "SELECT count(*) FROM accounts_session") == [(0,)]


def test_what_stands_is_only_replaced_when_asked(home):
    rows(home, "DELETE FROM drafts_draft")
    spoilt = contents(home)

    refused = r2com(home, "restore", "off-site/copy.tar", **DEMO)
    assert (refused.returncode, contents(home)) == (1, spoilt)
    brought = r2com(home, "restore", "off-site/copy.tar", "--replace", "--keep-sessions", **DEMO)

    assert brought.returncode == 0, brought.stderr
    assert contents(home) == archive.manifest(home / "off-site" / "copy.tar").tables


def test_work_that_lies_in_the_wal_is_copied_too(home):
    with closing(sqlite3.connect(home / "data" / "r2com.db")) as connection, connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("INSERT INTO jobs_job VALUES ('kept', '2026-01-01', NULL, 0, '')")
        connection.commit()
        said = r2com(home, "backup", "off-site/later.tar", **DEMO)
    assert said.returncode == 0, said.stderr

    r2com(home, "restore", "off-site/later.tar", "--replace", **DEMO)

    assert ("kept",) in rows(home, "SELECT name FROM jobs_job")


def test_nothing_is_replaced_while_somebody_works(home):
    before = contents(home)
    with closing(sqlite3.connect(home / "data" / "r2com.db")) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("SELECT count(*) FROM jobs_job").fetchone()

        said = r2com(home, "restore", "off-site/copy.tar", "--replace", **DEMO)

    assert said.returncode == 1
    assert "Stop `r2com run`" in said.stderr
    assert contents(home) == before


def test_a_broken_copy_changes_nothing(home):
    before = contents(home)
    copy = home / "off-site" / "copy.tar"
    broken = bytearray(copy.read_bytes())
    broken[len(broken) // 2] ^= 1
    copy.write_bytes(broken)

    said = r2com(home, "restore", "off-site/copy.tar", "--replace", **DEMO)

    assert said.returncode == 1
    assert "broken" in said.stderr
    assert contents(home) == before
    assert not (home / "data" / "coming").exists()


def test_invented_people_never_come_into_a_real_installation(elsewhere):
    said = r2com(elsewhere, "restore", "off-site/copy.tar")

    assert said.returncode == 1
    assert "demonstration" in said.stderr
    assert not list((elsewhere / "data").glob("*.db"))


def test_a_copy_of_a_newer_version_is_not_brought_back(home):
    rows(
        home, "INSERT INTO django_migrations (app, name, applied) VALUES ('people', '0999_new', '2030-01-01')"
    )
    r2com(home, "backup", "off-site/later.tar", **DEMO)

    said = r2com(home, "restore", "off-site/later.tar", "--replace", **DEMO)

    assert said.returncode == 1
    assert "newer version" in said.stderr


def test_a_drill_finds_that_all_is_well_and_leaves_nothing(copied):
    before = sorted(path for path in copied.rglob("*") if path.is_file())

    said = r2com(copied, "drill", "--json", **DEMO)

    found = json.loads(said.stdout)
    assert (said.returncode, found["wrong"]) == (0, [])
    assert found["opened"] >= 20
    assert sorted(path for path in copied.rglob("*") if path.is_file()) == before


def test_a_drill_on_copies_from_elsewhere_needs_no_installation(elsewhere):
    (elsewhere / "data").mkdir()
    (elsewhere / "keys").mkdir()

    said = r2com(elsewhere, "drill", "off-site/copy.tar", "safe/copy.tar", **DEMO)

    assert said.returncode == 0, said.stderr
    assert said.stdout.endswith("All is well.\n")


def test_a_drill_finds_a_sealed_field_that_does_not_open(home):
    rows(home, "UPDATE people_person SET name = X'0101'")

    said = r2com(home, "drill", **DEMO)

    assert said.returncode == 1
    assert "people.person.name" in said.stderr
    assert NAME not in said.stderr + said.stdout


def test_a_drill_finds_keys_that_do_not_belong_to_the_data(home):
    (home / "keys" / "root.key").unlink()
    (home / "keys" / "root.key").write_bytes(os.urandom(32))

    assert r2com(home, "drill", **DEMO).returncode == 1


def test_a_drill_finds_rows_that_point_at_nothing(home):
    rows(home, "PRAGMA foreign_keys = OFF")
    rows(home, "DELETE FROM organisations_team")

    said = r2com(home, "drill", **DEMO)

    assert said.returncode == 1
    assert "points at rows that are not there" in said.stderr
