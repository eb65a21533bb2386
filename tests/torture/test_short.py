"""A short form of each trial, in every run of the suite."""

import pytest

from . import full, jobs, people, power, server, trials
from .served import Served


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """One installation for the trials that leave it whole."""
    return Served(tmp_path_factory.mktemp("served") / "home")


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


def test_nothing_acknowledged_is_lost_when_all_of_postgresql_is_killed_or_restarted(tmp_path):
    with server.installed(tmp_path / "home") as (database, installation):
        for go in (database.kill, database.stop):
            found = server.gone_again_and_again(database, installation, go, times=1, apart=0.5)

            assert found["lost"] == 0
            assert found["acknowledged"] > 0
            assert "500" not in found["answers"]
            assert found["trail"] == "verified"


def test_nothing_acknowledged_is_lost_when_the_power_is_cut(served):
    found = power.cut_power(served, cuts=10, work=6)

    assert (found["lost"], found["broken"]) == (0, 0)


def test_with_a_faster_setting_a_cut_of_power_loses_work_and_is_seen_to(served):
    assert power.loose(served, cuts=5, work=6)["images that lost"] > 0


def test_a_full_disk_is_said_in_words_and_work_goes_on_when_there_is_room(tmp_path):
    if not full.may_mount(tmp_path):
        pytest.skip("this machine lets nobody make a small disk")

    found = full.full_disk(tmp_path / "home", times=1)

    assert found["lost"] == 0
    assert "500" not in found["answers"]
    assert 500 not in found["other answers"]
    assert (found["integrity"], found["trail"]) == ("ok", "verified")
    assert found["tasks"] == found["on the trail"]


def test_two_people_in_one_profile_overwrite_nothing_unseen(served):
    found = people.editors(served, editors=2, edits=3)

    assert found["overwritten silently"] == 0
    assert found["kept"] > 0


def test_what_is_pressed_twice_in_one_moment_is_done_once(served):
    found = people.presses(served, presses=4)

    assert (found["effects"], found["on the trail"]) == (4, 4)


def test_what_killed_workers_did_is_done_once(tmp_path):
    found = jobs.killed_workers(tmp_path / "home", kills=1, rows=40)

    assert found["people"] == found["different rows"] == found["on the trail"] == 40
    assert found["lost"] == 0
