"""Whatever is sent to a form, it answers in words: nothing breaks, nothing typed is lost, nothing leaks."""

import html
import json
import re
import time
from datetime import UTC, datetime
from urllib.parse import quote, urlencode

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from r2com.accounts.sessions import SIGNED_IN_AT
from r2com.drafts.forms import Remembered
from tests import factories

from .forms import FORMS, IN_JSON, NOBODY, routes, takes_posts
from .world import World

EXAMPLES = 8
FORM = "application/x-www-form-urlencoded"
# They say which button was pressed; another button may lead to another page.
BUTTONS = {"step", "go", "look", "end"}

NUMBERS = ["-1", "1e400", "NaN", "sNaN", "Infinity", str(10**30), "9" * 5000, "٣", "1_000", "0.5", "1e-400"]
DAYS = ["0000-00-00", "0001-01-01", "9999-12-31", "2026-02-30", "1900-01-01", "٢٠٢٦-٠١-٠١", "12026-01-01"]
WORDS = [
    "",
    " ",
    "\n",
    "x" * 100_000,
    "😀" * 201,
    "é" * 90,
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "\u202eesrever 👩‍👩‍👧 \u200f",
    "{{ 7 }} {sharing} {0.__class__} %s %(name)s",
    "' OR 1=1 --",
    "../../etc/passwd",
    "//example.org/",
    "a@b",
    "null",
    "[" * 50_000,
    '{"id": []}',
]
LETTERS = [words for words in WORDS if len(words) < 1000]
NUL = ["\0", "a\0b"]
BROKEN = [b"\xff\xfe", b"\xed\xa0\x80", b"\xc0\x80", b"%zz"]
ID = r"[0-9a-f]{8}-[0-9a-f]{4}-7"
IDS = ["00000000-0000-0000-0000-000000000000", "0190b7a0-0000-7000-8000", "{}", "A1"]
EXTRA = ["seen", "conflict", "end", "look", "keep_name", "go", "step", "next", "is_staff", "pk"]

values = st.sampled_from([*NUMBERS, *DAYS, *WORDS, *NUL, *BROKEN, *IDS]) | st.text(max_size=300)
changes = st.lists(
    st.tuples(
        st.sampled_from(["put", "put", "put", "drop", "twice", "extra"]),
        st.integers(min_value=0, max_value=30),
        values,
    ),
    min_size=1,
    max_size=3,
)


@pytest.fixture(scope="module")
def worlds(keys, django_db_setup, django_db_blocker):
    """Our agency and a foreign one, made once and taken back at the end."""
    now = datetime.now(UTC).replace(microsecond=0)
    with django_db_blocker.unblock(), taken_back():
        factories.published(at=now.replace(year=now.year - 1))
        yield World("Lantern", at=now), World("Kestrelwood", at=now)


@pytest.fixture
def ours(worlds):
    return worlds[0]


@pytest.fixture
def foreign(worlds):
    return worlds[1]


class taken_back:
    """Whatever is written inside is gone afterwards, in both databases."""

    def __enter__(self):
        self.open = [transaction.atomic(using=alias) for alias in ("default", "keyring")]
        for one in self.open:
            one.__enter__()

    def __exit__(self, *fault):
        for one in reversed(self.open):
            transaction.set_rollback(True, using=one.using)
            one.__exit__(None, None, None)


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


def changed(fields, steps) -> dict[str, list]:
    """The same fields after somebody put in, left out, doubled or added something."""
    fields = dict(fields)
    for what, number, value in steps:
        name = list(fields)[number % len(fields)]
        if what == "put":
            fields[name] = [value]
        elif what == "drop" and len(fields) > 1:
            del fields[name]
        elif what == "twice":
            fields[name] = [*fields[name], value]
        elif what == "extra":
            fields[EXTRA[number % len(EXTRA)]] = [value]
    return fields


def send(client, address, fields):
    body = urlencode([(name, raw(value)) for name, listed in fields.items() for value in listed])
    return client.post(address, body, content_type=FORM)


def raw(value) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()


def read(answer) -> str:
    """The page, which is no fault of ours whatever was asked, and tells nothing of the inside."""
    page = b"".join(answer).decode(errors="replace")
    assert answer.status_code < 500
    assert "Traceback" not in page
    return page


