"""Putting a credential together: an achievement of somebody, as Open Badges 3.0 says it.

Source: 1EdTech, Open Badges 3.0, appendix B (data model); W3C, Verifiable Credentials Data Model v2.0.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .contexts import CREDENTIALS, OPEN_BADGES
from .moments import stamp
from .status import Entry


@dataclass(frozen=True)
class Issuer:
    """The house that gives credentials."""

    did: str
    name: str
    url: str = ""


@dataclass(frozen=True)
class Achievement:
    """What is certified, and what had to be done for it."""

    id: str
    name: str
    description: str
    criteria: str
    kind: str = "Certification"


@dataclass(frozen=True)
class Given:
    """One credential for one person. `holder` is the name as the person writes it; `id` names nobody."""

    id: str
    holder: str
    achievement: Achievement
    valid_from: datetime
    valid_until: datetime | None = None
    statuses: Sequence[Entry] = ()
    instead_of: str = ""


def credential(given: Given, issuer: Issuer) -> dict[str, Any]:
    """An achievement credential without its proof."""
    document: dict[str, Any] = {
        "@context": [CREDENTIALS, OPEN_BADGES],
        "id": given.id,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": given.achievement.name,
        "issuer": profile(issuer),
        "validFrom": stamp(given.valid_from),
        "credentialSubject": _subject(given),
    }
    if given.valid_until:
        document["validUntil"] = stamp(given.valid_until)
    if given.statuses:
        document["credentialStatus"] = _statuses(given.statuses)
    return document


def _statuses(entries: Sequence[Entry]) -> dict[str, str] | list[dict[str, str]]:
    """One place stands alone: 1EdTech's schema knows only that form. W3C's data model knows both."""
    written = [entry.as_json() for entry in entries]
    return written[0] if len(written) == 1 else written


def profile(issuer: Issuer) -> dict[str, Any]:
    """The house as a credential names it."""
    named: dict[str, Any] = {"id": issuer.did, "type": ["Profile"], "name": issuer.name}
    return named | ({"url": issuer.url} if issuer.url else {})


def _subject(given: Given) -> dict[str, Any]:
    achievement = given.achievement
    described: dict[str, Any] = {
        "id": achievement.id,
        "type": ["Achievement"],
        "achievementType": achievement.kind,
        "name": achievement.name,
        "description": achievement.description,
        "criteria": {"narrative": achievement.criteria},
    }
    if given.instead_of:
        described["related"] = [{"id": given.instead_of, "type": ["Related"]}]
    return {
        "type": ["AchievementSubject"],
        "identifier": [
            {
                "type": "IdentityObject",
                "identityType": "name",
                "hashed": False,
                "identityHash": given.holder,
            }
        ],
        "achievement": described,
    }
