"""What verifiers written by others said about our certificates. `make verifiers` asks them anew."""

import json

import pytest

from r2com.core.credentials import Verdict, read, unreadable, verify
from r2com.core.credentials.refusing import Doubt
from tests.verifiers.__main__ import SAID, VERIFIERS, fingerprint
from tests.verifiers.bundle import bundle

from .credential_sample import NAMES, NOW, Lookup

TOLD = json.loads(SAID.read_text("utf-8"))
CASES = bundle()["cases"]
EDITED = [case for case in CASES if case["name"].startswith(("changed", "taken out"))]
WHOLE = {
    "without a domain": "accepted",
    "of the house": "accepted",
    "revoked": "accepted, revocation",
    "suspended": "accepted, suspension",
    "a neighbour is revoked": "accepted",
    "in one list": "accepted",
    "in one list, revoked": "accepted, revocation",
    **{f"named: {kind}": "accepted" for kind in NAMES},
}


def said_by(verifier):
    return TOLD["verifiers"][verifier]["said"]


def test_they_were_asked_about_what_we_issue_today():
    assert TOLD["asked"] == fingerprint()
    assert list(TOLD["verifiers"]) == list(VERIFIERS)


@pytest.mark.parametrize("verifier", VERIFIERS)
def test_each_was_asked_about_every_certificate(verifier):
    assert list(said_by(verifier)) == [case["name"] for case in CASES]


@pytest.mark.parametrize("verifier", ["digital_bazaar", "openbadgeslib"])
def test_what_we_issue_is_accepted_and_our_lists_are_read(verifier):
    assert {name: said_by(verifier)[name] for name in WHOLE} == WHOLE


def test_what_we_issue_is_accepted_where_lists_are_not_read():
    assert {said_by("didkit")[name] for name in WHOLE} == {"accepted"}


@pytest.mark.parametrize("verifier", VERIFIERS)
def test_every_value_changed_or_taken_out_is_refused(verifier):
    assert len(EDITED) > 100
    assert {said_by(verifier)[case["name"]] for case in EDITED} == {"refused"}


@pytest.mark.parametrize("case", EDITED, ids=[case["name"] for case in EDITED])
def test_every_value_changed_or_taken_out_is_refused_by_us(case):
    assert verdict(case["credential"]) in (Verdict.ALTERED, Verdict.CANNOT_TELL)


def test_every_certificate_left_whole_is_valid_with_us():
    whole = [case["credential"] for case in CASES if case["name"] in WHOLE]

    assert {verdict(credential) for credential in whole} == {Verdict.VALID}


def verdict(credential):
    """Ours, on the text as a stranger would send it."""
    try:
        document = read(json.dumps(credential))
    except Doubt as doubt:
        return unreadable(doubt).verdict
    return verify(document, at=NOW, sources=Lookup()).verdict
