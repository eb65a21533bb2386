"""Everything a signature must cover. The published vectors are in test_credentials_w3c."""

import json

import pytest

from r2com.core.credentials import Doubt, Why, canonical, contexts, schema
from r2com.core.credentials.multibase import base58, from_base58

from .credential_sample import alone


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
