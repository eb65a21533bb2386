"""What 1EdTech published: its schema accepts what we issue, and its fixtures get the verdicts it states."""

import json
from copy import deepcopy
from dataclasses import replace

import pytest

from r2com.config.certificates import invented
from r2com.core.credentials import (
    Doubt,
    Nothing,
    Outcome,
    Step,
    Verdict,
    Why,
    carriers,
    credential,
    issue,
    proofs,
    read,
    schema,
    status,
    structure,
    verify,
)
from r2com.core.credentials.multibase import from_base58, from_multikey
from tests.verifiers.bundle import changed, copied, taken_out, values

from .credential_sample import GIVEN, KEY, NOW, alone, given, house
from .published import FOLDER, official_faults, published

SAMPLES = published("1edtech", "public-validator.json")
SIGNED = [
    "simple",
    "simple-context-version",
    "simple-did-key-method",
    "simple-err-expired",
    "bit-string-list/credential-status-revoked",
    "bit-string-list/credential-status-revoked-blank-nodes",
    "bit-string-list/testlist",
    "bit-string-list/testlist, earlier",
]
KEY_OF_THE_SAMPLES = from_multikey("z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi")
KEY_OF_THE_ERRORS = from_multikey("z6MkrvfzkMnvCroEUP2DVc9SHPE48CRsvHiVSusHioxTYu1x")
ALONE_IN_A_LIST = given(statuses=GIVEN.statuses[:1])
ISSUED = {
    "without a domain": alone(),
    "with one list": ALONE_IN_A_LIST,
    "suspended only": given(statuses=GIVEN.statuses[1:]),
    "without an end": given(statuses=(), valid_until=None),
    "instead of another": alone(instead_of="urn:uuid:6f1f0f1e-63c5-4f4c-9c0e-2f6f5d3a9c12"),
    "another kind": alone(achievement=replace(GIVEN.achievement, kind="CertificateOfCompletion")),
    "invented": invented(at=NOW),
}


def sample(name):
    return read(json.dumps(SAMPLES[name]))


@pytest.mark.parametrize("document", ISSUED.values(), ids=ISSUED)
def test_what_we_issue_fits_the_official_schema(document):
    assert official_faults(document) == []


def test_two_lists_are_the_one_thing_the_official_schema_does_not_know():
    assert official_faults(given()) == ["credentialStatus"]
    assert official_faults(given(statuses=())) == []


def test_one_list_stands_alone_and_two_stand_together():
    assert isinstance(ALONE_IN_A_LIST["credentialStatus"], dict)
    assert len(given()["credentialStatus"]) == 2


def spoilt():
    """A certificate with each value once taken out, and made something else."""
    yield from taken_out(ALONE_IN_A_LIST)
    for path, _ in values(ALONE_IN_A_LIST):
        for value in (3, "Invalid", [], {}):
            edited, holder = copied(ALONE_IN_A_LIST, path)
            holder[path[-1]] = value
            yield f"{'/'.join(map(str, path))}: {value!r}", edited


def test_whatever_the_official_schema_refuses_we_refuse():
    refused = {name: document for name, document in spoilt() if official_faults(document)}

    passed = [name for name, held in refused.items() if not has_fault(held)]

    assert len(refused) > 50
    assert passed == []


def has_fault(document):
    """Whether its shape alone is enough for us to refuse it, before any signature is looked at."""
    try:
        proofs.proof_of(document)
        from_base58(document["proof"]["proofValue"])
    except (Doubt, ValueError):
        return True
    return bool(structure.faults(document) or schema.faults(document))


@pytest.mark.parametrize("name", SIGNED)
def test_what_1edtech_signed_is_signed(name):
    proofs.must_be_signed(sample(name), KEY_OF_THE_SAMPLES)


@pytest.mark.parametrize("name", SIGNED)
def test_no_value_of_what_1edtech_signed_can_be_changed(name):
    for _, document in changed(SAMPLES[name]):
        with pytest.raises(Doubt):
            proofs.must_be_signed(document, KEY_OF_THE_SAMPLES)


@pytest.mark.parametrize("name", ["simple", "simple-context-version", "simple-did-key-method"])
def test_what_1edtech_calls_valid_has_no_fault_but_names_no_issuer_that_can_be_looked_up(name):
    found = verify(sample(name), at=NOW, sources=Nothing())

    assert (
        structure.faults(sample(name)) == schema.faults(sample(name)) == official_faults(sample(name)) == []
    )
    assert found.check(Step.DATES).outcome == Outcome.PASSED
    assert found.check(Step.ISSUER).why == Why.ISSUER_AWAY
    assert found.verdict == Verdict.CANNOT_TELL


