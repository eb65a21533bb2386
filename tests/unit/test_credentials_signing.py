"""Signing against the published vectors of W3C, and everything a signature must cover."""

import json

import pytest

from r2com.core.credentials import Doubt, Why, canonical, contexts, keys, proofs, schema
from r2com.core.credentials.multibase import (
    base58,
    from_base58,
    from_multikey,
    from_secret_multikey,
    multikey,
)

from .credential_sample import alone

# W3C, Data Integrity EdDSA Cryptosuites v1.0, appendix B.1: keys, document, hashes, signature.
PUBLIC = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
PRIVATE = "z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq"
EXAMPLES = "https://www.w3.org/ns/credentials/examples/v2"
ALUMNI = {
    "@context": [contexts.CREDENTIALS, EXAMPLES],
    "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
    "type": ["VerifiableCredential", "AlumniCredential"],
    "name": "Alumni Credential",
    "description": "A minimum viable example of an Alumni Credential.",
    "issuer": "https://vc.example/issuers/5678",
    "validFrom": "2023-01-01T00:00:00Z",
    "credentialSubject": {"id": "did:example:abcdefgh", "alumniOf": "The School of Examples"},
}
OPTIONS = {
    "type": "DataIntegrityProof",
    "cryptosuite": "eddsa-rdfc-2022",
    "created": "2023-02-24T23:36:38Z",
    "verificationMethod": f"https://vc.example/issuers/5678#{PUBLIC}",
    "proofPurpose": "assertionMethod",
}
PROOF_HASH = "4c4d3890a157f8d611b13c265c2c22f39aa0a567c7c7dd9ba3e45cd579784eeb"
DOCUMENT_HASH = "517744132ae165a5349155bef0bb0cf2258fff99dfe1dbd914b938d775a36017"
VALUE = "z21EVs3eXERqTn4acNHT9viboqgzUaQ3kTmhPT3eA8qrVPE7CrQq78WkzctnMX5W4CrzcKnHw8V6dvy5pgWYCU5e9"


@pytest.fixture
def examples(monkeypatch):
    """The vocabulary of the published example, which knows every word; it is not among the pinned ones."""
    pinned = contexts.vocabulary
    every_word = {"@context": {"@vocab": "https://www.w3.org/ns/credentials/examples#"}}
    monkeypatch.setattr(contexts, "vocabulary", lambda url: every_word if url == EXAMPLES else pinned(url))
    monkeypatch.setattr(canonical, "LEARNED", canonical._Learned())


def test_the_published_keys():
    private = from_secret_multikey(PRIVATE)

    assert multikey(keys.public_key(private)) == PUBLIC
    assert from_multikey(PUBLIC) == keys.public_key(private)


def test_the_published_hashes(examples):
    assert proofs.signed_bytes(ALUMNI, OPTIONS).hex() == PROOF_HASH + DOCUMENT_HASH


def test_the_published_signature(examples):
    signature = keys.sign(from_secret_multikey(PRIVATE), proofs.signed_bytes(ALUMNI, OPTIONS))

    assert base58(signature) == VALUE


def test_the_published_credential_is_signed_by_its_key_and_by_no_other(examples):
    document = {**ALUMNI, "proof": {**OPTIONS, "proofValue": VALUE}}

    proofs.must_be_signed(document, from_multikey(PUBLIC))

    with pytest.raises(Doubt, match=Why.WRONG_SIGNATURE):
        proofs.must_be_signed(document, keys.public_key(bytes(32)))


def test_the_vocabulary_of_examples_is_not_one_we_use():
    with pytest.raises(Doubt, match=Why.UNKNOWN_WORDS):
        canonical.canonical(ALUMNI)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"nickname": "Lu"}, Why.NOT_COVERED),
        ({"type": ["VerifiableCredential", "Knighthood"]}, Why.NOT_COVERED),
        ({"id": "certificate-1"}, Why.NOT_COVERED),
        ({"@context": [contexts.CREDENTIALS, "https://elsewhere.example/v1"]}, Why.UNKNOWN_WORDS),
        ({"@context": [contexts.CREDENTIALS, {"@vocab": "https://elsewhere.example/"}]}, Why.NO_CREDENTIAL),
        ({"name": "with a\ttab"}, Why.MISSHAPEN),
        ({"@graph": []}, Why.MISSHAPEN),
        ({"evidence": [{"id": "_:b0", "type": ["Evidence"]}]}, Why.MISSHAPEN),
        ({"name": None}, Why.MISSHAPEN),
    ],
)
def test_what_no_signature_would_cover_is_refused(change, why):
    with pytest.raises(Doubt, match=why):
        canonical.canonical({**alone(), **change})


def test_what_a_signature_covers_passes():
    assert b"OpenBadgeCredential" in canonical.canonical(alone())


def test_a_document_built_to_keep_us_busy_is_refused_at_once():
    alike = [{"type": "IdentityObject", "identityType": "name"} for _ in range(9)]
    subjects = [{"type": ["AchievementSubject"], "identifier": alike} for _ in range(2)]
    poison = {
        "@context": [contexts.CREDENTIALS, contexts.OPEN_BADGES],
        "type": ["VerifiableCredential"],
        "credentialSubject": subjects,
    }

    with pytest.raises(Doubt, match=Why.TOO_MUCH):
        canonical.canonical(poison)


def test_vocabularies_and_schema_are_the_pinned_ones():
    assert all(contexts.vocabulary(url)["@context"] for url in contexts.known())
    assert schema.validator() is not None
    # Published in appendix B.1 of the data model itself.
    assert contexts.known()[contexts.CREDENTIALS]["sha256"].startswith("59955ced6697d61e03f2b2556febe530")


def test_an_altered_vocabulary_is_not_used(monkeypatch):
    altered = {url: {**entry, "sha256": "0" * 64} for url, entry in contexts.known().items()}
    monkeypatch.setattr(contexts, "known", lambda: altered)
    contexts.vocabulary.cache_clear()

    with pytest.raises(ValueError, match="pinned"):
        contexts.vocabulary(contexts.CREDENTIALS)


@pytest.mark.parametrize("data", [b"", b"\x00", b"\x00\x00\x01", bytes(range(64)), b"\xff" * 64])
def test_base58_goes_there_and_back(data):
    assert from_base58(base58(data)) == data


@pytest.mark.parametrize("text", ["", "u123", "z0", "zO", "z" + "1" * 300])
def test_what_is_not_base58_is_refused(text):
    with pytest.raises(ValueError, match="base58"):
        from_base58(text)


def test_names_survive_the_way_through_a_file():
    text = json.dumps(alone(), ensure_ascii=True)

    subject = json.loads(text)["credentialSubject"]

    assert subject["identifier"][0]["identityHash"] == "Łukasz Χ. 🌻 بدر"
    assert subject["achievement"]["name"].endswith("®")
