"""A short form of each trial, in every run of the suite."""

from . import trials


def test_nothing_acknowledged_is_lost_when_the_server_is_killed(tmp_path):
    found = trials.killed_server(tmp_path / "home", kills=2, apart=0.5)

    assert found["lost"] == 0
    assert found["acknowledged"] > 0
    assert "500" not in found["answers"]
    assert found["integrity"] == "ok"


def test_copies_under_load_are_whole_and_not_behind(tmp_path):
    found = trials.copies_under_load(tmp_path / "home", copies=2)

    assert (found["broken"], found["behind"], found["lost"]) == (0, 0, 0)
    assert found["acknowledged"] > 0
