"""A passkey instead of password and code, in a real browser with an authenticator of its own."""

from urllib.parse import urlsplit

import pytest
from django.core.cache import cache

from r2com.access.roles import Role
from tests import factories
from tests.factories import PASSWORD

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True, databases=["default", "keyring"])]


@pytest.fixture
def newcomer(team, now):
    cache.clear()
    return factories.enrolled("Wanda Ferrow", Role.PRACTITIONER, team, at=now)


@pytest.fixture
def authenticator(page):
    """The finger, face or PIN of this browser. Its `ready` decides whether it opens."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
    }
    key = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]

    def ready(is_ready):
        session.send("WebAuthn.setUserVerified", {"authenticatorId": key, "isUserVerified": is_ready})

    return ready


@pytest.fixture
def with_passkey(page, live_server, newcomer, authenticator):
    """Somebody who set up a passkey at their first sign-in, and signed out."""
    give_password(page, live_server)
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_role("link", name="I have kept them").click()
    assert path(page) == "/"
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in/**")
    return newcomer


def give_password(page, live_server):
    page.goto(f"{live_server.url}/sign-in/")
    page.get_by_label("Email").fill("wanda.ferrow@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def path(page):
    page.wait_for_load_state()
    return urlsplit(page.url).path


def test_a_passkey_signs_in_without_password(page, live_server, with_passkey):
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(f"{live_server.url}/")

    assert path(page) == "/"
    assert page.get_by_text("Signed in as Wanda Ferrow").is_visible()


def test_a_passkey_that_does_not_open_signs_nobody_in(page, with_passkey, authenticator):
    authenticator(False)

    page.get_by_role("button", name="Sign in with a passkey").click()

    page.get_by_text("The passkey was not used.").wait_for()
    assert path(page) == "/sign-in/"


def test_a_passkey_stands_for_the_code_after_the_password(page, live_server, with_passkey):
    give_password(page, live_server)
    assert path(page) == "/account/code/"

    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(f"{live_server.url}/")

    assert page.get_by_text("Signed in as Wanda Ferrow").is_visible()


def test_a_passkey_confirms_who_one_is_before_something_important(page, live_server, with_passkey):
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(f"{live_server.url}/")

    page.goto(f"{live_server.url}/account/confirm/passkey/?next=/account/second-factor/codes/")
    page.locator("main form[data-passkey] button").click()
    page.wait_for_url(f"{live_server.url}/account/second-factor/codes/")

    assert path(page) == "/account/second-factor/codes/"


def test_a_removed_passkey_leads_back_to_setting_up(page, live_server, with_passkey):
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(f"{live_server.url}/")

    page.goto(f"{live_server.url}/account/second-factor/")
    page.get_by_role("link", name="Passkey 1").click()
    page.get_by_role("button", name="Remove the passkey").click()
    page.goto(f"{live_server.url}/people/")

    assert path(page) == "/account/second-factor/"
    assert page.get_by_role("heading", name="One more step before you begin").is_visible()
