"""A browser that sends what it is told to, and whose traces are taken back."""

import copy
import re
import time
from contextlib import contextmanager
from urllib.parse import urlencode

from django.core.cache import cache
from django.db import transaction
from django.test import Client

from r2com.accounts.sessions import SIGNED_IN_AT
from tests import factories

from .forms import NOBODY

FORM = "application/x-www-form-urlencoded"
# A line of what Python says of a fault. Not its first word: whoever sends that word has it given back.
TRACE = re.compile(r"File (\"|&quot;)[^\n]+?(\"|&quot;), line \d+, in ")


@contextmanager
def taken_back():
    """Whatever is written inside is gone afterwards, in both databases."""
    with _whole("default"), _whole("keyring"):
        yield
        for alias in ("default", "keyring"):
            transaction.set_rollback(True, using=alias)


def _whole(alias):
    """A transaction that counts as the outermost, so that what has to be committed by itself may run."""
    block = transaction.atomic(alias)
    block._from_testcase = True
    return block


def browser(world, form) -> Client:
    """The browser of whoever sends this form, just before they do."""
    cache.clear()
    client = Client()
    if form.who != NOBODY:
        signed_in(client, getattr(world, form.who))
    if form.first:
        address, fields = form.first(world)
        client.post(address, fields) if fields else client.get(address)
    return client


def as_before(client) -> Client:
    """The same browser, as it was before the last answer was taken back."""
    cache.clear()
    twin = Client()
    twin.cookies = copy.deepcopy(client.cookies)
    return twin


def signed_in(client, user) -> Client:
    """Signed in a moment ago, so that nothing asks for the password once more."""
    session = factories.sign_in(client, user).session
    session[SIGNED_IN_AT] = time.time()
    session.save()
    return client


def filled(form, world) -> dict[str, list]:
    """What is sent when all is well, each field with its values."""
    fields = {"csrfmiddlewaretoken": "x", **form.fill(world)}
    return {name: value if isinstance(value, list) else [value] for name, value in fields.items()}


def send(client, address, fields):
    body = urlencode([(name, raw(value)) for name, listed in fields.items() for value in listed])
    return client.post(address, body, content_type=FORM)


def raw(value) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()


def read(answer) -> str:
    """The page, which is no fault of ours whatever was asked, and tells nothing of the inside."""
    page = b"".join(answer).decode(errors="replace")
    assert answer.status_code < 500
    assert not TRACE.search(page)
    return page
