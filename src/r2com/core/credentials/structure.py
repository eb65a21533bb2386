"""The structural rules of W3C, Verifiable Credentials Data Model v2.0, section 4: what each one must have.

A signature says nothing about them. Most broken credentials are signed correctly.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from .contexts import CREDENTIALS
from .moments import moment
from .refusing import Why

ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
Fault = tuple[Why, str]
MUST_HAVE_KIND = ("credentialStatus", "credentialSchema", "evidence", "termsOfUse", "refreshService")
MUST_HAVE_ADDRESS = ("credentialSchema", "refreshService")


def faults(document: Mapping[str, Any]) -> list[Fault]:
    """Everything that is wrong with the shape of a credential, each with its place. Never raises."""
    return [
        *_vocabularies(document),
        *_kind(document),
        *_names(document),
        *_issuer(document.get("issuer")),
        *_subject(document.get("credentialSubject")),
        *_days(document),
        *_parts(document),
        *_proof(document.get("proof")),
    ]


def _vocabularies(document: Mapping[str, Any]) -> Iterator[Fault]:
    contexts = document.get("@context")
    if not isinstance(contexts, list) or not contexts:
        yield Why.MISSING, "@context"
    elif contexts[0] != CREDENTIALS or len(set(map(str, contexts))) != len(contexts):
        yield Why.MISSHAPEN, "@context"


def _kind(document: Mapping[str, Any]) -> Iterator[Fault]:
    kinds = _list(document.get("type"))
    if "VerifiableCredential" not in kinds:
        yield Why.MISSING, "type"
    if len(set(map(str, kinds))) != len(kinds):
        yield Why.MISSHAPEN, "type"


def _names(document: Mapping[str, Any]) -> Iterator[Fault]:
    if "id" in document and not is_address(document["id"]):
        yield Why.MISSHAPEN, "id"
    for key in ("name", "description"):
        if key in document and not all(_is_text(entry) for entry in _list(document[key])):
            yield Why.MISSHAPEN, key


def _issuer(issuer: Any) -> Iterator[Fault]:
    if issuer is None:
        yield Why.MISSING, "issuer"
    elif not is_address(issuer.get("id") if isinstance(issuer, dict) else issuer):
        yield Why.MISSHAPEN, "issuer"


def _subject(subjects: Any) -> Iterator[Fault]:
    if not _list(subjects):
        yield Why.MISSING, "credentialSubject"
    for subject in _list(subjects):
        if not isinstance(subject, dict) or not subject:
            yield Why.MISSHAPEN, "credentialSubject"
        elif "id" in subject and not is_address(subject["id"]):
            yield Why.MISSHAPEN, "credentialSubject/id"


def _days(document: Mapping[str, Any]) -> Iterator[Fault]:
    for key in ("validFrom", "validUntil"):
        if key in document and moment(document[key]) is None:
            yield Why.MISSHAPEN, key
    begins, ends = moment(document.get("validFrom")), moment(document.get("validUntil"))
    if begins and ends and begins > ends:
        yield Why.DATES_CROSSED, "validUntil"


def _parts(document: Mapping[str, Any]) -> Iterator[Fault]:
    for key in MUST_HAVE_KIND:
        for part in _list(document.get(key, [])):
            if not isinstance(part, dict) or not _is_kind(part.get("type")):
                yield Why.MISSHAPEN, key
            elif ("id" in part or key in MUST_HAVE_ADDRESS) and not is_address(part.get("id")):
                yield Why.MISSHAPEN, f"{key}/id"


def _proof(proof: Any) -> Iterator[Fault]:
    if not _list(proof):
        yield Why.NO_PROOF, "proof"
    for entry in _list(proof):
        if not isinstance(entry, dict):
            yield Why.MISSHAPEN, "proof"
        elif "created" in entry and moment(entry["created"]) is None:
            yield Why.MISSHAPEN, "proof/created"


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def is_address(value: Any) -> bool:
    """Whether a value is a whole address (URL), as every id must be."""
    return isinstance(value, str) and ADDRESS.fullmatch(value) is not None


def _is_kind(value: Any) -> bool:
    """Whether a value names at least one kind, and nothing else."""
    return bool(_list(value)) and all(isinstance(kind, str) for kind in _list(value))


def _is_text(value: Any) -> bool:
    """A text, or a text with its language (VCDM 2.0, section 11.1)."""
    if isinstance(value, dict):
        return isinstance(value.get("@value"), str) and value.keys() <= {"@value", "@language", "@direction"}
    return isinstance(value, str)
