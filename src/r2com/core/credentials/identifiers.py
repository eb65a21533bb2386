"""Who signs: `did:web` for a house with a domain, `did:key` where there is none.

Sources: W3C CCG, did:web method (the address of the document); W3C CCG, did:key method, section 3.1;
W3C, Controlled Identifiers v1.0, section 2.2 (verification methods).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote, unquote

from .moments import moment, stamp
from .multibase import from_multikey, multikey
from .refusing import Doubt, Why

KEY = "did:key:"
WEB = "did:web:"
HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?")
SEGMENT = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*")
KINDS = ("Multikey", "Ed25519VerificationKey2020")
DOCUMENT_CONTEXTS = ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"]


@dataclass(frozen=True)
class PublishedKey:
    """A public key an issuer stands by; from `revoked` on nothing signed with it is believed."""

    public: bytes
    revoked: datetime | None = None


def did_key(public: bytes) -> str:
    """The identifier that is the key itself."""
    return KEY + multikey(public)


def did_web(host: str, *path: str) -> str:
    """The identifier of a house: its host, with a port where there is one, and the folder of its document."""
    if not HOST.fullmatch(host) or not all(SEGMENT.fullmatch(part) for part in path):
        raise ValueError("not a host and path that can be an issuer")
    return WEB + ":".join([quote(host, safe=""), *path])


def method_of(did: str, public: bytes) -> str:
    """The name of one key of an issuer, as a signature names it: always after the key itself."""
    return f"{did}#{multikey(public)}"


def document(did: str, keys: Iterable[PublishedKey]) -> dict[str, Any]:
    """What is published under an identifier: every key ever used, so that what was signed stays readable."""
    methods = [_method(did, key) for key in keys]
    return {
        "@context": DOCUMENT_CONTEXTS,
        "id": did,
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }


def _method(did: str, key: PublishedKey) -> dict[str, str]:
    method = {
        "id": method_of(did, key.public),
        "type": "Multikey",
        "controller": did,
        "publicKeyMultibase": multikey(key.public),
    }
    return method | ({"revoked": stamp(key.revoked)} if key.revoked else {})


def document_of_key(did: str) -> dict[str, Any]:
    """The document that a `did:key` stands for. Raises Doubt when it is not an Ed25519 key."""
    try:
        public = from_multikey(did.removeprefix(KEY))
    except ValueError:
        raise Doubt(Why.NO_KEY) from None
    return document(did, [PublishedKey(public)])


def address_of(did: str) -> str:
    """Where the document of a `did:web` lies. Raises Doubt when it names no host."""
    host, *path = (unquote(part) for part in did.removeprefix(WEB).split(":"))
    if not did.startswith(WEB) or not HOST.fullmatch(host) or not all(map(SEGMENT.fullmatch, path)):
        raise Doubt(Why.ISSUER_AWAY, did[:100])
    folder = "/".join(path) if path else ".well-known"
    return f"https://{host}/{folder}/did.json"


def key_in(published: Mapping[str, Any], did: str, method: str, *, at: datetime) -> bytes:
    """The key that `method` names, if this issuer stands by it for assertions. Raises Doubt otherwise."""
    if published.get("id") != did:
        raise Doubt(Why.OTHER_ISSUER)
    found = _named(published, method)
    if not found or found.get("type") not in KINDS or found.get("controller") != did:
        raise Doubt(Why.NO_KEY)
    for end in ("revoked", "expires"):
        if end in found and not _is_later(found[end], at):
            raise Doubt(Why.KEY_WITHDRAWN)
    try:
        return from_multikey(str(found.get("publicKeyMultibase")))
    except ValueError:
        raise Doubt(Why.NO_KEY) from None


def _named(published: Mapping[str, Any], method: str) -> Mapping[str, Any] | None:
    """The entry of a key that stands under assertionMethod, by reference or in full."""
    asserting = _list(published.get("assertionMethod"))
    in_full = [entry for entry in asserting if isinstance(entry, dict) and entry.get("id") == method]
    if in_full:
        return in_full[0]
    if method not in asserting:
        return None
    listed = _list(published.get("verificationMethod"))
    return next((entry for entry in listed if isinstance(entry, dict) and entry.get("id") == method), None)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _is_later(text: Any, at: datetime) -> bool:
    end = moment(text)
    return end is not None and end > at
