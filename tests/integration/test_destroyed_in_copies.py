"""What was destroyed opens in no copy, and stays destroyed when an older one comes back."""

import json
import shutil
import subprocess
import sys

import pytest

from tests import upgrades
from tests.installations import environment, r2com, rows

DEMO = {"R2COM_DEMO": "1"}
DESTROY = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "r2com.config.settings"
import django
django.setup()
from datetime import timedelta
from django.utils import timezone
from r2com.accounts.models import User
from r2com.access.roles import Role
from r2com.cases.models import Case, Closure
from r2com.keeping import actions
from r2com.organisations import actions as organisations
from r2com.organisations.models import Membership

now = timezone.now()
last = now.date() - timedelta(days=2)
case = Case.objects.filter(closure=None).order_by("pk").first()
made = Closure.objects.create(
    case=case, reason="settled", closed_by=User.objects.first(), closed_at=now, kept_until=last
)
Case.objects.filter(pk=case.pk).update(closure=made)
house = case.organisation
by = Membership.objects.filter(organisation=house, role=Role.ADMINISTRATOR, ends=None).first().user
other = User.objects.create(email="dora@lantern.example", name="Dora Fennimore")
organisations.join(other, house, role=Role.DATA_PROTECTION, team=None, by=None, at=now)
plan = actions.propose_run(house, by=by, at=now)
organisations.agree(plan.proposal, by=other, at=now)
print(case.pk.hex, case.person_id.hex)
"""


@pytest.fixture(scope="module")
def copied(tmp_path_factory):
    """An installation, copies of it, and then one record of it destroyed by two people."""
    home = tmp_path_factory.mktemp("destroyed")
    upgrades.lay_out("2-whole-way", home)
    assert r2com(home, "upgrade", **DEMO).returncode == 0
    for name, words in (("off-site", []), ("safe", ["--keys"])):
        (home / name).mkdir()
        assert r2com(home, "backup", f"{name}/copy.tar", *words, **DEMO).returncode == 0
    agreed = subprocess.run(
        [sys.executable, "-c", DESTROY],
        env={**environment(home), **DEMO},
        capture_output=True,
        text=True,
        check=False,
    )
    assert agreed.returncode == 0, agreed.stderr
    (home / "whose").write_text(agreed.stdout.splitlines()[-1], encoding="utf-8")
    wrapped = keys_of(home)
    assert len(wrapped) == 2
    (home / "wrapped").write_bytes(b"".join(wrapped))
    shutil.copy(home / "keys" / "keyring.db", home / "keyring-before.db")
    said = r2com(home, "retention", "run", **DEMO)
    assert (said.returncode, "1 records destroyed" in said.stdout) == (0, True), said.stderr
    return home


def keys_of(home):
    whose = " ".join((home / "whose").read_text(encoding="utf-8").split()).split()
    listed = ", ".join(f"'{one}'" for one in whose)
    question = f"SELECT wrapped FROM vault_datakey WHERE owner IN ({listed})"  # noqa: S608, our own words
    return [wrapped for (wrapped,) in rows(home, question, "keys/keyring.db")]


def certificate(home):
    [found] = (home / "data" / "certificates").glob("*.txt")
    return found


def test_the_certificate_holds_here_and_in_the_copies(copied):
    note = str(certificate(copied))

    said = r2com(
        copied,
        "retention",
        "verify",
        note,
        "--backup",
        "off-site/copy.tar",
        "safe/copy.tar",
        "--json",
        **DEMO,
    )

    assert said.returncode == 0, said.stderr
    found = json.loads(said.stdout)
    assert (found["here"]["wrong"], found["backup"]["wrong"]) == ([], [])
    assert (found["here"]["rows"], found["backup"]["rows"]) == (0, 2)
    assert found["backup"]["tried"] > 10
    assert found["backup"]["opened"] == 0


def test_its_keys_lie_nowhere_in_the_live_files(copied):
    wrapped = (copied / "wrapped").read_bytes()
    pieces = [wrapped[: len(wrapped) // 2], wrapped[len(wrapped) // 2 :]]

    for folder in ("data", "keys"):
        for path in (copied / folder).rglob("*.db*"):
            content = path.read_bytes()
            assert not any(piece in content for piece in pieces), path.name


def test_a_key_that_is_back_is_found_and_goes_again(copied, tmp_path):
    home = tmp_path / "home"
    shutil.copytree(copied, home)
    for ending in ("-wal", "-shm"):
        (home / "keys" / f"keyring.db{ending}").unlink(missing_ok=True)
    shutil.copy(home / "keyring-before.db", home / "keys" / "keyring.db")

    found = r2com(home, "check", **DEMO)
    tried = r2com(home, "retention", "verify", str(certificate(home)), **DEMO)
    r2com(home, "retention", "replay", **DEMO)

    assert (found.returncode, "2 keys are back" in found.stdout + found.stderr) == (1, True)
    assert tried.returncode == 1
    assert keys_of(home) == []
    assert r2com(home, "check", **DEMO).returncode == 0


def test_an_older_copy_brings_nothing_back(copied):
    for name in ("off-site", "safe"):
        said = r2com(copied, "restore", f"{name}/copy.tar", "--replace", **DEMO)
        assert said.returncode == 0, said.stderr

    assert keys_of(copied) == []
    assert r2com(copied, "retention", "verify", str(certificate(copied)), **DEMO).returncode == 0
    assert r2com(copied, "check", **DEMO).returncode == 0
    assert r2com(copied, "keys", "verify", **DEMO).returncode == 0
