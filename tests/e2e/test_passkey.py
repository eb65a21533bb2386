"""A passkey instead of password and code, in a real browser with an authenticator of its own."""

from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.test import Client

from r2com.access.roles import Role
from r2com.accounts.models import Session
from r2com.accounts.sessions import SIGNED_IN_AT, SessionStore
from r2com.api.models import Token
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


def long_ago():
    """As if everybody had signed in more than ten minutes ago."""
    for row in Session.objects.filter(user__isnull=False):
        store = SessionStore()
        said = store.decode(row.session_data)
        said[SIGNED_IN_AT] -= 11 * 60
        said.pop("account_authentication_methods", None)
        row.session_data = store.encode(said)
        row.save(update_fields=["session_data"])


def signed_in_by_passkey(page, live_server):
    page.goto(f"{live_server.url}/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(f"{live_server.url}/")


def test_the_passkey_stands_first_on_the_page_to_sign_in(page, live_server, with_passkey):
    page.goto(f"{live_server.url}/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").wait_for()

    buttons = page.locator("main button").all_text_contents()

    assert [text.strip() for text in buttons][:2] == ["Sign in with a passkey", "Sign in"]


def test_what_matters_is_done_after_showing_the_passkey_with_what_was_typed(page, live_server, with_passkey):
    signed_in_by_passkey(page, live_server)
    page.goto(f"{live_server.url}/account/tokens/")
    long_ago()
    page.get_by_label("What is it for").fill("A list for Friday")
    page.locator("main form").first.get_by_role("checkbox").first.check()
    page.locator("main form button").first.click()

    page.locator("main form[data-passkey] button").click()
    page.get_by_role("button", name="Send it now").click()

    page.get_by_text("A list for Friday").first.wait_for()
    assert Token.objects.get().user == with_passkey


def test_a_passkey_that_does_not_open_does_nothing(page, live_server, with_passkey, authenticator):
    signed_in_by_passkey(page, live_server)
    long_ago()
    page.goto(f"{live_server.url}/account/sign-out/everywhere/")
    page.get_by_role("button", name="Sign out everywhere").click()
    authenticator(False)

    page.locator("main form[data-passkey] button").click()

    page.get_by_text("The passkey was not used.").wait_for()
    assert Session.objects.filter(user=with_passkey).exists()


def test_signing_out_everywhere_ends_the_other_browser(page, browser, live_server, with_passkey):
    key = factories.sign_in(Client(), with_passkey).cookies["sid"].value
    other = browser.new_context(locale="en-GB")
    other.add_cookies([{"name": "sid", "value": key, "url": live_server.url}])
    elsewhere = other.new_page()
    elsewhere.goto(f"{live_server.url}/people/")
    assert path(elsewhere) == "/people/"

    signed_in_by_passkey(page, live_server)
    page.goto(f"{live_server.url}/account/devices/")
    page.get_by_role("link", name="Sign out everywhere").click()
    page.get_by_role("button", name="Sign out everywhere").click()
    page.wait_for_url("**/sign-in/**")
    elsewhere.goto(f"{live_server.url}/people/")

    assert path(elsewhere) == "/sign-in/"
    other.close()


def test_no_script_makes_markup_from_text(page, live_server, with_passkey):
    page.goto(f"{live_server.url}/sign-in/")

    refused = page.evaluate(
        "() => { try { document.body.innerHTML = '<b>x</b>' } catch (fault) { return fault.name } }"
    )

    assert refused == "TypeError"


def test_a_removed_passkey_leads_back_to_setting_up(page, live_server, with_passkey):
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(f"{live_server.url}/")

    page.goto(f"{live_server.url}/account/second-factor/")
    page.get_by_role("link", name="Passkey 1").click()
    page.get_by_role("button", name="Remove the passkey").click()
    page.goto(f"{live_server.url}/people/")

    assert path(page) == "/account/second-factor/"
    assert page.get_by_role("heading", name="One more step before you begin").is_visible()
