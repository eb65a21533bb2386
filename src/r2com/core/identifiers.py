"""Identifiers that sort by time and say nothing else (RFC 9562, section 5.7)."""

import os
import time
from uuid import UUID


def new_id() -> UUID:
    """A version 7 UUID: 48 bits of Unix milliseconds, then random bits.

    Used for every row, so that nothing public is ever a row number.
    """
    return at_moment(time.time_ns() // 1_000_000, os.urandom(10))


def at_moment(milliseconds: int, randomness: bytes) -> UUID:
    """The version 7 UUID for a moment (ms since 1970) and ten random bytes."""
    value = (milliseconds & (1 << 48) - 1) << 80 | int.from_bytes(randomness[:10], "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    return UUID(int=value & ~(0b11 << 62) | 0b10 << 62)
