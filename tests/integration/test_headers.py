"""Every answer of every address tells the browser the same: only our own things, kept nowhere."""

import pytest
from django.core.cache import cache
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from r2com.ui.middleware import HEADERS, POLICY
from tests import factories
from tests.properties.forms import routes

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
NOTHING = "00000000-0000-4000-8000-000000000000"
GAPS = {"int": "1", "uuid": NOTHING, "uuidstr": NOTHING}


def address(route) -> str:
    """An address with something in each gap. What stands there belongs to nobody."""
    while "<" in route:
        before, _, rest = route.partition("<")
        gap, _, after = rest.partition(">")
        route = before + GAPS.get(gap.partition(":")[0], "x") + after
    return route


ROUTES = sorted({(address(route), pattern.name) for route, pattern in routes()})


ALWAYS = HEADERS | {"Cache-Control": "no-store"}
# Where somebody leaves, the next site is not even told that they were here.
TELLS_NOTHING = {"Referrer-Policy": "no-referrer"}
LEAVING = ("leave", "read_leave")


def headers_of(answer, name="") -> dict:
    given = {header: answer.get(header) for header in ALWAYS}
    if name in LEAVING and given.items() >= TELLS_NOTHING.items():
        return given | {"Referrer-Policy": HEADERS["Referrer-Policy"]}
    return given


def wrong(client):
    """Every address and method whose answer lacks something, with what it says instead."""
    found = []
    for route, name in ROUTES:
        for method in METHODS:
            answer = client.generic(method, route)
            other = headers_of(answer, name).items() - ALWAYS.items()
            if answer.status_code >= 500 or other:
                found.append((method, route, answer.status_code, other))
    return found


def test_every_address_answers_every_method_with_every_header(client, db):
    assert len(ROUTES) > 200
    assert wrong(client) == []


def test_they_are_the_same_for_somebody_signed_in(sign_in, practitioner):
    client = sign_in(practitioner)
    pages = [(route, name) for route, name in ROUTES if not route.startswith(("/account/sign-out", "/leave"))]

    found = [route for route, name in pages if headers_of(client.get(route), name) != ALWAYS]

    assert found == []
    assert client.get("/people/").status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nothing/", 404),
        ("POST", "/leave/", 405),
        ("GET", "/static/ui/look.css", 200),
        ("GET", "/static/nothing.css", 404),
        ("GET", "/api/v1/me", 401),
        ("GET", "/api/v1/nothing", 404),
    ],
)
def test_what_is_refused_or_is_no_page_has_them_too(client, db, method, path, status):
    answer = client.generic(method, path)

    assert answer.status_code == status
    assert {name: answer.get(name) for name in HEADERS} == HEADERS


def test_a_form_without_token_has_them_too(practitioner):
    client = factories.sign_in(Client(enforce_csrf_checks=True), practitioner)

    answer = client.post("/account/sign-out/")

    assert answer.status_code == 403
    assert headers_of(answer) == ALWAYS


def test_an_answer_while_the_database_is_away_has_them_too(sign_in, practitioner, monkeypatch):
    client = sign_in(practitioner)
    client.raise_request_exception = False

    def away(*args):
        raise OperationalError("server closed the connection")

    monkeypatch.setattr("r2com.organisations.middleware.current", away)
    answer = client.get("/people/")

    assert answer.status_code == 503
    assert headers_of(answer) == ALWAYS


def test_a_wrong_host_name_gets_them_too(client, db):
    answer = client.get("/", headers={"Host": "somebody-else.example"})

    assert answer.status_code == 400
    assert headers_of(answer) == ALWAYS


@pytest.mark.parametrize(
    "part",
    [
        "default-src 'none'",
        "script-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
        "report-uri /reports/",
    ],
)
def test_the_policy_says(part):
    assert part in POLICY.split("; ")
    assert "unsafe" not in POLICY


# Over TLS


@pytest.fixture
def over_tls(settings):
    """As an installation is served that is not on this machine alone."""
    settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = 31_536_000, True
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME = "__Host-sid", "__Host-csrf"
    return Client()


def test_over_tls_the_browser_comes_back_over_tls_only(over_tls, db):
    for path in ("/sign-in/", "/nothing/", "/static/ui/look.css", "/api/v1/me"):
        answer = over_tls.get(path, secure=True)

        assert answer["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_over_tls_every_cookie_belongs_to_this_host_alone(over_tls, practitioner):
    factories.sign_in(over_tls, practitioner)

    cookies = over_tls.get("/", secure=True).cookies | over_tls.get("/account/password/", secure=True).cookies

    assert {"__Host-sid", "__Host-csrf"} <= set(cookies)
    for cookie in cookies.values():
        assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Strict")
        assert (cookie["path"], cookie["domain"]) == ("/", "")
        assert len(cookie.output()) < 4096


# Signing out


@pytest.mark.parametrize("path", ["/account/sign-out/", "/account/sign-out/everywhere/"])
def test_who_signs_out_leaves_nothing_in_the_browser(sign_in, practitioner, path):
    answer = sign_in(practitioner).post(path)

    assert answer["Clear-Site-Data"] == '"cache", "storage"'


# What pages elsewhere ask for


def asked_from(client, site, mode="no-cors", method="get"):
    fetched = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": mode}
    return getattr(client, method)("/people/", headers=fetched).status_code


@pytest.mark.parametrize(
    ("site", "mode", "expected"),
    [
        ("same-origin", "navigate", 200),
        ("none", "navigate", 200),
        ("same-site", "navigate", 200),
        ("same-site", "no-cors", 403),
        ("cross-site", "no-cors", 403),
        ("cross-site", "navigate", 403),
    ],
)
def test_what_a_page_elsewhere_asks_for_is_refused(sign_in, practitioner, site, mode, expected):
    assert asked_from(sign_in(practitioner), site, mode) == expected


def test_who_is_not_signed_in_may_come_from_anywhere(client, db):
    assert client.get("/sign-in/", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200


# What a browser reports


def reported(client, body):
    return client.generic("POST", reverse("blocked_report"), body, content_type="application/csp-report")


def test_of_a_report_only_the_kind_is_kept_and_once_an_hour(client, db, caplog):
    cache.clear()
    body = '{"csp-report": {"effective-directive": "script-src", "document-uri": "https://x/people/SECRET/"}}'

    answers = [reported(client, body) for _ in range(3)]

    assert {answer.status_code for answer in answers} == {204}
    assert [record.getMessage() for record in caplog.records] == [
        "A browser refused something that a page of ours asked for: script-src."
    ]


@pytest.mark.parametrize(
    "body",
    ["", "[]", "nothing", '{"csp-report": 3}', '{"csp-report": {"violated-directive": "Milo"}}', "[" * 9000],
)
def test_a_report_that_is_none_is_nothing(client, db, caplog, body):
    cache.clear()

    assert reported(client, body).status_code == 204
    assert not caplog.records
