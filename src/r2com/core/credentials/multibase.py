"""Bytes as text (multibase): base58-btc with a `z` before it, base64url with a `u`; and Ed25519 Multikeys.

Source: W3C, Controlled Identifiers v1.0, sections 2.2.2 (Multikey) and 2.4 (Multibase).
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
VALUES = {letter: value for value, letter in enumerate(ALPHABET)}
PUBLIC_KEY = b"\xed\x01"
PRIVATE_KEY = b"\x80\x26"
LONGEST = 200


def base58(data: bytes) -> str:
    """`z` and the base58-btc form. Leading zero bytes become leading ones."""
    number, text = int.from_bytes(data, "big"), ""
    while number:
        number, rest = divmod(number, 58)
        text = ALPHABET[rest] + text
    zeros = len(data) - len(data.lstrip(b"\x00"))
    return "z" + "1" * zeros + text


def from_base58(text: str) -> bytes:
    """The bytes behind `z…`. Raises ValueError for any other letter, and above 200 letters."""
    if not text.startswith("z") or len(text) > LONGEST:
        raise ValueError("not base58-btc")
    number, digits = 0, text[1:]
    for letter in digits:
        if letter not in VALUES:
            raise ValueError("not base58-btc")
        number = number * 58 + VALUES[letter]
    zeros = len(digits) - len(digits.lstrip("1"))
    return b"\x00" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")


def base64url(data: bytes) -> str:
    """`u` and the base64url form, without padding."""
    return "u" + urlsafe_b64encode(data).decode("ascii").rstrip("=")


def from_base64url(text: str) -> bytes:
    """The bytes behind `u…`. Raises ValueError when it is not exactly how these bytes are written."""
    if not text.startswith("u"):
        raise ValueError("not base64url")
    try:
        data = urlsafe_b64decode(text[1:] + "=" * (-len(text[1:]) % 4))
    except (Error, UnicodeEncodeError) as bad:
        raise ValueError("not base64url") from bad
    if base64url(data) != text:
        raise ValueError("not base64url")
    return data


def multikey(public: bytes) -> str:
    """A public Ed25519 key (32 bytes) as Multikey, `z6Mk…`."""
    return base58(PUBLIC_KEY + public)


def from_multikey(text: str) -> bytes:
    """The 32 bytes of a public Ed25519 key. Raises ValueError for any other kind of key."""
    held = from_base58(text)
    if len(held) != 34 or not held.startswith(PUBLIC_KEY):
        raise ValueError("not an Ed25519 key")
    return held[2:]


def from_secret_multikey(text: str) -> bytes:
    """The 32 bytes of a private Ed25519 key, `z3u2…`."""
    held = from_base58(text)
    if len(held) != 34 or not held.startswith(PRIVATE_KEY):
        raise ValueError("not an Ed25519 key")
    return held[2:]
