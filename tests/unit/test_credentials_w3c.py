"""The vectors and fixtures that W3C published give what W3C says they give."""

import json

import pytest

from r2com.core.credentials import (
    Doubt,
    Entry,
    Purpose,
    Why,
    canonical,
    contexts,
    issue_list,
    keys,
    proofs,
    read,
    status,
    structure,
)
from r2com.core.credentials.multibase import base58, from_multikey, from_secret_multikey, multikey
from tests.verifiers.bundle import changed

from .credential_sample import HOUSE, KEY, NOW
from .published import published

EDDSA = published("w3c", "eddsa-rdfc-2022.json")
VECTORS = EDDSA["vectors"]
PUBLIC, PRIVATE = EDDSA["keys"]["publicKeyMultibase"], EDDSA["keys"]["privateKeyMultibase"]
DATA_MODEL = published("w3c", "data-model-2.json")
LISTS = published("w3c", "bitstring-status-list.json")
ACCEPTED = [name for name in DATA_MODEL if name.endswith("-ok")]
REFUSED = [name for name in DATA_MODEL if name.endswith("-fail")]
named = pytest.mark.parametrize("vector", VECTORS, ids=[vector["of"] for vector in VECTORS])


@pytest.fixture
def examples(monkeypatch):
    """The vocabularies of the published examples; they are not among the pinned ones."""
    pinned, more = contexts.vocabulary, EDDSA["vocabularies"]
    monkeypatch.setattr(contexts, "vocabulary", lambda url: more[url] if url in more else pinned(url))
    monkeypatch.setattr(canonical, "LEARNED", canonical._Learned())


def parted(signed):
    """A signed document as its unsigned half and its proof options."""
    options = {key: value for key, value in signed["proof"].items() if key != "proofValue"}
    return {key: value for key, value in signed.items() if key != "proof"}, options


def test_the_published_keys():
    private = from_secret_multikey(PRIVATE)

    assert multikey(keys.public_key(private)) == PUBLIC
    assert from_multikey(PUBLIC) == keys.public_key(private)


@pytest.mark.parametrize("vector", [vector for vector in VECTORS if "proof_hash" in vector])
def test_the_published_hashes(vector, examples):
    document, options = parted(vector["signed"])

    assert proofs.signed_bytes(document, options).hex() == vector["proof_hash"] + vector["document_hash"]


@named
def test_signing_gives_the_published_signature_to_the_byte(vector, examples):
    document, options = parted(vector["signed"])

    signature = keys.sign(from_secret_multikey(PRIVATE), proofs.signed_bytes(document, options))

    assert base58(signature) == vector["signed"]["proof"]["proofValue"]


def test_the_published_proof_options_in_canonical_form(examples):
    document, options = parted(VECTORS[0]["signed"])

    text = canonical.canonical({"@context": document["@context"], **options})

    assert text.decode() == VECTORS[0]["canonical_proof"]


@named
def test_the_published_credential_is_signed_by_its_key_and_by_no_other(vector, examples):
    proofs.must_be_signed(vector["signed"], from_multikey(PUBLIC))

    with pytest.raises(Doubt, match=Why.WRONG_SIGNATURE):
        proofs.must_be_signed(vector["signed"], keys.public_key(bytes(32)))


@named
def test_no_value_of_a_published_credential_can_be_changed(vector, examples):
    for _, document in changed(vector["signed"]):
        with pytest.raises(Doubt):
            proofs.must_be_signed(document, from_multikey(PUBLIC))


def test_the_vocabulary_of_examples_is_not_one_we_use():
    document, _ = parted(VECTORS[0]["signed"])

    with pytest.raises(Doubt, match=Why.UNKNOWN_WORDS):
        canonical.canonical(document)


def submitted(name):
    """A fixture as W3C's own runner submits it: with an issuer, where it names none."""
    document, issuer = dict(DATA_MODEL[name]), DATA_MODEL[name].get("issuer", HOUSE)
    return document | {"issuer": {"id": HOUSE, **issuer} if isinstance(issuer, dict) else issuer}


def speaks_for_itself(name):
    """Whether a fixture brings a vocabulary of its own, which we never read."""
    return any(isinstance(url, dict) for url in DATA_MODEL[name]["@context"])


@pytest.mark.parametrize("name", ACCEPTED)
def test_what_the_data_model_accepts_has_no_fault(name):
    assert structure.faults(submitted(name)) == [(Why.NO_PROOF, "proof")]


@pytest.mark.parametrize("name", [name for name in ACCEPTED if not speaks_for_itself(name)])
def test_what_the_data_model_accepts_is_signed(name, examples):
    signed = issue_list(read(json.dumps(submitted(name))), private=KEY, at=NOW)

    proofs.must_be_signed(signed, keys.public_key(KEY))


@pytest.mark.parametrize("name", REFUSED)
def test_what_the_data_model_refuses_is_not_signed(name, examples):
    with pytest.raises(Doubt):
        issue_list(read(json.dumps(submitted(name))), private=KEY, at=NOW)


@pytest.mark.parametrize("name", [name for name in REFUSED if "-status-" in name])
def test_a_status_that_is_refused_is_refused_for_its_shape_and_not_for_its_vocabulary(name):
    assert [where for why, where in structure.faults(submitted(name)) if why == Why.MISSHAPEN] in (
        ["credentialStatus"],
        ["credentialStatus/id"],
    )


@pytest.mark.parametrize("name", [name for name in DATA_MODEL if speaks_for_itself(name)])
def test_a_vocabulary_of_its_own_is_not_read_though_the_data_model_allows_one(name):
    with pytest.raises(Doubt, match="@context"):
        read(json.dumps(submitted(name)))


def listed(name):
    """A published list; its text is from before the letter that names the encoding was asked for."""
    subject = LISTS[f"status-credentials/{name}"]["credentialSubject"]
    return {"credentialSubject": subject | {"encodedList": "u" + subject["encodedList"]}}


def test_the_published_entry_is_revoked_in_the_published_list():
    (entry,) = status.entries_of(LISTS["should-be-revoked"])
    neighbour = Entry(entry.address, entry.index + 1, entry.purpose)

    assert status.raised_in(listed("multi-purpose-ok"), entry)
    assert not status.raised_in(listed("multi-purpose-ok"), neighbour)


def test_a_published_list_may_serve_two_purposes_but_no_other():
    (entry,) = status.entries_of(LISTS["sl-purpose-multi-ok"])

    assert not status.raised_in(listed("multi-purpose-ok"), entry)
    assert not status.raised_in(
        listed("multi-purpose-ok"), Entry(entry.address, entry.index, Purpose.SUSPENSION)
    )
    with pytest.raises(Doubt):
        status.raised_in(listed("single-purpose-fail"), entry)


def test_a_published_list_that_is_too_short_is_refused():
    (entry,) = status.entries_of(LISTS["sl-encoded-list-short-fail"])

    with pytest.raises(Doubt):
        status.raised_in(listed("short-encoded-list-fail"), entry)


def test_the_list_in_the_recommendation_is_of_the_shortest_length_and_nobody_is_raised():
    text = LISTS["example of the recommendation"]["credentialSubject"]["encodedList"]

    assert status.decoded(text) == status.bits([])
    with pytest.raises(Doubt):
        status.decoded(text[1:])
