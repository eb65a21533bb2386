"""What a verifier written by others said about our certificates. `make verifiers` asks it anew."""

import json

from tests.verifiers.__main__ import SAID, fingerprint
from tests.verifiers.bundle import bundle

TOLD = json.loads(SAID.read_text("utf-8"))


def test_it_was_asked_about_what_we_issue_today():
    assert TOLD["asked"] == fingerprint()
    assert list(TOLD["said"]) == [case["name"] for case in bundle()["cases"]]


def test_it_accepts_what_we_issue_and_reads_our_lists():
    whole = {name: said for name, said in TOLD["said"].items() if not name.startswith("edited")}

    assert whole == {
        "without a domain": "accepted",
        "of the house": "accepted",
        "revoked": "accepted, revocation",
        "suspended": "accepted, suspension",
        "a neighbour is revoked": "accepted",
    }


def test_it_refuses_every_edit():
    edited = {name: said for name, said in TOLD["said"].items() if name.startswith("edited")}

    assert len(edited) > 20
    assert set(edited.values()) == {"refused"}
