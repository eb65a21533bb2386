"""Signing and checking a signature: `eddsa-rdfc-2022`.

Source: W3C, Data Integrity EdDSA Cryptosuites v1.0, section 3.2. The signed bytes are SHA-256 of the
canonical proof options, then SHA-256 of the canonical document without its proof; 64 bytes together.
"""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from . import keys
from .canonical import canonical
from .moments import stamp
from .multibase import base58, from_base58
from .refusing import Doubt, Why

SUITE = "eddsa-rdfc-2022"
PURPOSE = "assertionMethod"


def signed(document: Mapping[str, Any], *, private: bytes, method: str, at: datetime) -> dict[str, Any]:
    """The document with its proof. `method` names the key, `at` is when it was signed.

    Raises what `canonical` raises: a document that cannot be covered whole is not signed.
    """
    options = {
        "type": "DataIntegrityProof",
        "cryptosuite": SUITE,
        "created": stamp(at),
        "verificationMethod": method,
        "proofPurpose": PURPOSE,
    }
    value = keys.sign(private, signed_bytes(document, options))
    return {**document, "proof": {**options, "proofValue": base58(value)}}


def signed_bytes(document: Mapping[str, Any], options: Mapping[str, Any]) -> bytes:
    """The 64 bytes that are signed, of a document and its proof options; neither may hold a proof value."""
    described = {"@context": document.get("@context"), **options}
    return sha256(canonical(described)).digest() + sha256(canonical(document)).digest()


def proof_of(document: Mapping[str, Any]) -> dict[str, Any]:
    """The one proof of a document. Raises Doubt where there is none, several, or one of another kind."""
    proof = document.get("proof")
    if isinstance(proof, list) and len(proof) == 1:
        proof = proof[0]
    if not isinstance(proof, dict):
        raise Doubt(Why.OTHER_PROOF if proof else Why.NO_PROOF)
    kind = (proof.get("type"), proof.get("cryptosuite"), proof.get("proofPurpose"))
    if kind != ("DataIntegrityProof", SUITE, PURPOSE) or {"@context", "previousProof"} & proof.keys():
        raise Doubt(Why.OTHER_PROOF)
    if not isinstance(proof.get("verificationMethod"), str) or not isinstance(proof.get("proofValue"), str):
        raise Doubt(Why.NO_PROOF)
    return proof


def must_be_signed(document: Mapping[str, Any], public: bytes) -> None:
    """Raise Doubt unless this key signed exactly this document."""
    options = dict(proof_of(document))
    try:
        value = from_base58(options.pop("proofValue"))
    except ValueError:
        raise Doubt(Why.WRONG_SIGNATURE) from None
    unsigned = {key: entry for key, entry in document.items() if key != "proof"}
    if not keys.is_signed(public, signed_bytes(unsigned, options), value):
        raise Doubt(Why.WRONG_SIGNATURE)
