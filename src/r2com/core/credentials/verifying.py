"""Checking a credential: six separate checks, and one plain verdict.

    report = verify(document, at=moment, sources=sources)
    report.verdict              # valid, expired, suspended, revoked, altered, cannot tell
    report.check(Step.PROOF)    # passed, failed or unknown, and why

Nothing is fetched here: `sources` gives the issuer's document and the status lists, or None where they cannot
be had, and then the answer is "cannot tell", never "valid".
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from . import identifiers, schema, status, structure
from .moments import moment
from .proofs import must_be_signed, proof_of
from .refusing import Doubt, Why


class Step(StrEnum):
    """What is looked at, each for itself."""

    STRUCTURE = "structure"
    SCHEMA = "schema"
    PROOF = "proof"
    DATES = "dates"
    STATUS = "status"
    ISSUER = "issuer"


class Outcome(StrEnum):
    PASSED = "passed"
    FAILED = "failed"
    UNKNOWN = "unknown"


class Verdict(StrEnum):
    """What a stranger is told."""

    VALID = "valid"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    ALTERED = "altered"
    CANNOT_TELL = "cannot tell"


@dataclass(frozen=True)
class Check:
    step: Step
    outcome: Outcome
    why: Why = Why.FINE
    where: str = ""


@dataclass(frozen=True)
class Report:
    """The six checks in order, and what they come to."""

    checks: tuple[Check, ...]

    def check(self, step: Step) -> Check:
        return next(check for check in self.checks if check.step == step)

    @property
    def verdict(self) -> Verdict:
        return _verdict({check.step: check for check in self.checks})


class Sources(Protocol):
    """Where documents that a credential points to come from. None: it cannot be had now."""

    def issuer(self, did: str) -> Mapping[str, Any] | None: ...

    def status_list(self, address: str) -> Mapping[str, Any] | None: ...


class Nothing:
    """Without a network: a `did:key` speaks for itself, everything else cannot be had."""

    def issuer(self, did: str) -> Mapping[str, Any] | None:
        return None

    def status_list(self, address: str) -> Mapping[str, Any] | None:
        return None


def verify(document: Mapping[str, Any], *, at: datetime, sources: Sources) -> Report:
    """Check a credential that was read with `reading.read`. Never raises for what is in it."""
    issuer, key = _issuer(document, at, sources)
    return Report(
        (
            _of(Step.STRUCTURE, structure.faults(document)),
            _of(Step.SCHEMA, schema.faults(document)),
            _proof(document, key),
            _dates(document, at),
            _status(document, at, sources),
            issuer,
        )
    )


def unreadable(doubt: Doubt) -> Report:
    """The report on something that is no credential at all."""
    first = Check(Step.STRUCTURE, Outcome.FAILED, doubt.why, doubt.where)
    rest = [Check(step, Outcome.UNKNOWN, Why.NOT_REACHED) for step in Step if step != Step.STRUCTURE]
    return Report((first, *rest))


def _of(step: Step, faults: Iterable[structure.Fault]) -> Check:
    for why, where in faults:
        return Check(step, Outcome.FAILED, why, where)
    return Check(step, Outcome.PASSED)


def named_issuer(document: Mapping[str, Any]) -> str:
    """The identifier of who is said to have issued a document; empty when none is named."""
    issuer = document.get("issuer")
    did = issuer.get("id") if isinstance(issuer, dict) else issuer
    return did if isinstance(did, str) else ""


def _issuer(document: Mapping[str, Any], at: datetime, sources: Sources) -> tuple[Check, bytes | None]:
    """Whether the key belongs to who is named as the issuer, and the key."""
    did = named_issuer(document)
    try:
        method = proof_of(document)["verificationMethod"]
        if did and not did.startswith("did:"):
            return Check(Step.ISSUER, Outcome.UNKNOWN, Why.ISSUER_AWAY, did[:100]), None
        if method.split("#")[0] != did:
            return Check(Step.ISSUER, Outcome.FAILED, Why.OTHER_ISSUER), None
        if did.startswith(identifiers.KEY):
            key = identifiers.key_in(identifiers.document_of_key(did), did, method, at=at)
            return Check(Step.ISSUER, Outcome.PASSED, Why.KEY_ALONE), key
        published = sources.issuer(did)
        if published is None:
            return Check(Step.ISSUER, Outcome.UNKNOWN, Why.ISSUER_AWAY), None
        key = identifiers.key_in(published, did, method, at=at)
    except Doubt as doubt:
        outcome = Outcome.UNKNOWN if doubt.why in (Why.NO_PROOF, Why.OTHER_PROOF) else Outcome.FAILED
        return Check(Step.ISSUER, outcome, doubt.why, doubt.where), None
    return Check(Step.ISSUER, Outcome.PASSED), key


CANNOT_CHECK = (
    Why.OTHER_PROOF,
    Why.NO_PROOF,
    Why.NO_CREDENTIAL,
    Why.UNKNOWN_WORDS,
    Why.NOT_LINKED_DATA,
    Why.TOO_MUCH,
    Why.MISSHAPEN,
)


def _proof(document: Mapping[str, Any], key: bytes | None) -> Check:
    """Whether what stands there is what was signed, to the letter."""
    try:
        proof_of(document)
        if key is None:
            return Check(Step.PROOF, Outcome.UNKNOWN, Why.NO_KEY)
        must_be_signed(document, key)
    except Doubt as doubt:
        outcome = Outcome.UNKNOWN if doubt.why in CANNOT_CHECK else Outcome.FAILED
        return Check(Step.PROOF, outcome, doubt.why, doubt.where)
    return Check(Step.PROOF, Outcome.PASSED)


def _dates(document: Mapping[str, Any], at: datetime) -> Check:
    begins, ends = moment(document.get("validFrom")), moment(document.get("validUntil"))
    if ("validFrom" in document and not begins) or ("validUntil" in document and not ends):
        return Check(Step.DATES, Outcome.UNKNOWN, Why.MISSHAPEN)
    if begins and at < begins:
        return Check(Step.DATES, Outcome.UNKNOWN, Why.TOO_EARLY)
    if ends and at >= ends:
        return Check(Step.DATES, Outcome.FAILED, Why.OVER)
    return Check(Step.DATES, Outcome.PASSED)


def _status(document: Mapping[str, Any], at: datetime, sources: Sources) -> Check:
    """What the lists say: revoked before suspended, and "cannot tell" where one list cannot be read."""
    try:
        entries = status.entries_of(document)
    except Doubt as doubt:
        return Check(Step.STATUS, Outcome.UNKNOWN, doubt.why)
    if not entries:
        return Check(Step.STATUS, Outcome.PASSED, Why.NO_STATUS)
    found = [_in_list(document, entry, at, sources) for entry in entries]
    for why in (Why.REVOKED, Why.SUSPENDED, Why.LIST_BROKEN, Why.LIST_AWAY):
        if why in found:
            outcome = Outcome.FAILED if why in (Why.REVOKED, Why.SUSPENDED) else Outcome.UNKNOWN
            return Check(Step.STATUS, outcome, why)
    return Check(Step.STATUS, Outcome.PASSED)


def _in_list(document: Mapping[str, Any], entry: status.Entry, at: datetime, sources: Sources) -> Why:
    listed = sources.status_list(entry.address)
    if listed is None:
        return Why.LIST_AWAY
    if not is_genuine_list(listed, named_issuer(document), at, sources):
        return Why.LIST_BROKEN
    try:
        raised = status.raised_in(listed, entry)
    except Doubt as doubt:
        return doubt.why
    if not raised:
        return Why.FINE
    return Why.REVOKED if entry.purpose == status.Purpose.REVOCATION else Why.SUSPENDED


def is_genuine_list(listed: Mapping[str, Any], did: str, at: datetime, sources: Sources) -> bool:
    """Whether a list is signed by the same issuer, well made and not out of date."""
    issuer, key = _issuer(listed, at, sources)
    checks = [
        _of(Step.STRUCTURE, structure.faults(listed)),
        _proof(listed, key),
        _dates(listed, at),
        issuer,
    ]
    return named_issuer(listed) == did and all(check.outcome == Outcome.PASSED for check in checks)


def _verdict(checks: Mapping[Step, Check]) -> Verdict:
    """A refusal that is certain comes first; anything that could not be checked is never called valid."""
    proof, issuer = checks[Step.PROOF], checks[Step.ISSUER]
    if proof.outcome == Outcome.FAILED or issuer.why == Why.OTHER_ISSUER:
        return Verdict.ALTERED
    firm = (Step.STRUCTURE, Step.SCHEMA, Step.PROOF, Step.ISSUER)
    if any(checks[step].outcome != Outcome.PASSED for step in firm):
        return Verdict.CANNOT_TELL
    told = {Why.REVOKED: Verdict.REVOKED, Why.SUSPENDED: Verdict.SUSPENDED}.get(checks[Step.STATUS].why)
    if told:
        return told
    if checks[Step.DATES].outcome == Outcome.FAILED:
        return Verdict.EXPIRED
    later = (checks[Step.DATES], checks[Step.STATUS])
    return Verdict.VALID if all(check.outcome == Outcome.PASSED for check in later) else Verdict.CANNOT_TELL
