"""Six checks, each for itself, and the one verdict they come to."""

import json
from datetime import timedelta

import pytest

from r2com.core.credentials import (
    Doubt,
    Issuer,
    Nothing,
    Outcome,
    PublishedKey,
    Step,
    Verdict,
    Why,
    address_of,
    bits,
    credential,
    did_document,
    did_key,
    did_web,
    issue,
    issue_list,
    list_credential,
    public_key,
    read,
    verify,
)

from .credential_sample import GIVEN, HOUSE, KEY, LATER, LISTS, NOW, OTHER_KEY, Lookup, alone, given, house

SECOND = timedelta(seconds=1)


def report(document, *, at=NOW, sources=None):
    return verify(document, at=at, sources=sources or Lookup())


def test_a_certificate_of_the_house_is_valid():
    found = report(given())

    assert found.verdict == Verdict.VALID
    assert [check.outcome for check in found.checks] == [Outcome.PASSED] * 6
    assert [check.step for check in found.checks] == list(Step)


def test_a_house_without_a_domain_is_valid_by_its_key_and_that_is_said():
    found = report(alone(), sources=Nothing())

    assert found.verdict == Verdict.VALID
    assert found.check(Step.ISSUER).why == Why.KEY_ALONE
    assert found.check(Step.STATUS).why == Why.NO_STATUS


def test_it_is_valid_until_its_last_moment_and_not_after():
    assert report(given(), at=LATER - SECOND).verdict == Verdict.VALID
    assert report(alone(), at=LATER).verdict == Verdict.EXPIRED


def test_before_its_first_moment_nobody_can_tell():
    found = report(given(), at=NOW - SECOND)

    assert found.verdict == Verdict.CANNOT_TELL
    assert found.check(Step.DATES).why == Why.TOO_EARLY


def test_revoked_comes_before_suspended_and_a_lifted_suspension_is_valid():
    place = GIVEN.statuses[0].index

    assert report(given(), sources=Lookup(revoked=[place])).verdict == Verdict.REVOKED
    assert report(given(), sources=Lookup(suspended=[place])).verdict == Verdict.SUSPENDED
    assert report(given(), sources=Lookup(revoked=[place], suspended=[place])).verdict == Verdict.REVOKED
    assert (
        report(given(), sources=Lookup(revoked=[place + 1], suspended=[place - 1])).verdict == Verdict.VALID
    )


def test_a_list_that_cannot_be_read_is_never_valid():
    found = report(given(), sources=Lookup(listed=False))

    assert found.verdict == Verdict.CANNOT_TELL
    assert found.check(Step.STATUS).why == Why.LIST_AWAY
    assert found.check(Step.PROOF).outcome == Outcome.PASSED


def test_a_list_signed_by_somebody_else_is_not_believed():
    sources = Lookup(key=OTHER_KEY, keys=(KEY,))

    found = report(given(), sources=sources)

    assert found.verdict == Verdict.CANNOT_TELL
    assert found.check(Step.STATUS).why == Why.LIST_BROKEN


def test_a_list_of_another_issuer_is_not_believed_though_it_is_signed():
    sources = Lookup()
    somebody = did_key(public_key(OTHER_KEY))
    for purpose, address in LISTS.items():
        other = list_credential(address, issuer=somebody, purpose=purpose, held=bits([]), at=NOW, until=LATER)
        sources.lists[address] = issue_list(other, private=OTHER_KEY, at=NOW)

    assert report(given(), sources=sources).check(Step.STATUS).why == Why.LIST_BROKEN


def test_one_list_in_the_place_of_another_is_not_believed():
    sources = Lookup()
    first, second = LISTS.values()
    sources.lists[first] = sources.lists[second]

    assert report(given(), sources=sources).check(Step.STATUS).why == Why.LIST_BROKEN


def test_an_issuer_that_cannot_be_found_is_cannot_tell():
    found = report(given(), sources=Nothing())

    assert found.verdict == Verdict.CANNOT_TELL
    assert found.check(Step.ISSUER).why == Why.ISSUER_AWAY


def test_a_key_of_somebody_else_does_not_speak_for_the_house():
    issuer = Issuer(did_key(public_key(OTHER_KEY)), "House of the Lantern ®")
    forged = issue(credential(GIVEN, issuer), private=OTHER_KEY, at=NOW)
    forged["issuer"]["id"] = HOUSE

    assert report(forged).verdict == Verdict.ALTERED


def test_a_key_that_the_house_does_not_publish_is_not_believed():
    signed = issue(credential(GIVEN, house()), private=OTHER_KEY, at=NOW)

    found = report(signed)

    assert found.verdict == Verdict.CANNOT_TELL
    assert found.check(Step.ISSUER).why == Why.NO_KEY


def test_after_a_new_key_what_the_old_one_signed_stays_valid():
    assert report(given(), sources=Lookup(keys=(OTHER_KEY, KEY))).verdict == Verdict.VALID


def test_a_withdrawn_key_is_not_believed_any_more():
    sources = Lookup()
    sources.keys = [PublishedKey(public_key(KEY), revoked=NOW)]

    assert report(given(), sources=sources).check(Step.ISSUER).why == Why.KEY_WITHDRAWN
    assert report(given(), sources=sources, at=NOW).verdict == Verdict.CANNOT_TELL


