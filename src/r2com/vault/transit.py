"""A root key in the transit engine of HashiCorp Vault or OpenBao, over HTTPS.

`vault-transit:https://vault.example:8200/transit/r2com?token-file=/run/credentials/token`. The key is of the
type aes256-gcm96. Paths and fields after the transit engine's own HTTP API documentation.
"""

import json
from base64 import b64decode, b64encode
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from .keyservice import KeyRefused, KeyServiceAway

SECONDS = 5
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Transit:
    """Plain http is taken on loopback only. The token is read from its file for every request."""

    def __init__(self, url: str, seconds: float = SECONDS):
        parts = urlsplit(url)
        if parts.scheme != "https" and parts.hostname not in LOOPBACK:
            raise KeyServiceAway("The transit engine has to be asked over https.")
        self.secure, self.host, self.seconds = parts.scheme == "https", parts.netloc, seconds
        self.mount, _, self.name = parts.path.strip("/").rpartition("/")
        self.token_file = Path(parse_qs(parts.query).get("token-file", [""])[0])

    def wrap(self, key: bytes, bound: bytes) -> bytes:
        said = {"plaintext": _text(key), "associated_data": _text(bound)}
        return self._ask("POST", f"encrypt/{self.name}", said)["ciphertext"].encode()

    def unwrap(self, wrapped: bytes, bound: bytes) -> bytes:
        said = {"ciphertext": wrapped.decode("ascii", "replace"), "associated_data": _text(bound)}
        return b64decode(self._ask("POST", f"decrypt/{self.name}", said)["plaintext"])

    def rotate(self) -> str:
        self._ask("POST", f"keys/{self.name}/rotate", {})
        return self.versions()[-1]

    def versions(self) -> list[str]:
        key = self._ask("GET", f"keys/{self.name}")
        return [
            str(number) for number in range(key["min_decryption_version"] or 1, key["latest_version"] + 1)
        ]

    def destroy_version(self, version: str) -> None:
        """This version and those before it: the engine trims from the oldest on."""
        first = int(version) + 1
        if first > int(self.versions()[-1]):
            raise KeyRefused("This version is the newest.")
        bounds = {"min_decryption_version": first, "min_encryption_version": first}
        self._ask("POST", f"keys/{self.name}/config", bounds)
        self._ask("POST", f"keys/{self.name}/trim", {"min_available_version": first})

    def health(self) -> None:
        self.versions()

    def describe(self) -> str:
        return f"vault-transit:{self.versions()[-1]}"

    def _ask(self, method: str, path: str, said: dict[str, Any] | None = None) -> dict[str, Any]:
        """The `data` of the answer. 400 is a refusal of what was sent; everything else that fails is away."""
        status, answer = self._answer(method, f"/v1/{self.mount}/{path}", said)
        if status == 400:
            raise KeyRefused("The transit engine does not open this key.")
        if status not in (200, 204):
            raise KeyServiceAway(f"The transit engine answered {status}.")
        return answer.get("data") or {}

    def _answer(self, method: str, path: str, said: dict[str, Any] | None) -> tuple[int, dict[str, Any]]:
        made = HTTPSConnection if self.secure else HTTPConnection
        connection = made(self.host, timeout=self.seconds)
        try:
            head = {"X-Vault-Token": self.token_file.read_text(encoding="utf-8").strip()}
            connection.request(method, path, json.dumps(said) if said is not None else None, head)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read() or b"{}")
        except (OSError, HTTPException, ValueError):
            # Without its cause: that would name what was sent.
            raise KeyServiceAway("The transit engine does not answer.") from None
        finally:
            connection.close()


def _text(raw: bytes) -> str:
    return b64encode(raw).decode()
