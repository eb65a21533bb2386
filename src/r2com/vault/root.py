"""The root key as a private file in the keys folder, which wraps the key of every epoch.

`root.key` is the newest version. Older ones stay beside it under their names until they are destroyed.
"""

import os
from functools import cache
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from .keyservice import KeyRefused, KeyServiceAway

NAME = "root.key"
NONCE = 12
LENGTH = 32
MARK = 4


class NoRootKey(KeyServiceAway):
    """The keys folder holds no root key, or one that is not 32 bytes."""


class File:
    """The keeper of an installation on one machine. `path` is not used: the keys folder is a setting."""

    def __init__(self, path: str = ""):
        self.path = path

    def wrap(self, key: bytes, bound: bytes) -> bytes:
        secret = _read(settings.KEYS / NAME)
        nonce = os.urandom(NONCE)
        return mark(secret) + nonce + AESGCM(secret).encrypt(nonce, key, bound)

    def unwrap(self, wrapped: bytes, bound: bytes) -> bytes:
        cipher = AESGCM(_with_mark(wrapped[:MARK]))
        return _opened(cipher, wrapped[MARK:], bound)

    def rotate(self) -> str:
        """The old version is linked under its own name before the new one takes its place."""
        newest = settings.KEYS / NAME
        older = newest.with_name(f"root-{mark(_read(newest)).hex()}.key")
        if not older.exists():
            os.link(newest, older)
        coming = newest.with_name("root-coming.key")
        coming.unlink(missing_ok=True)
        write(coming, os.urandom(LENGTH))
        coming.replace(newest)
        _cipher.cache_clear()
        return mark(_read(newest)).hex()

    def versions(self) -> list[str]:
        older = sorted(path.stem.removeprefix("root-") for path in settings.KEYS.glob("root-????????.key"))
        return [*older, mark(_read(settings.KEYS / NAME)).hex()]

    def destroy_version(self, version: str) -> None:
        """Overwritten, then removed. Copies of the file elsewhere have to be destroyed by hand."""
        path = settings.KEYS / f"root-{version}.key"
        if not path.exists():
            raise KeyRefused("This version is the newest, or is not there.")
        path.chmod(0o600)
        with path.open("r+b") as file:
            file.write(os.urandom(LENGTH))
            os.fsync(file.fileno())
        path.unlink()

    def health(self) -> None:
        _read(settings.KEYS / NAME)

    def describe(self) -> str:
        return f"file:{mark(_read(settings.KEYS / NAME)).hex()}"


def mark(secret: bytes) -> bytes:
    """The name of a root key: four bytes of a hash that tell versions apart and nothing of the key."""
    return sha256(b"r2com root key|" + secret).digest()[:MARK]


def newest() -> bytes:
    """The newest root key itself, for the recovery kit only."""
    return _read(settings.KEYS / NAME)


def make() -> None:
    """Make the root key once. An existing one is never replaced."""
    settings.KEYS.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        write(settings.KEYS / NAME, os.urandom(LENGTH))
    except FileExistsError:
        return


def write(path: Path, secret: bytes) -> None:
    """A new private file, on the disk before this returns. Raises FileExistsError."""
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o400)
    with os.fdopen(handle, "wb") as file:
        file.write(secret)
        file.flush()
        os.fsync(file.fileno())


def wrap(key: bytes, label: bytes) -> bytes:
    """As keys were wrapped before there were epochs."""
    nonce = os.urandom(NONCE)
    return nonce + _cipher().encrypt(nonce, key, label)


def unwrap(wrapped: bytes, label: bytes) -> bytes:
    """A data key that the root key itself wrapped, before there were epochs. Raises KeyRefused."""
    return _opened(_cipher(), wrapped, label)


def _opened(cipher: AESGCM, wrapped: bytes, bound: bytes) -> bytes:
    try:
        return cipher.decrypt(wrapped[:NONCE], wrapped[NONCE:], bound)
    except (InvalidTag, ValueError) as fault:
        raise KeyRefused("The root key does not open this key.") from fault


def _with_mark(wanted: bytes) -> bytes:
    """The version of the root key that wrapped something. Raises KeyRefused when it is not there."""
    newest = _read(settings.KEYS / NAME)
    if mark(newest) == wanted:
        return newest
    older = settings.KEYS / f"root-{wanted.hex()}.key"
    if not older.exists():
        raise KeyRefused("The version of the root key that wrapped this is not here.")
    return _read(older)


def _read(path: Path) -> bytes:
    if not path.exists() or path.stat().st_size != LENGTH:
        raise NoRootKey(f"There is no usable root key at {path}. Run `r2com init`, or bring the key back.")
    return path.read_bytes()


@cache
def _cipher() -> AESGCM:
    return AESGCM(_read(settings.KEYS / NAME))
