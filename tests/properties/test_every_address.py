"""Whatever stands in an address or behind it, it answers, and leads nowhere else."""

import re
from urllib.parse import urlencode

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.test import Client

from tests import factories

from .forms import FORMS, routes
from .sending import FORM, browser, raw, read, send, taken_back

# Addresses


HOSTILE = {
    "str": ["%00", "a%00b", "%FF%FE", "x" * 5000, "%F0%9F%98%80", "..%2F..", "%0A", "-1", "set-password"],
    "slug": ["%00", "x" * 5000, "-", "..%2F..", "nothing", "guard"],
    "uuid": ["x", "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff", "%00"],
    "int": ["-1", "9" * 25, "9" * 5000, "%D9%A3", "0"],
}
HOSTILE["uuidstr"] = HOSTILE["uuid"]
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
    rows |= {"papers": world.document, "letters": world.letter}
    rows["questions"] = world.thread
    rows["chosen"] = world.offer
    rows |= {"questionnaires": world.looked_at, "observations": world.observation}
    if route.startswith("/agency/practice"):
        rows["agency"] = world.chosen
    given = {
        "area": "home",
        "instrument": world.asking.instrument,
        "pk": rows.get(route.split("/")[1], world.task).pk,
        "reference": world.case.reference,
        "item_id": "A1",
        "line": "bed",
        "lamp": "phone",
        "name": "told",
        "number": 1,
        "language": "en",
        "programme": "mentoring",
        "session": "first",
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
    Authenticator.objects.filter(user=ours.practitioner, type="recovery_codes").delete()
    code = RecoveryCodes.activate(ours.practitioner).fresh[0]

    send(client, "/sign-in/", {name: [given] for name, given in {**fields, "next": value}.items()})
    answer = client.post("/account/code/", {"code": code})

    read(answer)
    assert answer.status_code == 400 or "example.org" not in answer.url


@pytest.mark.parametrize("value", ASKED)
def test_choosing_a_language_leads_nowhere_else(ours, value):
    answer = Client().post("/language/", urlencode({"language": "pt", "next": raw(value)}), content_type=FORM)

    read(answer)
    assert answer.status_code == 400 or answer.url == "/"
