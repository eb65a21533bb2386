"""Signing in through a provider that an agency has already: here another program, over HTTP."""

import html
import re
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from oidc_provider_mock import run_server_in_thread

from r2com.access.roles import Role
from r2com.accounts.models import User
from r2com.audit.models import Event
from r2com.config import provider as configured
from tests import factories

EMAIL = "wanda.ferrow@example.org"
# What the other program does inside is its own affair.
pytestmark = pytest.mark.filterwarnings("ignore:get_jwt_config:DeprecationWarning")


@pytest.fixture(scope="module")
def provider():
    with run_server_in_thread() as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture(autouse=True)
def here(provider, settings, monkeypatch):
    """An installation that names this provider."""
    cache.clear()
    for name, value in {"ISSUER": provider, "NAME": "Lantern", "CLIENT": "r2com", "SECRET": "calm"}.items():
        monkeypatch.setenv(f"R2COM_OIDC_{name}", value)
    settings.SOCIALACCOUNT_PROVIDERS = configured.said()


@pytest.fixture
def worker(team, now):
    user = factories.enrolled("Wanda Ferrow", Role.PRACTITIONER, team, at=now)
    TOTP.activate(user, generate_totp_secret())
    return user


@pytest.fixture
def knows(provider):
    """Let the provider know somebody."""

    def know(sub, **claims):
        requests.put(f"{provider}/users/{sub}", json=claims, timeout=5).raise_for_status()
        return sub

    return know


def button(client):
    """Where the button on the sign-in page leads."""
    return re.search(r'href="(/sign-in/provider/[^"]+)"', client.get("/sign-in/").text)[1]


def go(client, sub, **said):
    """Press the button, say who one is over there, and come back."""
    there = client.get(button(client)).url
    answer = requests.post(there, data={"sub": sub, **said}, allow_redirects=False, timeout=5)
    return client.get(answer.headers["Location"])


def is_asked_for_the_code(answer):
    return answer.status_code == 302 and answer.url.startswith("/account/code/")


def test_the_provider_replaces_the_password_and_not_the_code(client, worker, knows):
    answer = go(client, knows("w-17", email=EMAIL, email_verified=True))

    assert is_asked_for_the_code(answer)
    assert client.get("/").url.startswith("/sign-in/")


def test_whoever_has_no_second_factor_sets_one_up_first(client, team, knows, now):
    factories.enrolled("Wanda Ferrow", Role.PRACTITIONER, team, at=now)

    go(client, knows("w-17", email=EMAIL, email_verified=True))

    assert client.get("/").url == "/account/second-factor/"


def test_an_address_that_the_provider_did_not_check_opens_nothing(client, worker, knows):
    for claims in ({"email": EMAIL}, {"email": EMAIL, "email_verified": False}, {}):
        answer = go(client, knows("m-1", **claims))

        assert answer.url == "/sign-in/"
    assert not SocialAccount.objects.exists()


def test_nobody_gets_an_account_by_signing_in(client, worker, knows):
    before = User.objects.count()

    answer = go(client, knows("x-9", email="somebody.else@example.org", email_verified=True))

    assert answer.url == "/sign-in/"
    assert "no account here with the same address" in client.get("/sign-in/").text
    assert User.objects.count() == before


def test_from_the_second_time_on_the_providers_own_name_counts(client, worker, knows):
    go(client, knows("w-17", email=EMAIL, email_verified=True))

    moved = go(Client(), knows("w-17", email="wanda@elsewhere.example", email_verified=True))
    other = go(Client(), knows("w-18", email="wanda@elsewhere.example", email_verified=True))

    assert is_asked_for_the_code(moved)
    assert not is_asked_for_the_code(other)


def test_only_the_providers_name_for_somebody_is_kept(client, worker, knows):
    go(client, knows("w-17", email=EMAIL, email_verified=True))
    go(Client(), "w-17")

    kept = SocialAccount.objects.get()
    assert (kept.user, kept.uid, kept.extra_data) == (worker, "w-17", {})
    assert not SocialToken.objects.exists()


def test_a_closed_account_stays_closed(client, worker, knows):
    worker.is_active = False
    worker.save()

    answer = go(client, knows("w-17", email=EMAIL, email_verified=True))

    assert not is_asked_for_the_code(answer)


def test_thinking_better_of_it_leads_back_to_the_sign_in_page(client, worker):
    state = re.search(r"state=(\w+)", client.get(button(client)).url)[1]

    answer = client.get(f"{button(client)}back/", {"error": "access_denied", "state": state}, follow=True)

    assert answer.redirect_chain[-1] == ("/sign-in/", 302)
    assert "did not work" not in answer.text


def test_an_answer_that_nobody_asked_for_is_opened_once_more_and_opens_nothing(client, worker):
    first = client.get(f"{button(client)}back/", {"code": "abc", "state": "never-given"})
    again = re.search(r'content="0;url=([^"]+)"', first.text)[1]

    answer = client.get(html.unescape(again), follow=True)

    assert answer.redirect_chain == [("/sign-in/", 302)]
    assert "did not work" in answer.text


def test_only_what_is_needed_is_asked_for(client, worker):
    asked = parse_qs(urlsplit(client.get(button(client)).url).query)

    assert set(asked["scope"][0].split()) == {"openid", "email"}
    assert (asked["response_type"], asked["code_challenge_method"]) == (["code"], ["S256"])


def test_a_page_elsewhere_signs_nobody_in(client, worker):
    assert client.get(button(client), headers={"Sec-Fetch-Site": "cross-site"}).url == "/sign-in/"


def test_a_provider_that_does_not_answer_leaves_the_other_ways(client, settings, monkeypatch):
    monkeypatch.setenv("R2COM_OIDC_ISSUER", "http://127.0.0.1:9")
    settings.SOCIALACCOUNT_PROVIDERS = configured.said()

    assert client.get(button(client)).url == "/sign-in/"
    assert "does not answer" in client.get("/sign-in/").text


def test_where_no_provider_is_named_there_is_no_way_to_one(client, settings):
    settings.SOCIALACCOUNT_PROVIDERS = {}

    assert "/sign-in/provider/" not in client.get("/sign-in/").text
    assert client.get("/sign-in/provider/localhost-1/").status_code == 404


def test_signing_in_is_on_the_trail_once_the_code_was_given(client, worker, knows):
    go(client, knows("w-17", email=EMAIL, email_verified=True))

    assert not Event.objects.filter(name="account.signed_in").exists()


@pytest.mark.parametrize(
    ("name", "value"), [("ISSUER", "http://sign-in.example.org"), ("CLIENT", ""), ("SECRET", "")]
)
def test_a_provider_that_is_half_named_or_unsafe_refuses_to_start(monkeypatch, name, value):
    monkeypatch.setenv(f"R2COM_OIDC_{name}", value)

    with pytest.raises(ImproperlyConfigured, match=f"R2COM_OIDC_{name}"):
        configured.said()
