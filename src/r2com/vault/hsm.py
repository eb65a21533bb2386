"""A root key in a hardware module, through PKCS #11: the key never leaves it.

The address is as in RFC 7512:
`pkcs11:token=r2com;object=root?module-path=/usr/lib/softhsm/libsofthsm2.so&pin-source=/run/credentials/pin`.
Each version is an AES-256 key of its own, told by its id. It may not be read out (CKA_EXTRACTABLE false).
"""

import os
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from urllib.parse import unquote

from .keyservice import KeyRefused, KeyServiceAway

NONCE, TAG_BITS, NUMBER = 12, 128, 4
_one_at_a_time = Lock()


class Module:
    """One token of a module. A session is opened for each call and closed after it."""

    def __init__(self, url: str):
        path, _, query = url.partition("?")
        said = dict(part.split("=", 1) for part in [*path.split(";"), *query.split("&")] if "=" in part)
        self.said = {name: unquote(value) for name, value in said.items()}

    def wrap(self, key: bytes, bound: bytes) -> bytes:
        nonce = os.urandom(NONCE)
        with self._session() as session:
            newest = self._keys(session)[-1]
            return newest.id + nonce + newest.encrypt(key, **_gcm(nonce, bound))

    def unwrap(self, wrapped: bytes, bound: bytes) -> bytes:
        number, nonce, sealed = wrapped[:NUMBER], wrapped[NUMBER:][:NONCE], wrapped[NUMBER + NONCE :]
        with self._session() as session:
            keys = [key for key in self._keys(session) if key.id == number]
            if not keys:
                raise KeyRefused("The version of the root key that wrapped this is not in the module.")
            try:
                return keys[0].decrypt(sealed, **_gcm(nonce, bound))
            except _pkcs11().PKCS11Error as fault:
                raise KeyRefused("The module does not open this key.") from fault

    def rotate(self) -> str:
        """Also the way to make the first one."""
        pkcs11 = _pkcs11()
        with self._session(rw=True) as session:
            before = self._keys(session, missing_is_away=False)
            number = (int.from_bytes(before[-1].id, "big") if before else 0) + 1
            session.generate_key(
                pkcs11.KeyType.AES,
                256,
                id=number.to_bytes(NUMBER, "big"),
                label=self.said["object"],
                store=True,
                template={pkcs11.Attribute.SENSITIVE: True, pkcs11.Attribute.EXTRACTABLE: False},
            )
            return str(number)

    def versions(self) -> list[str]:
        with self._session() as session:
            return [str(int.from_bytes(key.id, "big")) for key in self._keys(session)]

    def destroy_version(self, version: str) -> None:
        with self._session(rw=True) as session:
            *older, _ = self._keys(session)
            gone = [key for key in older if int.from_bytes(key.id, "big") == int(version)]
            if not gone:
                raise KeyRefused("This version is the newest, or is not there.")
            gone[0].destroy()

    def health(self) -> None:
        self.versions()

    def describe(self) -> str:
        return f"pkcs11:{self.versions()[-1]}"

    def _keys(self, session, *, missing_is_away: bool = True) -> list:
        pkcs11 = _pkcs11()
        wanted = {
            pkcs11.Attribute.CLASS: pkcs11.ObjectClass.SECRET_KEY,
            pkcs11.Attribute.LABEL: self.said["object"],
        }
        found = sorted(session.get_objects(wanted), key=lambda key: key.id)
        if not found and missing_is_away:
            raise KeyServiceAway(
                "The module has no root key of this name. `r2com keys rotate --root` makes one."
            )
        return found

    @contextmanager
    def _session(self, *, rw: bool = False):
        """A signed-in session. Whatever the module complains about otherwise is that it is away."""
        pkcs11 = _pkcs11()
        with _one_at_a_time:
            try:
                pin = Path(self.said["pin-source"].removeprefix("file:")).read_text(encoding="utf-8").strip()
                token = pkcs11.lib(self.said["module-path"]).get_token(token_label=self.said["token"])
                with token.open(user_pin=pin, rw=rw) as session:
                    yield session
            except (pkcs11.PKCS11Error, OSError, RuntimeError, KeyError):
                raise KeyServiceAway("The hardware module does not answer.") from None


def _gcm(nonce: bytes, bound: bytes) -> dict:
    pkcs11 = _pkcs11()
    return {
        "mechanism": pkcs11.Mechanism.AES_GCM,
        "mechanism_param": pkcs11.GCMParams(nonce, bound, TAG_BITS),
    }


def _pkcs11():
    """The library, which only some installations have. Raises KeyServiceAway."""
    try:
        import pkcs11
    except ImportError:
        raise KeyServiceAway("A hardware module needs the extra: pip install r2com[pkcs11].") from None
    return pkcs11
