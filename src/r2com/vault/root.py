"""The root key: a private file in the keys folder that wraps every data key."""

import os
from functools import cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NAME = "root.key"
NONCE = 12


class NoRootKey(Exception):
    """The keys folder holds no root key, or one that is not 32 bytes."""


def make() -> None:
    """Make the root key once. An existing one is never replaced."""
    settings.KEYS.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(settings.KEYS / NAME, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o400)
    except FileExistsError:
        return
    with os.fdopen(handle, "wb") as file:
        file.write(os.urandom(32))


def wrap(key: bytes, label: bytes) -> bytes:
    """Seal a data key; `label` binds it to its owner."""
    nonce = os.urandom(NONCE)
    return nonce + _cipher().encrypt(nonce, key, label)


def unwrap(wrapped: bytes, label: bytes) -> bytes:
    return _cipher().decrypt(wrapped[:NONCE], wrapped[NONCE:], label)


@cache
def _cipher() -> AESGCM:
    path = settings.KEYS / NAME
    if not path.exists() or path.stat().st_size != 32:
        raise NoRootKey(f"There is no usable root key at {path}. Run `r2com init`, or bring the key back.")
    return AESGCM(path.read_bytes())
