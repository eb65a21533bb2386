"""What scripts send, and what lies there from before: drafts, passkeys, signing in again in place."""

import html
import json
import re

import pytest
from django.test import Client
from django.urls import reverse

from r2com.drafts.forms import Remembered

from .forms import FORMS
from .hostile import DAYS, EXTRA, LETTERS, NUL, NUMBERS
from .sending import as_before, browser, filled, read, signed_in, taken_back

# Scripts


DEEP = b'{"fields": ' + b"[" * 100_000
SCRIPTS = [
    b"",
    b"null",
    b"[]",
    b'"x"',
    b"1e400",
    b"{" * 100_000,
    DEEP,
    b"\xff",
    b'{"fields": null, "version": 0}',
    b'{"fields": {"words": "x"}, "version": 0}',
    b'{"fields": {"words": [1]}, "version": 0}',
    b'{"fields": {"words": []}, "version": true}',
    b'{"fields": {"words": ["\\ud800"]}, "version": 0}',
    b'{"fields": {"\\udfff": ["x"]}, "version": 0}',
    b'{"fields": {"words": ["a\\u0000b"]}, "version": 0}',
    b'{"fields": {}, "version": -1}',
    b'{"fields": {}, "version": 1e400}',
    b'{"fields": {}, "version": NaN}',
    b'{"fields": {}, "version": ' + b"9" * 5000 + b"}",
    b'{"fields": {}, "version": ' + b"9" * 30 + b"}",
    b'{"email": ["x"], "password": {}, "code": 1}',
    b'{"email": "ines.lantern@example.org", "password": "\\ud800", "code": "\\u0000"}',
    b'{"email": "\\ud800@example.org", "password": "x", "code": "1"}',
    b'{"email": "a\\u0000@example.org", "password": "x", "code": "1"}',
]


@pytest.mark.parametrize("body", SCRIPTS, ids=lambda body: repr(body[:40]))
@pytest.mark.parametrize("address", ["sign_in_again", "draft"])
def test_a_script_that_sends_nonsense_is_told_so(ours, address, body):
    client = signed_in(Client(), ours.practitioner)
    memory = Remembered(f"task:{ours.task.pk}", ours.case.pk, ours.practitioner)
    where = memory.address if address == "draft" else reverse(address)

    answer = client.post(where, body, content_type="application/json")

    read(answer)
    assert client.get(reverse("task", args=[ours.task.pk])).status_code == 200


# What lies there from before


ROUNDS = 4
STRANGE = [*NUMBERS, *DAYS, *LETTERS, *NUL]
AUTOSAVED = re.compile(r'data-autosave="([^"]+)" data-version="(\d+)"')


@pytest.mark.parametrize("form", [form for form in FORMS if form.words], ids=str)
def test_whatever_was_saved_while_typing_the_page_opens_again(ours, form):
    client = browser(ours, form)
    found = AUTOSAVED.search(client.get(form.address(ours)).content.decode())
    if found is None:
        return

    names = [*filled(form, ours), *EXTRA]
    for turn, version in enumerate(range(int(found[2]), int(found[2]) + ROUNDS)):
        typed = {name: [STRANGE[(turn + at * 5) % len(STRANGE)], "x"] for at, name in enumerate(names)}
        sent = {"fields": typed, "version": version}
        saved = client.post(html.unescape(found[1]), sent, content_type="application/json")

        assert saved.status_code == 200
        read(client.get(form.address(ours)))


# Passkeys


KEY = {"id": "YWFh", "rawId": "YWFh", "type": "public-key", "clientExtensionResults": {}}
RESPONSES = [
    None,
    [],
    {},
    {"clientDataJSON": "YQ"},
    {"clientDataJSON": "e30", "attestationObject": "YWFh"},
    {"clientDataJSON": "e30", "attestationObject": "oA"},
    {"clientDataJSON": "bnVsbA", "attestationObject": "oA"},
    {"clientDataJSON": "e30", "authenticatorData": "YWFh", "signature": "YWFh", "userHandle": "YWFh"},
    {"clientDataJSON": "e30", "authenticatorData": "A" * 50, "signature": "YQ", "userHandle": None},
    {"clientDataJSON": 1, "authenticatorData": 1, "signature": 1, "userHandle": 1, "attestationObject": 1},
    {"clientDataJSON": "é", "authenticatorData": "é", "signature": "é", "attestationObject": "é"},
]
CREDENTIALS = [
    *("", "null", "[]", "1", '"x"', "{}", "[" * 100_000, "NaN", '"\\ud800"', '{"id": "\\u0000"}'),
    *(json.dumps({**KEY, "response": response}) for response in RESPONSES),
    json.dumps({**KEY, "id": "YmJi", "response": RESPONSES[5]}),
    json.dumps({**KEY, "rawId": [], "response": RESPONSES[5]}),
    json.dumps({**KEY, "type": {}, "response": RESPONSES[7]}),
]


@pytest.mark.parametrize(
    "name", ["mfa_login_webauthn", "mfa_add_webauthn", "mfa_reauthenticate_webauthn", "mfa_authenticate"]
)
def test_a_passkey_that_is_none_is_refused(ours, name):
    form = next(form for form in FORMS if form.name == name)
    client = browser(ours, form)
    client.get(form.address(ours))

    for credential in CREDENTIALS:
        with taken_back():
            read(as_before(client).post(form.address(ours), {"name": "Phone", "credential": credential}))
