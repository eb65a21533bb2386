"""Seal and open text and files: AES-256-GCM, bound to its place, padded to hide its length.

A sealed value is `version (1) | algorithm (1) | key id (16) | nonce (12) | ciphertext and tag`. The
associated data names owner, model, field and row, so that a ciphertext cannot be moved to another
person, field or row (NIST SP 800-38D; padding after Nikitin et al. 2019, PADME, section 4).
"""

import os
from uuid import UUID

from cryptography.exceptions import InvalidTag

from . import keyring

HEAD = b"\x01\x01"
NONCE = 12
KEY_ID = slice(2, 18)
VERSION, UUID_LENGTH = b"\0\x011", b"\0\x10"


class Tampered(Exception):
    """The sealed value was altered, moved, or sealed under another key."""


def seal(text: str, kind: str, owner: UUID, place: str) -> bytes:
    """Seal a text for an owner at a place such as `people.person.name:<row>`."""
    return seal_bytes(text.encode(), kind, owner, place)


def seal_bytes(plain: bytes, kind: str, owner: UUID, place: str) -> bytes:
    """Seal bytes the same way, such as a piece of a file."""
    key, cipher = keyring.cipher(kind, owner)
    nonce = os.urandom(NONCE)
    return HEAD + key.bytes + nonce + cipher.encrypt(nonce, pad(plain), _bound(kind, owner, place))


def open_sealed(sealed: bytes, kind: str, owner: UUID, place: str) -> str:
    """The text again. Raises Tampered, or keyring.NoKey when its key is gone."""
    return open_bytes(sealed, kind, owner, place).decode()


def open_bytes(sealed: bytes, kind: str, owner: UUID, place: str) -> bytes:
    """The bytes again. Raises Tampered, or keyring.NoKey when its key is gone."""
    key, cipher = keyring.cipher(kind, owner)
    if sealed[:2] != HEAD or sealed[KEY_ID] != key.bytes:
        raise Tampered(place)
    body = sealed[18:]
    try:
        padded = cipher.decrypt(body[:NONCE], body[NONCE:], _bound(kind, owner, place))
    except InvalidTag as fault:
        raise Tampered(place) from fault
    return unpad(padded)


def pad(plain: bytes) -> bytes:
    """Length (4 bytes), the bytes, then zeros up to the next PADME bucket (at most 12 % more)."""
    framed = len(plain).to_bytes(4, "big") + plain
    return framed.ljust(bucket(max(len(framed), 32)), b"\0")


def unpad(padded: bytes) -> bytes:
    return padded[4 : 4 + int.from_bytes(padded[:4], "big")]


def bucket(length: int) -> int:
    """The smallest PADME length that holds `length` bytes."""
    exponent = length.bit_length() - 1
    free = exponent - exponent.bit_length()
    mask = (1 << max(free, 0)) - 1
    return (length + mask) & ~mask


def _bound(kind: str, owner: UUID, place: str) -> bytes:
    """Each part with its length before it: the version, whose key, and where."""
    who, where = kind.encode(), place.encode()
    framed = (VERSION, _length(who), who, UUID_LENGTH, owner.bytes, _length(where), where)
    return b"".join(framed)


def _length(part: bytes) -> bytes:
    return len(part).to_bytes(2, "big")
