"""Finding sealed names: keyed, shortened fingerprints of what somebody may type.

Each organisation has its own key, each fingerprint is 24 bits, and none rests on a surname alone:
a thief with the data but not the keys learns little from how often one occurs.
"""

import hmac
import time
import unicodedata
from datetime import date
from hashlib import sha256
from uuid import UUID

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from . import keyring
from .models import DataKey, Owner

BITS = 24


def fingerprints(organisation: UUID, name: str, born: date | None) -> set[int]:
    """The fingerprints under which a person can be found again."""
    words = plain(name).split()
    if not words:
        return set()
    first, last = words[0], words[-1]
    says = {
        "whole|" + " ".join(words),
        "whole|" + same(name),
        f"initial|{first[0]}|{sound(last)}",
    }
    if born:
        says |= {f"year|{sound(last)}|{born.year}", f"year|{sound(first)}|{born.year}"}
    key = _key(organisation)
    return {_shortened(key, text) for text in says}


def whole(organisation: UUID, name: str) -> int:
    """The one fingerprint of a whole name, in whatever order its words stand."""
    return _shortened(_key(organisation), "whole|" + same(name))


def same(name: str) -> str:
    """What two spellings of a name have in common that differ in nothing but order, accents and particles."""
    return " ".join(sorted(plain(name).split()))


def plain(name: str) -> str:
    """Lower case, without accents, punctuation and name particles."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    bare = bare.translate(str.maketrans("øłđðþæœßı", "olddpaosi"))
    words = "".join(c if c.isalnum() else " " for c in bare).split()
    return " ".join(word for word in words if word not in PARTICLES) or " ".join(words)


PARTICLES = {
    "de",
    "da",
    "do",
    "dos",
    "das",
    "e",
    "van",
    "von",
    "der",
    "den",
    "del",
    "della",
    "di",
    "la",
    "le",
    "el",
    "al",
    "bin",
    "ibn",
}
SOUNDS = {
    letter: code
    for code, letters in enumerate(("bfpv", "cgjkqsxz", "dt", "l", "mn", "r"), 1)
    for letter in letters
}


def sound(word: str) -> str:
    """First letter and the next consonant groups, after Soundex (Russell 1918): close spellings meet."""
    codes = [SOUNDS.get(letter, 0) for letter in word]
    kept = [code for before, code in zip([None, *codes], codes, strict=False) if code and code != before]
    return word[0] + "".join(map(str, kept[: 4 if codes[0] else 3]))


def _shortened(key: bytes, text: str) -> int:
    return int.from_bytes(hmac.digest(key, text.encode(), sha256)[:4], "big") >> (32 - BITS)


_kept: dict[UUID, tuple[float, bytes]] = {}


def _key(organisation: UUID) -> bytes:
    """The organisation's fingerprint key, derived from its data key (HKDF, RFC 5869). A rotation of what
    wraps the data key leaves it as it is, so that everybody is found as before."""
    until, key = _kept.get(organisation, (0.0, b""))
    if until < time.monotonic():
        keyring.make(Owner.ORGANISATION, organisation)
        found = DataKey.objects.select_related("epoch").get(kind=Owner.ORGANISATION, owner=organisation)
        key = HKDF(hashes.SHA256(), 32, salt=None, info=b"blind index").derive(keyring.unwrapped(found))
        _kept[organisation] = (time.monotonic() + keyring.KEPT_FOR, key)
    return key


def forget() -> None:
    """Drop every kept key from this process."""
    _kept.clear()
