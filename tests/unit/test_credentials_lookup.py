"""What a stranger's certificate points to is asked for within limits, and never inside the house."""

import json
import socket
import threading
from time import monotonic

import pytest

from r2com.core.credentials import Step, Verdict, Why, verify
from r2com.credentials.lookup import Lookup, is_public

from .credential_sample import GIVEN, HOUSE, LISTS, NOW, given
from .credential_sample import Lookup as House

PUBLIC = "93.184.215.14"


class Elsewhere:
    """A host on the public internet that answers with given bytes; remembers who was called."""

    def __init__(self, pages, *, at=PUBLIC, status="200 OK", slow=0.0):
        self.pages, self.at, self.status, self.slow, self.called = pages, at, status, slow, []

    def resolve(self, host):
        return [self.at]

    def dial(self, address, host, seconds):
        ours, theirs = socket.socketpair()
        ours.settimeout(seconds)
        threading.Thread(target=self._answer, args=(theirs, address, host), daemon=True).start()
        return ours

    def _answer(self, line, address, host):
        asked = line.recv(65_536).decode().split(" ")[1]
        self.called.append((address, f"https://{host}{asked}"))
        body = self.pages.get(f"https://{host}{asked}", b"")
        head = f"HTTP/1.1 {self.status}\r\nContent-Length: {len(body)}\r\nLocation: http://127.0.0.1/\r\n\r\n"
        try:
            line.sendall(head.encode())
            for place in range(0, len(body), 4096):
                threading.Event().wait(self.slow)
                line.sendall(body[place : place + 4096])
        except OSError:
            pass
        finally:
            line.close()

    def lookup(self, **changes):
        return Lookup(dial=self.dial, resolve=self.resolve, **changes)


def pages(**raised):
    """What the house publishes, by address."""
    house = House(**raised)
    documents = {"https://lantern.example/certificates/did.json": house.issuer(HOUSE), **house.lists}
    return {address: json.dumps(document).encode() for address, document in documents.items()}


def test_a_certificate_from_elsewhere_is_checked_with_what_its_house_publishes():
    place = GIVEN.statuses[0].index
    sound, taken_back = Elsewhere(pages()), Elsewhere(pages(revoked=[place]))

    assert verify(given(), at=NOW, sources=sound.lookup()).verdict == Verdict.VALID
    assert verify(given(), at=NOW, sources=taken_back.lookup()).verdict == Verdict.REVOKED
    assert {address for address, _ in sound.called} == {PUBLIC}
    assert len(sound.called) == 3


@pytest.mark.parametrize("status", ["301 Moved", "404 Not Found", "500 Oh"])
def test_no_other_address_is_followed_and_no_other_answer_taken(status):
    host = Elsewhere(pages(), status=status)

    found = verify(given(), at=NOW, sources=host.lookup())

    assert found.verdict == Verdict.CANNOT_TELL
    assert found.check(Step.ISSUER).why == Why.ISSUER_AWAY
    assert all(called.startswith("https://lantern.example/") for _, called in host.called)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "169.254.169.254",
        "192.168.1.1",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "::1",
        "fe80::1%eth0",
        "fd00::1",
        "::ffff:127.0.0.1",
        "2002:7f00:1::",
    ],
)
def test_nothing_inside_the_house_is_asked(address):
    host = Elsewhere(pages(), at=address)

    assert not is_public(address)
    assert host.lookup().issuer(HOUSE) is None
    assert host.called == []


def test_a_public_address_is_public():
    assert is_public(PUBLIC)
    assert is_public("2606:2800:21f:cb07:6820:80da:af6b:8b2c")


@pytest.mark.parametrize(
    "address",
    [
        "http://lantern.example/list",
        "https://lantern.example:8443/list",
        "https://user@lantern.example/list",
        "https:///list",
        "file:///etc/hosts",
        "https://lantern.example/a b",
        "https://lantern.example/a\r\nX: y",
        "https://[::1",
    ],
)
def test_only_https_on_its_own_port_is_asked(address):
    host = Elsewhere({})

    assert host.lookup().status_list(address) is None
    assert host.called == []


def test_what_is_too_large_or_too_slow_cannot_be_had():
    address = next(iter(LISTS.values()))
    large = Elsewhere({at: page + b" " * 1_100_000 for at, page in pages().items()})
    slow = Elsewhere({address: b" " * 900_000}, slow=0.2)
    began = monotonic()

    assert large.lookup().issuer(HOUSE) is None
    assert slow.lookup(seconds=0.5).status_list(address) is None
    assert monotonic() - began < 20


def test_one_certificate_has_six_documents_looked_up_and_no_more():
    host = Elsewhere({})
    lookup = host.lookup()

    for number in range(20):
        lookup.status_list(f"https://lantern.example/{number}")

    assert len(host.called) == 6