@pytest.mark.parametrize(
    ("change", "step", "why"),
    [
        (lambda it: it.pop("@context"), Step.STRUCTURE, Why.MISSING),
        (lambda it: it["@context"].reverse(), Step.STRUCTURE, Why.MISSHAPEN),
        (lambda it: it.update(type=["OpenBadgeCredential"]), Step.STRUCTURE, Why.MISSING),
        (lambda it: it.pop("issuer"), Step.STRUCTURE, Why.MISSING),
        (lambda it: it.update(issuer="the house"), Step.STRUCTURE, Why.MISSHAPEN),
        (lambda it: it.pop("credentialSubject"), Step.STRUCTURE, Why.MISSING),
        (lambda it: it.update(credentialSubject={}), Step.STRUCTURE, Why.MISSHAPEN),
        (lambda it: it.update(validFrom="2026-03-02"), Step.STRUCTURE, Why.MISSHAPEN),
        (lambda it: it.update(validFrom="2029-03-02T00:00:00Z"), Step.STRUCTURE, Why.DATES_CROSSED),
        (lambda it: it.update(name=3), Step.STRUCTURE, Why.MISSHAPEN),
        (lambda it: it.update(credentialSchema=[{"type": "JsonSchema"}]), Step.STRUCTURE, Why.MISSHAPEN),
        (lambda it: it.update(evidence=[{"name": "exam"}]), Step.STRUCTURE, Why.MISSHAPEN),
        (lambda it: it.pop("proof"), Step.STRUCTURE, Why.NO_PROOF),
        (lambda it: it.pop("id"), Step.SCHEMA, Why.MISSHAPEN),
        (lambda it: it.pop("validFrom"), Step.SCHEMA, Why.MISSHAPEN),
        (lambda it: it.update(type=["VerifiableCredential"]), Step.SCHEMA, Why.OTHER_KIND),
        (lambda it: it["issuer"].update(type=["Person"]), Step.SCHEMA, Why.MISSHAPEN),
        (lambda it: it["credentialSubject"].update(type=["Person"]), Step.SCHEMA, Why.MISSHAPEN),
        (lambda it: it["credentialSubject"].pop("identifier"), Step.SCHEMA, Why.MISSHAPEN),
        (lambda it: it["credentialSubject"]["identifier"][0].update(type="Id"), Step.SCHEMA, Why.MISSHAPEN),
        (lambda it: it["credentialSubject"]["achievement"].pop("criteria"), Step.SCHEMA, Why.MISSHAPEN),
        (
            lambda it: it["credentialSubject"]["achievement"].update(achievementType="Medal"),
            Step.SCHEMA,
            Why.MISSHAPEN,
        ),
        (lambda it: it.update(evidence=[{"type": ["Proof"]}]), Step.SCHEMA, Why.MISSHAPEN),
    ],
)
def test_every_rule_of_shape_is_kept_before_signing_and_after(change, step, why):
    document = given()
    change(document)

    found = report(document)

    assert found.check(step).outcome == Outcome.FAILED
    assert found.check(step).why == why
    assert found.verdict in (Verdict.ALTERED, Verdict.CANNOT_TELL)
    unsigned = {key: value for key, value in document.items() if key != "proof"}
    if why != Why.NO_PROOF:
        with pytest.raises(Doubt):
            issue(unsigned, private=KEY, at=NOW)


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        ({"cryptosuite": "ecdsa-rdfc-2019"}, Verdict.CANNOT_TELL),
        ({"type": "Ed25519Signature2020"}, Verdict.CANNOT_TELL),
        ({"proofPurpose": "authentication"}, Verdict.CANNOT_TELL),
        ({"proofValue": "z" + "2" * 87}, Verdict.ALTERED),
        ({"proofValue": "not base58"}, Verdict.ALTERED),
        ({"created": "2026-03-03T09:30:00Z"}, Verdict.ALTERED),
        ({"expires": "2026-03-03T09:30:00Z"}, Verdict.ALTERED),
        ({"verificationMethod": "did:key:z6Mk#z6Mk"}, Verdict.ALTERED),
    ],
)
def test_a_changed_proof_is_refused(change, verdict):
    document = given()
    document["proof"].update(change)

    assert report(document).verdict == verdict


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        "{",
        '{"@context": 3}',
        '{"@context": [], "a": 1, "a": 2}',
        '{"@context": [], "a": NaN}',
        '{"@context": [], "a": "\\ud800"}',
        '{"@context": [], "a": ' + "[" * 5000 + "]" * 5000 + "}",
        '{"@context": [], "a": [' + "1," * 4000 + "1]}",
        '{"@context": [{"name": "https://elsewhere.example/name"}]}',
    ],
)
def test_what_is_no_credential_is_refused_in_reading(text):
    with pytest.raises(Doubt):
        read(text)


def test_what_was_written_is_read_again():
    assert read(json.dumps(given()).encode()) == given()


def test_where_the_document_of_a_house_lies():
    assert address_of(did_web("lantern.example")) == "https://lantern.example/.well-known/did.json"
    assert address_of(HOUSE) == "https://lantern.example/certificates/did.json"
    assert address_of(did_web("localhost:8000")) == "https://localhost:8000/.well-known/did.json"


@pytest.mark.parametrize(
    "did", ["did:web:", "did:web:a@b", "did:web:a/b", "did:web:a:..%2F", "did:example:a"]
)
def test_no_other_address_is_built_from_an_identifier(did):
    with pytest.raises(Doubt):
        address_of(did)


def test_the_document_of_a_house_keeps_every_key():
    published = did_document(HOUSE, [PublishedKey(public_key(OTHER_KEY)), PublishedKey(public_key(KEY), NOW)])

    assert len(published["assertionMethod"]) == 2
    assert published["verificationMethod"][1]["revoked"] == "2026-03-02T09:30:00Z"