def must_keep(form, sent, page):
    """A form that is shown again says what is missing, and has every word in it."""
    if not form.turns:
        assert says_what_is_wrong(page)
    asked = [name for name in form.words if len(sent.get(name, [])) == 1]
    asked = [name for name in asked if f'name="{name}"' in page or not form.turns]
    lost = [name for name in asked if not is_on(page, sent[name][-1])]
    assert lost == []


def says_what_is_wrong(page) -> bool:
    """Whether there is an error on the page itself; what scripts may show later does not count."""
    return 'class="error' in page.split("<template", 1)[0]


def is_on(page, value) -> bool:
    words = raw(value).decode(errors="replace")
    return "\0" in words or html.escape(words) in page


def is_shown_again(form, sent, was, answer) -> bool:
    """Whether the answer is the form once more, after the button that belongs to it."""
    is_page = answer["Content-Type"].startswith("text/html") and answer.status_code in (200, 409)
    return is_page and all(sent.get(name) == was.get(name) for name in BUTTONS)


# Words and values


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_what_all_is_well_with_is_taken(ours, form):
    client, sent = browser(ours, form), filled(form, ours)

    answer = send(client, form.address(ours), sent)

    assert says_what_is_wrong(read(answer)) is form.refused
    assert answer.status_code in ((200,) if form.refused or form.turns else (302, 303))


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_whatever_is_sent_the_form_answers_and_nothing_is_lost(ours, form):
    was = filled(form, ours)

    @given(steps=changes)
    @hypothesis(max_examples=EXAMPLES, derandomize=True, deadline=None, database=None)
    def check(steps):
        sent = changed(was, steps)
        with taken_back():
            answer = send(browser(ours, form), form.address(ours), sent)
            page = read(answer)
        if is_shown_again(form, sent, was, answer):
            must_keep(form, sent, page)

    check()


BODIES = {
    "nothing": (b"", FORM),
    "no type": (b"a=b", ""),
    "noise": (bytes(range(256)), FORM),
    "other letters": (b"name=x", f"{FORM}; charset=utf-16"),
    "unknown letters": (b"name=x", f"{FORM}; charset=nonsense"),
    "deep JSON": (b"[" * 100_000, "application/json"),
    "JSON of another kind": (b'{"name": {"a": [1e400, null]}}', "application/json"),
    "half a file": (
        b'--x\r\nContent-Disposition: form-data; name="name"\r\n\r\nab',
        "multipart/form-data; boundary=x",
    ),
    "no boundary": (b"name=x", "multipart/form-data"),
    "very many fields": (b"a=1&" * (settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1), FORM),
    "too large": (b"name=" + b"x" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE, FORM),
}


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_a_body_that_is_no_form_breaks_nothing(ours, form):
    for body, kind in BODIES.values():
        with taken_back():
            read(browser(ours, form).generic("POST", form.address(ours), body, kind))


# What belongs to others


def ids_in(fields) -> dict[str, list]:
    """The fields that point to a row."""
    return {name: value for name, value in fields.items() if re.search(ID, " ".join(map(str, value)))}


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_a_form_takes_no_row_of_another_agency(ours, foreign, form):
    was, theirs = filled(form, ours), ids_in(filled(form, foreign))

    for name, value in theirs.items():
        with taken_back():
            answer = send(browser(ours, form), form.address(ours), {**was, name: value})
            page = read(answer)

        assert form.turns or answer.status_code in (200, 404), name
        assert foreign.mark not in page


@pytest.mark.parametrize("form", [form for form in FORMS if form.who != NOBODY], ids=str)
def test_the_forms_of_another_agency_do_not_exist(ours, foreign, form):
    address = form.address(foreign)
    if address == form.address(ours):
        return

    answer = send(browser(ours, form), address, filled(form, foreign))

    assert answer.status_code == 404
    assert foreign.mark not in read(answer)


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
    client = factories.sign_in(Client(), ours.practitioner)
    memory = Remembered(f"task:{ours.task.pk}", ours.case.pk, ours.practitioner)
    where = memory.address if address == "draft" else reverse(address)

    answer = client.post(where, body, content_type="application/json")

    read(answer)
    assert client.get(reverse("task", args=[ours.task.pk])).status_code == 200


# What lies there from before


AUTOSAVED = re.compile(r'data-autosave="([^"]+)" data-version="(\d+)"')


