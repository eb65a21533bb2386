"""What an entry of the trail commits to: its words in one exact form, and the hash of that form.

Version 1 is the JSON text (RFC 8259) of the object with the keys below, in the order of the alphabet,
without spaces, everything beyond ASCII as \\u escapes, identifiers as 36 small letters, the moment in UTC
with six digits after the second. The leaf is SHA-256(0x00 ‖ that text) (RFC 6962, 2.1). An entry holds no
sealed words; a later version that does adds their SHA-256, never the words, so that a trail still
verifies after a key was destroyed.
"""

import json
from datetime import UTC
from typing import Any

from r2com.core import merkle

VERSION = 1
FIELDS = ("id", "name", "at", "by", "organisation", "case", "case_seq", "subject_kind", "subject", "facts")
IDENTIFIERS = ("id", "by", "organisation", "case", "subject")


def text(entry: dict[str, Any]) -> str:
    """The exact form of an entry, given as a mapping of FIELDS."""
    said = {field: entry[field] for field in FIELDS}
    said |= {field: str(said[field]) for field in IDENTIFIERS if said[field] is not None}
    said["at"] = said["at"].astimezone(UTC).isoformat(timespec="microseconds")
    return json.dumps({"v": VERSION, **said}, sort_keys=True, separators=(",", ":"))


def leaf(entry: dict[str, Any]) -> bytes:
    return merkle.leaf_hash(text(entry).encode())
