"""One door to each kind of row, and nobody reaches it without signing in."""

import ast
import re

import pytest
from django.conf import settings
from django.shortcuts import resolve_url
from django.urls import get_resolver
from django.urls.resolvers import RoutePattern

from r2com.cases.models import Case
from r2com.people.models import Person

from .source import models, modules, named

# Address names that answer somebody who has not signed in, each with its reason.
OPEN = {
    "blocked_report": "what a browser refused: taken, and answered with nothing",
    "account_login": "where one signs in",
    "account_logout": "signing out twice is no harm",
    "account_inactive": "says that an account is closed",
    "account_reset_password": "for somebody who forgot the password",
    "account_reset_password_done": "says the same whether or not the address is known",
    "account_reset_password_from_key": "opened from the mail",
    "account_reset_password_from_key_done": "says that the new password is kept",
    "mfa_authenticate": "the second step of signing in",
    "mfa_login_webauthn": "signing in with a passkey",
    "openid_connect_login": "signing in through the agency's own provider",
    "openid_connect_callback": "coming back from it",
    "socialaccount_login_cancelled": "thinking better of it over there",
    "language": "chooses the language of the sign-in page",
    "favicon": "a drawing",
    "join": "the page of an invitation, opened from the mail",
    "calendar": "for somebody's own calendar, which holds a secret address; says how much, never what",
    "joined": "says that the account is ready, before the first sign-in",
    "sign_in_again": "for scripts: says that one is signed out, and signs in with both factors",
    "leave": "Leave quickly: signs out, whoever asks",
    "open_link": "the neutral page of a link to one's own record, which asks for a code",
    "read": "one's own record, with a cookie that only the right code gives",
    "read_part": "a part of it",
    "read_say": "one's own words about an entry of it",
    "read_leave": "the end of such a visit: clears the browser, whoever asks",
    "complain": "where anybody complains, without a name",
    "complaint_answer": "the answer, for whoever has reference and words",
    "api_openapi_json": "the description of the API, which names nobody",
    "api_nothing": "says in JSON that there is no such address",
}
API = "/api/v1/"
ROW = "0190b7a0-0000-7000-8000-000000000000"
SAMPLES = {"uuid": ROW, "uuidstr": ROW, "int": "1", "str": "x", "slug": "x", "path": "x"}

# Reading without visible_to, as `place Model`, each with its reason. This list may only shrink.
OTHER_WAYS = {}
ASKING = ("visible_to", "first_visible_to", "none")


def addresses(patterns=None, prefix=""):
    """Every page as (name, path), with something in the place of each argument."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        path = prefix + sample(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from addresses(pattern.url_patterns, path)
        else:
            yield pattern.name, "/" + path


def sample(pattern):
    if isinstance(pattern, RoutePattern):
        return re.sub(r"<(?:(\w+):)?\w+>", lambda match: SAMPLES[match[1] or "str"], str(pattern))
    return re.sub(r"\(\?P<\w+>[^)]*\)", "x", str(pattern)).strip("^$").replace("\\", "")


def asks_to_sign_in(response):
    return response.status_code == 302 and response.url.startswith(resolve_url(settings.LOGIN_URL))


def is_closed(path, response):
    return asks_to_sign_in(response) or asks_for_a_token(path, response)


def asks_for_a_token(path, response):
    """Programs are not sent to a page: they are told to bring a token, or that the method is another."""
    return path.startswith(API) and response.status_code in (401, 405, 415)


@pytest.mark.parametrize("method", ["get", "post"])
def test_every_page_asks_for_sign_in_unless_listed(client, method):
    unguarded = [
        f"{name} {path}"
        for name, path in addresses()
        if name not in OPEN and not is_closed(path, getattr(client, method)(path))
    ]

    assert unguarded == []


def test_every_address_of_the_api_asks_for_a_token(client):
    answers = {name: client.get(path) for name, path in addresses() if path.startswith(API)}
    posts = {
        name: client.post(path, {}, content_type="application/json")
        for name, path in addresses()
        if path.startswith(API)
    }

    for name in answers.keys() - OPEN.keys():
        assert {answers[name].status_code, posts[name].status_code} <= {401, 405}, name


def test_the_pages_that_were_looked_at_are_really_there():
    names = {name for name, _ in addresses()}

    assert {"today", "person", "item", "plan_pdf"} <= names
    assert set(OPEN) - names == set()


def scoped():
    """Models whose rows belong to a case or a person."""
    belong = {Case, Person}
    while True:
        more = {m for m in models() if any(f.related_model in belong for f in m._meta.fields)} - belong
        if not more:
            return {model.__name__ for model in belong}
        belong |= more


def views():
    """Modules that answer requests: the views, and whatever else takes a `request`."""
    taken = modules("*/views.py", "*/views/*.py", "*/forms.py", "*/forms/*.py", "*/api.py")
    return taken | {place: tree for place, tree in modules().items() if takes_request(tree)}


def takes_request(tree):
    return any(node.arg == "request" for node in ast.walk(tree) if isinstance(node, ast.arg))


def direct_reads(place, tree, scoped):
    """`Model.objects…` without `visible_to`, and models handed to get_object_or_404 themselves."""
    chains = {}
    for node in ast.walk(tree):
        for child in ast.iter_child_nodes(node):
            chains[child] = node
    for node in ast.walk(tree):
        if not isinstance(node, ast.Name) or node.id not in scoped:
            continue
        if not asks(node, chains) and f"{place} {node.id}" not in OTHER_WAYS:
            yield f"{place}:{node.lineno} {node.id}"


def asks(name, parents):
    """Whether a use of a model is no reading at all, or goes through visible_to."""
    parent, said = parents[name], []
    if isinstance(parent, ast.Call) and named(parent).startswith("get_") and name in parent.args:
        return False
    while isinstance(parent, ast.Attribute | ast.Call):
        said += [parent.attr] if isinstance(parent, ast.Attribute) else []
        parent = parents[parent]
    reads = said[:1] in (["objects"], ["_default_manager"], ["_base_manager"])
    return not reads or any(word in said for word in ASKING)


def test_views_read_only_what_is_visible():
    found = [read for place, tree in views().items() for read in direct_reads(place, tree, scoped())]

    assert found == []


@pytest.mark.parametrize(
    ("line", "is_fine"),
    [
        ("Case.objects.visible_to(request.user).open()", True),
        ("Rating.objects.none()", True),
        ("Case.Kind.FULL", True),
        ("Case.objects.filter(pk=pk)", False),
        ("Rating.objects.all()", False),
        ("get_object_or_404(Case, pk=pk)", False),
    ],
)
def test_reading_past_the_door_is_found(line, is_fine):
    found = list(direct_reads("a/views.py", ast.parse(line), {"Case", "Rating"}))

    assert (found == []) is is_fine