@pytest.mark.parametrize("form", [form for form in FORMS if form.words], ids=str)
def test_whatever_was_saved_while_typing_the_page_opens_again(ours, form):
    client = browser(ours, form)
    found = AUTOSAVED.search(client.get(form.address(ours)).content.decode())
    if found is None:
        return

    for number, value in enumerate(["x", *NUMBERS[-4:], *DAYS[:2], *LETTERS, *NUL], int(found[2])):
        fields = {name: [value, "x"] for name in [*filled(form, ours), *EXTRA]}
        saved = client.post(
            html.unescape(found[1]), {"fields": fields, "version": number}, content_type="application/json"
        )

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

    for credential in CREDENTIALS:
        with taken_back():
            client = browser(ours, form)
            client.get(form.address(ours))
            read(client.post(form.address(ours), {"name": "Phone", "credential": credential}))


# Addresses


HOSTILE = {
    "str": ["%00", "a%00b", "%FF%FE", "x" * 5000, "%F0%9F%98%80", "..%2F..", "%0A", "-1", "set-password"],
    "uuid": ["x", "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff", "%00"],
    "int": ["-1", "9" * 25, "9" * 5000, "%D9%A3", "0"],
}
WITH_A_GAP = [(route, pattern) for route, pattern in routes() if "<" in route]


@pytest.mark.parametrize(
    ("route", "pattern"), WITH_A_GAP, ids=[pattern.name for _route, pattern in WITH_A_GAP]
)
def test_whatever_stands_in_an_address_it_answers(ours, route, pattern):
    who = ours.administrator if route.startswith("/agency/") else ours.practitioner
    client = factories.sign_in(Client(), who)

    for address in hostile_addresses(route, ours):
        with taken_back():
            read(client.get(address))
            read(client.post(address, {"x": "x"}))


def hostile_addresses(route, world):
    """The address with one gap after the other filled with something else than what belongs there."""
    gaps = re.findall(r"<(?:(\w+):)?(\w+)>", route)
    for kind, name in gaps:
        for value in HOSTILE[kind or "str"]:
            here = {**{other: fitting(world, route, other) for _kind, other in gaps}, name: value}
            yield re.sub(r"<(?:\w+:)?(\w+)>", lambda gap, here=here: here[gap[1]], route)


def fitting(world, route, name) -> str:
    """What belongs into a gap, so that the view gets as far as the other one."""
    rows = {"plans": world.plan, "tasks": world.task, "assessments": world.assessment}
    given = {
        "pk": rows.get(route.split("/")[1], world.task).pk,
        "reference": world.case.reference,
        "item_id": "A1",
        "name": "told",
        "language": "en",
        "uidb36": world.reset_link[0],
        "key": "x",
    }
    return str(given.get(name, world.deputy.pk))


ASKED = [
    "\0",
    "x" * 3000,
    "//example.org",
    "../\r\nX: y",
    b"\xff",
    "today",
    "[",
    "http://[::1",
    "javascript:x",
]
PAGES = {form.name: form for form in FORMS}.values()


@pytest.mark.parametrize("form", PAGES, ids=str)
def test_whatever_is_asked_for_behind_an_address_it_answers(ours, form):
    client = browser(ours, form)

    for value in ASKED:
        query = urlencode({name: raw(value) for name in ("next", "language", "page", "q", "reauthenticate")})
        read(client.get(f"{form.address(ours)}?{query}"))


@pytest.mark.parametrize("value", ASKED)
def test_signing_in_leads_nowhere_else(ours, value):
    client, fields = Client(), {"login": ours.practitioner.email, "password": factories.PASSWORD}
    code = RecoveryCodes(Authenticator.objects.get(user=ours.practitioner, type="recovery_codes"))

    send(client, "/sign-in/", {name: [given] for name, given in {**fields, "next": value}.items()})
    answer = client.post("/account/code/", {"code": code.get_unused_codes()[0]})

    read(answer)
    assert answer.status_code == 400 or "example.org" not in answer.url


@pytest.mark.parametrize("value", ASKED)
def test_choosing_a_language_leads_nowhere_else(ours, value):
    answer = Client().post("/language/", urlencode({"language": "pt", "next": raw(value)}), content_type=FORM)

    read(answer)
    assert answer.status_code == 400 or answer.url == "/"


# The list of forms


def test_every_address_that_takes_a_form_is_in_the_list():
    taking = {pattern.name for _route, pattern in routes() if takes_posts(pattern.callback)}

    assert taking == {form.name for form in FORMS} | IN_JSON


def test_a_view_that_does_not_say_what_it_takes_counts_as_a_form():
    assert takes_posts(lambda request: None)
    assert not takes_posts(dict((p.name, p.callback) for _r, p in routes())["today"])
