"""Looking up what a stranger's certificate points to: the issuer's document and the lists, from outside.

Whoever wrote the certificate chose the address. So only https on its usual port is asked, only hosts that lie
on the public internet, no other address is followed from there, and size, time and number have limits. The
address that was looked at is the one that is called. Whatever goes wrong is "cannot be had now".
"""

import json
import socket
import ssl
from collections.abc import Callable, Mapping
from http.client import HTTPConnection, HTTPException
from ipaddress import ip_address
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from r2com.core.credentials import Doubt, address_of
from r2com.core.credentials.identifiers import WEB
from r2com.core.credentials.reading import read

SECONDS = 5.0
LARGEST = 1_000_000
REQUESTS = 6
PORT = 443
Dial = Callable[[str, str, float], socket.socket]
Resolve = Callable[[str], list[str]]


class Refusal(Exception):
    """This address is not asked, or did not answer as it must."""


def resolved(host: str) -> list[str]:
    """Every address of a host."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, PORT, type=socket.SOCK_STREAM)]


def dialled(address: str, host: str, seconds: float) -> socket.socket:
    """A connection to exactly this address that proves to be this host."""
    plain = socket.create_connection((address, PORT), timeout=seconds)
    try:
        return ssl.create_default_context().wrap_socket(plain, server_hostname=host)
    except BaseException:
        plain.close()
        raise


class Lookup:
    """What one certificate points to; asked at most once each. One for each certificate, then thrown away."""

    def __init__(self, *, dial: Dial = dialled, resolve: Resolve = resolved, seconds: float = SECONDS):
        self.dial, self.resolve = dial, resolve
        self.ends = monotonic() + seconds
        self.found: dict[str, Any] = {}

    def issuer(self, did: str) -> Mapping[str, Any] | None:
        """The document of a `did:web`, or None."""
        try:
            return self._document(address_of(did), json.loads) if did.startswith(WEB) else None
        except Doubt:
            return None

    def status_list(self, address: str) -> Mapping[str, Any] | None:
        """The list at an address, or None."""
        return self._document(address, read)

    def _document(self, address: str, understood: Callable[[bytes], Any]) -> Mapping[str, Any] | None:
        if address not in self.found and len(self.found) < REQUESTS:
            self.found[address] = None
            try:
                document = understood(self._asked(address))
                self.found[address] = document if isinstance(document, dict) else None
            except (Refusal, Doubt, OSError, HTTPException, ValueError, RecursionError):
                pass
        return self.found.get(address)

    def _asked(self, address: str) -> bytes:
        host, path = _must_be_askable(address)
        reached = self.resolve(host)
        if not reached or not all(map(is_public, reached)):
            raise Refusal("not on the public internet")
        asking = HTTPConnection(host, PORT)
        asking.sock = self.dial(reached[0], host, self._left())
        try:
            asking.request("GET", path, headers={"Accept": "application/json", "Accept-Encoding": "identity"})
            answer = asking.getresponse()
            if answer.status != 200:
                raise Refusal("no document there")
            return self._body(asking.sock, answer)
        finally:
            asking.close()

    def _body(self, line: Any, answer: Any) -> bytes:
        held = b""
        while part := answer.read1(65_536):
            held += part
            if len(held) > LARGEST:
                raise Refusal("too large")
            left = self._left()
            if line is not None:
                line.settimeout(left)
        return held

    def _left(self) -> float:
        left = self.ends - monotonic()
        if left <= 0:
            raise Refusal("too slow")
        return left


def _must_be_askable(address: str) -> tuple[str, str]:
    """The host and path of an address that may be asked at all."""
    parts = urlsplit(address)
    if parts.scheme != "https" or not parts.hostname or "@" in parts.netloc or parts.port not in (None, PORT):
        raise Refusal("not an address to ask")
    if not address.isascii() or any(letter <= " " for letter in address):
        raise Refusal("not an address to ask")
    path = parts.path or "/"
    return parts.hostname, f"{path}?{parts.query}" if parts.query else path


def is_public(address: str) -> bool:
    """Whether an address lies on the public internet, also one that is wrapped into another kind."""
    found = ip_address(address.split("%")[0])
    inner = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None) or found
    return bool(found.is_global and inner.is_global and not inner.is_multicast)
