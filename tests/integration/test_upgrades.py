"""From every earlier version to this one, with people in it; and back again when it does not work."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

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
    assert {worker: one["closed"] for worker, one in found.items()} == dict.fromkeys(WORKERS, {})
    assert all(one["milo"] and one["pages"] >= 10 for one in found.values())
