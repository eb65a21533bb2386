"""Why something cannot be relied on: one word for each reason. What a reader is told lies with the pages."""

from enum import StrEnum


class Why(StrEnum):
    """Every reason a check can give. `FINE` and what follows it is said when nothing is wrong."""

    FINE = "fine"
    NO_STATUS = "no_status"
    KEY_ALONE = "key_alone"
    NOT_JSON = "not_json"
    TOO_LARGE = "too_large"
    NO_CREDENTIAL = "no_credential"
    NOT_LINKED_DATA = "not_linked_data"
    UNKNOWN_WORDS = "unknown_words"
    NOT_COVERED = "not_covered"
    TOO_MUCH = "too_much"
    MISSING = "missing"
    MISSHAPEN = "misshapen"
    DATES_CROSSED = "dates_crossed"
    OTHER_KIND = "other_kind"
    NO_PROOF = "no_proof"
    OTHER_PROOF = "other_proof"
    NO_KEY = "no_key"
    WRONG_SIGNATURE = "wrong_signature"
    OTHER_ISSUER = "other_issuer"
    ISSUER_AWAY = "issuer_away"
    KEY_WITHDRAWN = "key_withdrawn"
    TOO_EARLY = "too_early"
    OVER = "over"
    REVOKED = "revoked"
    SUSPENDED = "suspended"
    LIST_AWAY = "list_away"
    LIST_BROKEN = "list_broken"
    NOT_REACHED = "not_reached"


class Doubt(Exception):
    """Something is not as it must be. `why` says what; `where` is the place in the document, if any."""

    def __init__(self, why: Why, where: str = "") -> None:
        super().__init__(f"{why}: {where}" if where else str(why))
        self.why, self.where = why, where


class NotACredential(Doubt):
    """What was given cannot be read as a credential."""


class NotCovered(Doubt):
    """Something stands in the document that no signature could cover, so anybody could have put it there."""


class TooMuch(Doubt):
    """Working this out would take longer than any honest credential needs."""


class UnknownVocabulary(Doubt):
    """The document speaks a vocabulary that is not among the pinned ones."""
