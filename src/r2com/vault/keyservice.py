"""Who keeps the root key and wraps with it: a file, a hardware module, or a service elsewhere.

The setting R2COM_KEY_SERVICE names it. Only the keys of epochs go there, a handful each quarter of an
hour: what seals a name or a note stays in this process. Design after NIST SP 800-57 part 1, 5.3.
"""

from functools import cache
from typing import Protocol

from django.conf import settings


class KeyServiceAway(Exception):
    """The key service does not answer, or has no usable key. Sealed words wait; nothing is kept unsealed."""


class KeyRefused(Exception):
    """The wrapped key was altered, belongs elsewhere, or the version that wrapped it was destroyed."""


class KeyService(Protocol):
    """What every keeper of a root key can do. `bound` is what a wrapped key belongs to."""

    def wrap(self, key: bytes, bound: bytes) -> bytes:
        """The key under the newest version. Raises KeyServiceAway."""

    def unwrap(self, wrapped: bytes, bound: bytes) -> bytes:
        """The key again. Raises KeyRefused, or KeyServiceAway."""

    def rotate(self) -> str:
        """Make a new version and give its name. Older ones go on unwrapping."""

    def versions(self) -> list[str]:
        """The names of the versions that still unwrap, the newest last."""

    def destroy_version(self, version: str) -> None:
        """Let nothing be unwrapped by an older version again, whoever holds a copy of it wrapped."""

    def health(self) -> None:
        """Raises KeyServiceAway when it could not wrap now."""

    def describe(self) -> str:
        """Its kind and newest version, such as `file:7f3a01c2`. Never a secret."""


def service() -> KeyService:
    """The keeper that this installation names."""
    return _made(settings.KEY_SERVICE)


def that_wrapped(by: str) -> KeyService:
    """The keeper of a key by what `describe` said then: keys move from the file to another keeper so."""
    kind = by.partition(":")[0]
    return service() if settings.KEY_SERVICE.startswith(f"{kind}:") else _made(f"{kind}:")


@cache
def _made(url: str) -> KeyService:
    # The keepers import this module for its exceptions; two of them need what not everybody installs.
    from . import hsm, root, transit

    makers = {"file": root.File, "pkcs11": hsm.Module, "vault-transit": transit.Transit}
    kind, _, rest = url.partition(":")
    if kind not in makers or (kind != "file" and not rest):
        raise KeyServiceAway(f"R2COM_KEY_SERVICE names no key service that is known here: {kind}")
    return makers[kind](rest)
