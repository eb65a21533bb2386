"""Bitstring Status Lists: whether a credential was revoked or is suspended, one bit for each, told to nobody.

Source: W3C, Bitstring Status List v1.0. A list holds at least 131,072 places (16 KB), so that asking for
it does not tell which credential somebody holds. A place is drawn at random; nothing else stands in the list.
"""

import gzip
import zlib
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from secrets import randbelow
from typing import Any

from .contexts import CREDENTIALS
from .moments import stamp
from .multibase import base64url, from_base64url
from .refusing import Doubt, Why

SHORTEST = 131_072
LONGEST = 8 * 4 * 1024 * 1024
ENTRY = "BitstringStatusListEntry"
TTL = 300_000


class Purpose(StrEnum):
    """What a list tells. A revocation stays; a suspension can be lifted."""

    REVOCATION = "revocation"
    SUSPENSION = "suspension"


@dataclass(frozen=True)
class Entry:
    """The place of one credential in one list."""

    address: str
    index: int
    purpose: Purpose

    def as_json(self) -> dict[str, str]:
        return {
            "id": f"{self.address}#{self.index}",
            "type": ENTRY,
            "statusPurpose": str(self.purpose),
            "statusListIndex": str(self.index),
            "statusListCredential": self.address,
        }


def free_place(taken: Container[int], length: int = SHORTEST) -> int:
    """A place drawn at random among those nobody has. A list more than half full is followed by a new one."""
    for _ in range(1000):
        place = randbelow(length)
        if place not in taken:
            return place
    raise ValueError("the list is full")


def bits(raised: Iterable[int], length: int = SHORTEST) -> bytes:
    """A list with these places raised. Place 0 is the leftmost bit. Raises IndexError beyond the end."""
    held = bytearray(length // 8)
    for place in raised:
        if not 0 <= place < length:
            raise IndexError("there is no such place")
        held[place // 8] |= 0x80 >> place % 8
    return bytes(held)


def is_raised(held: bytes, place: int) -> bool:
    """Whether the bit at a place is 1. Raises IndexError beyond the end."""
    if not 0 <= place < len(held) * 8:
        raise IndexError("there is no such place")
    return bool(held[place // 8] & 0x80 >> place % 8)


def encoded(held: bytes) -> str:
    """A list as it is published: GZIP, then base64url with `u`; the same list is always the same text."""
    return base64url(gzip.compress(held, mtime=0))


def decoded(text: Any) -> bytes:
    """The list behind `encodedList`. Raises Doubt when it is broken, too short, or would grow without end."""
    try:
        packed = from_base64url(text) if isinstance(text, str) else b""
        unpacking = zlib.decompressobj(wbits=31)
        held = unpacking.decompress(packed, LONGEST // 8 + 1)
    except (ValueError, zlib.error):
        raise Doubt(Why.LIST_BROKEN) from None
    if not unpacking.eof or unpacking.unused_data or not SHORTEST <= len(held) * 8 <= LONGEST:
        raise Doubt(Why.LIST_BROKEN)
    return held


def list_credential(
    address: str, *, issuer: str, purpose: Purpose, held: bytes, at: datetime, until: datetime
) -> dict[str, Any]:
    """The list as a credential without its proof, to be published at `address` until it is made anew."""
    return {
        "@context": [CREDENTIALS],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer,
        "validFrom": stamp(at),
        "validUntil": stamp(until),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": str(purpose),
            "encodedList": encoded(held),
            "ttl": TTL,
        },
    }


def entries_of(document: Mapping[str, Any]) -> list[Entry]:
    """The places a credential names. Raises Doubt for any way of telling a status that we do not read."""
    named = document.get("credentialStatus", [])
    return [_entry(entry) for entry in (named if isinstance(named, list) else [named])]


def _entry(entry: Any) -> Entry:
    try:
        if entry["type"] not in (ENTRY, [ENTRY]) or int(entry.get("statusSize", 1)) != 1:
            raise Doubt(Why.LIST_AWAY)
        index = str(entry["statusListIndex"])
        if not index.isascii() or not index.isdigit() or len(index) > 10:
            raise Doubt(Why.LIST_BROKEN)
        return Entry(str(entry["statusListCredential"]), int(index), Purpose(entry["statusPurpose"]))
    except (KeyError, TypeError, ValueError, AttributeError):
        raise Doubt(Why.LIST_AWAY) from None


def raised_in(listed: Mapping[str, Any], entry: Entry) -> bool:
    """Whether a list found to be genuine has this place raised. Raises Doubt when it is another list."""
    subject = listed.get("credentialSubject")
    if not isinstance(subject, dict) or listed.get("id", entry.address) != entry.address:
        raise Doubt(Why.LIST_BROKEN)
    purposes = subject.get("statusPurpose")
    if entry.purpose not in (purposes if isinstance(purposes, list) else [purposes]):
        raise Doubt(Why.LIST_BROKEN)
    try:
        return is_raised(decoded(subject.get("encodedList")), entry.index)
    except IndexError:
        raise Doubt(Why.LIST_BROKEN) from None
