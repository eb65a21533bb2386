"""The trail's own key: 32 bytes in the keys folder that sign what the trail says of itself.

Ed25519 (RFC 8032) signs checkpoints, which anybody with the public half can check. HMAC-SHA-256
(RFC 2104), under a key derived from the same bytes, binds entries that no checkpoint covers yet.
Whoever has a database without the keys folder can make neither.
"""

import hmac
import os
from base64 import b64decode, b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

NAME = "trail.key"
LENGTH = 32
ORIGIN = "r2com/trail"
ED25519 = b"\x01"
PURPOSE = b"r2com trail: bind entries, version 1"


class NoTrailKey(Exception):
    """The keys folder holds no usable key of the trail."""


def make() -> None:
    """Make the key once, whole or not at all. An existing one is never replaced."""
    path = settings.KEYS / NAME
    if path.exists():
        return
    settings.KEYS.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_name(f".{NAME}.{os.getpid()}")
    handle = os.open(fresh, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o400)
    with os.fdopen(handle, "wb") as file:
        file.write(os.urandom(LENGTH))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(fresh, path)
    except FileExistsError:
        pass  # somebody else was first, and theirs counts
    finally:
        fresh.unlink()


def bind(*parts: bytes) -> bytes:
    """32 bytes that only the keys folder can make for these parts, each framed by its length."""
    framed = b"".join(len(part).to_bytes(4, "big") + part for part in parts)
    return hmac.digest(_binding(_path()), framed, "sha256")


def is_bound(bound: bytes, *parts: bytes) -> bool:
    return hmac.compare_digest(bytes(bound), bind(*parts))


def sign(text: str) -> str:
    """A signed note (C2SP signed-note): the text, an empty line, and the line of our signature."""
    signature = _private(_path()).sign(text.encode())
    line = b64encode(key_id(public()) + signature).decode()
    return f"{text}\n— {ORIGIN} {line}\n"


def opened(note: str, *keys: bytes) -> str | None:
    """The text of a note that one of these public keys signed; None for any other note."""
    text, found, lines = note.rpartition("\n\n")
    if not found:
        return None
    text += "\n"
    signed = any(_is_ours(line, text, key) for line in lines.splitlines() for key in keys)
    return text if signed else None


def public() -> bytes:
    """The public half of the key, 32 bytes."""
    return _private(_path()).public_key().public_bytes_raw()


def verifier(key: bytes) -> str:
    """A public key as text for whoever checks (C2SP: name, key id, kind and key)."""
    return f"{ORIGIN}+{key_id(key).hex()}+{b64encode(ED25519 + key).decode()}"


def key_id(key: bytes) -> bytes:
    """Four bytes that say which key signed (C2SP signed-note)."""
    return sha256(f"{ORIGIN}\n".encode() + ED25519 + key).digest()[:4]


def _is_ours(line: str, text: str, key: bytes) -> bool:
    """Exactly our line: base64 leaves bits unused at its end, and those may not be changed, either."""
    start = f"— {ORIGIN} "
    if not line.startswith(start):
        return False
    said = line.removeprefix(start)
    try:
        signature = b64decode(said, validate=True)
        Ed25519PublicKey.from_public_bytes(key).verify(signature[4:], text.encode())
    except (ValueError, InvalidSignature):
        return False
    return signature[:4] == key_id(key) and b64encode(signature).decode() == said


def _path() -> Path:
    return settings.KEYS / NAME


@cache
def _seed(path: Path) -> bytes:
    if not path.exists():
        make()
    seed = path.read_bytes()
    if len(seed) != LENGTH:
        raise NoTrailKey(f"The key of the trail at {path} is broken. Bring it back from its backup.")
    return seed


@cache
def _private(path: Path) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(_seed(path))


@cache
def _binding(path: Path) -> bytes:
    return hmac.digest(_seed(path), PURPOSE, "sha256")