@pytest.mark.parametrize("list_", ["bit-string-list/testlist", "bit-string-list/testlist, earlier"])
@pytest.mark.parametrize("name", ["", "-blank-nodes"])
def test_the_revoked_one_is_raised_in_the_list_of_today_and_was_not_before(name, list_):
    (entry,) = status.entries_of(sample(f"bit-string-list/credential-status-revoked{name}"))
    held = status.decoded(sample(list_)["credentialSubject"]["encodedList"])

    assert status.is_raised(held, entry.index) is not list_.endswith("earlier")
    assert sum(byte.bit_count() for byte in held) == (0 if list_.endswith("earlier") else 1)


def test_a_list_that_calls_itself_something_else_is_not_the_one_that_was_asked_for():
    (entry,) = status.entries_of(sample("bit-string-list/credential-status-revoked"))

    with pytest.raises(Doubt, match=Why.LIST_BROKEN):
        status.raised_in(sample("bit-string-list/testlist"), entry)


def test_the_expired_one_is_well_made_and_its_time_is_over():
    found = verify(sample("simple-err-expired"), at=NOW, sources=Nothing())

    assert found.check(Step.STRUCTURE).outcome == Outcome.PASSED
    assert found.check(Step.DATES).why == Why.OVER
    assert found.verdict != Verdict.VALID


@pytest.mark.parametrize("name", ["simple-err-proof-value", "simple-err-proof-method-unknown-did-method"])
def test_a_spoilt_proof_is_refused_and_the_proof_before_it_is_not(name):
    document = sample(name)
    mended = deepcopy(sample("simple-err-proof-value"))
    mended["proof"][0]["proofValue"] = mended["proof"][0]["proofValue"].replace("LvN", "LnV")

    proofs.must_be_signed(mended, KEY_OF_THE_ERRORS)

    with pytest.raises(Doubt, match=Why.WRONG_SIGNATURE):
        proofs.must_be_signed(document, KEY_OF_THE_ERRORS)


@pytest.mark.parametrize(
    ("name", "where"),
    [
        ("simple-err-context", "@context"),
        ("simple-err-type", "type"),
        ("simple-err-credential-subject-type", "credentialSubject"),
        ("simple-err-credential-subject-identifier-type", "credentialSubject"),
        ("simple-err-credential-subject-no-id-no-identifier", "credentialSubject"),
        ("simple-err-credential-subject-result-type", "credentialSubject"),
        ("simple-err-credential-subject-profile-type", "credentialSubject"),
        ("simple-err-issuer-type", "issuer"),
        ("simple-err-issuer-parentorg-type", "issuer"),
        ("simple-err-issuer-otheridentifier-type", "issuer"),
    ],
)
def test_what_1edtech_calls_invalid_is_refused_where_it_is_wrong(name, where):
    faults = [*structure.faults(sample(name)), *schema.faults(sample(name))]

    assert where in [place for _, place in faults]
    assert verify(sample(name), at=NOW, sources=Nothing()).verdict != Verdict.VALID


def test_a_picture_of_1edtech_gives_its_credential_out():
    document = read(carriers.credential_in(FOLDER.joinpath("1edtech/simple-json.svg").read_bytes()))

    assert document["name"] == "Example University Degree"
    assert verify(document, at=NOW, sources=Nothing()).verdict != Verdict.VALID


@pytest.mark.parametrize("said", ["[<!ENTITY a 'b'>]", "[<!ENTITY a SYSTEM 'file:///etc/passwd'>]"])
def test_a_picture_that_names_something_to_be_put_in_is_refused(said):
    text = FOLDER.joinpath("1edtech/simple-json.svg").read_text("utf-8")

    with pytest.raises(Doubt):
        carriers.credential_in(text.replace('svg11.dtd">', f'svg11.dtd" {said}>').encode())


def test_an_issuer_that_is_no_identifier_of_keys_cannot_be_told_to_be_the_one():
    document = issue(credential(GIVEN, house()), private=KEY, at=NOW)
    document["issuer"]["id"] = "https://lantern.example/"

    assert verify(document, at=NOW, sources=Nothing()).verdict == Verdict.CANNOT_TELL
