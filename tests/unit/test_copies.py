"""The file a copy lies in, and the last step of bringing it back."""

import sqlite3
from contextlib import closing

import pytest

from r2com.config import installation
from r2com.config.copies import archive, bringing, servers, tables
from r2com.config.copies.archive import Manifest
from r2com.core.refusals import Refused

FILES = {"r2com.db": b"rows", "root.key": b"a key of some bytes"}


@pytest.fixture
def copy(tmp_path):
    """A small copy of two files."""
    paths = {}
    for name, content in FILES.items():
        paths[name] = tmp_path / name
        paths[name].write_bytes(content)
    files = {name: archive.described(path) for name, path in paths.items()}
    said = Manifest("data", "real", "sqlite", "1", "2026-11-23", [["people", "0001"]], {}, files)
    archive.write(tmp_path / "copy.tar", said, paths)
    return tmp_path / "copy.tar"


def unpacked(path, folder):
    folder.mkdir()
    with archive.opened(path) as (said, tar):
        archive.unpack(tar, said, folder)
    return said, {one.name: one.read_bytes() for one in folder.iterdir()}


def test_what_was_copied_comes_out(copy, tmp_path):
    assert unpacked(copy, tmp_path / "out")[1] == FILES


def test_a_copy_is_private_and_says_nothing_of_the_machine(copy):
    assert copy.stat().st_mode & 0o777 == 0o600
    assert b"root\x00" not in copy.read_bytes()


def test_one_altered_byte_is_refused_or_changes_nothing(copy, tmp_path):
    whole, sound = copy.read_bytes(), unpacked(copy, tmp_path / "out")
    for place in range(0, len(whole), 7):
        altered = bytearray(whole)
        altered[place] ^= 0x41
        copy.write_bytes(altered)

        try:
            found = unpacked(copy, tmp_path / f"out-{place}")
        except Refused:
            continue
        assert found == sound


@pytest.mark.parametrize("part", [0, 1, 511, 512, 3000])
def test_a_copy_that_was_cut_off_is_refused(copy, tmp_path, part):
    copy.write_bytes(copy.read_bytes()[:part])

    with pytest.raises(Refused):
        unpacked(copy, tmp_path / "out")


def test_a_file_that_leads_elsewhere_is_refused(tmp_path):
    (tmp_path / "elsewhere").write_bytes(b"rows")
    files = {"../elsewhere": archive.described(tmp_path / "elsewhere")}
    said = Manifest("data", "real", "sqlite", "1", "2026-11-23", [], {}, files)
    archive.write(tmp_path / "copy.tar", said, {"../elsewhere": tmp_path / "elsewhere"})

    with pytest.raises(Refused, match="missing"):
        unpacked(tmp_path / "copy.tar", tmp_path / "out")


def test_a_copy_is_never_overwritten(copy):
    before = copy.read_bytes()

    with pytest.raises(Refused, match="never overwritten"):
        archive.write(copy, archive.manifest(copy), {})

    assert copy.read_bytes() == before


def database_with(*rows):
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE note (id integer PRIMARY KEY, word)")
    connection.executemany("INSERT INTO note VALUES (?, ?)", rows)
    return connection


@pytest.mark.parametrize(
    "others", [[(1, "a")], [(1, "a"), (2, "c")], [(1, "a"), (2, b"b")], [(1, "a2b"), (2, "b")], []]
)
def test_other_rows_have_another_checksum(others):
    with closing(database_with((1, "a"), (2, "b"))) as one, closing(database_with(*others)) as other:
        assert tables.differences(tables.of_sqlite(one), tables.of_sqlite(other)) == ["note"]


def test_the_order_in_which_rows_came_makes_no_difference():
    with (
        closing(database_with((1, "a"), (2, "b"))) as one,
        closing(database_with((2, "b"), (1, "a"))) as other,
    ):
        assert tables.of_sqlite(one) == tables.of_sqlite(other)


@pytest.fixture
def ready(tmp_path, settings):
    """A folder in which two new files wait for their names."""
    settings.DEMO = False
    coming = tmp_path / bringing.COMING
    coming.mkdir()
    for name in ("a.key", "b.key"):
        (tmp_path / name).write_text("old")
        (coming / name).write_text("new")
    return tmp_path


def named(folder):
    return {path.name: path.read_text() for path in folder.glob("*.key")}


def test_what_is_not_ready_is_left_alone(ready):
    bringing.finish(ready)

    assert named(ready) == {"a.key": "old", "b.key": "old"}


def test_a_last_step_that_was_cut_off_goes_on(ready):
    (ready / bringing.COMING / bringing.READY).touch()
    (ready / bringing.COMING / "a.key").replace(ready / "a.key")
    assert bringing.is_unfinished(ready)

    bringing.finish(ready)

    assert named(ready) == {"a.key": "new", "b.key": "new"}
    assert not bringing.is_unfinished(ready)
    assert installation.kind(ready) == installation.REAL


def test_no_password_stands_on_a_command_line():
    place = {"HOST": "db", "PORT": "5432", "USER": "owner", "PASSWORD": "a secret", "NAME": "r2com"}

    assert servers.words(place)["PGPASSWORD"] == "a secret"
    assert servers.words({**place, "PASSWORD": ""})["PGPASSWORD"] == ""
