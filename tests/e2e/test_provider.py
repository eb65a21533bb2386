"""Signing in through an agency's own provider, in a real browser: the provider is another site."""

import pytest
import requests
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from oidc_provider_mock import run_server_in_thread

from r2com.access.roles import Role
from r2com.config import provider as configured
from tests import factories

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.django_db(transaction=True, databases=["default", "keyring"]),
    pytest.mark.filterwarnings("ignore:get_jwt_config:DeprecationWarning"),
]
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def provider(live_server, monkeypatch, settings):
    """A provider at another site than ours, so that the browser keeps our strict cookie back."""
    site = "127.0.0.1" if "localhost" in live_server.url else "localhost"
    with run_server_in_thread() as server:
        address = f"http://{site}:{server.server_port}"
        names = {"ISSUER": address, "NAME": "Harbour Street", "CLIENT": "r2com", "SECRET": "calm"}
        for name, value in names.items():
            monkeypatch.setenv(f"R2COM_OIDC_{name}", value)
        settings.SOCIALACCOUNT_PROVIDERS = configured.said()
        yield address


@pytest.fixture
def worker(team, now):
    cache.clear()
    user = factories.enrolled("Wanda Ferrow", Role.PRACTITIONER, team, at=now)
    TOTP.activate(user, SECRET)
    return user


def press_the_button(page, live_server):
    page.goto(f"{live_server.url}/sign-in/")
    page.get_by_role("link", name="Sign in with Harbour Street").click()


def code():
    return format_hotp_value(hotp_value(SECRET, next(yield_hotp_counters_from_time())))


def test_the_provider_and_a_code_sign_somebody_in(page, live_server, provider, worker):
    claims = {"email": worker.email, "email_verified": True}
    requests.put(f"{provider}/users/w-17", json=claims, timeout=5).raise_for_status()

    press_the_button(page, live_server)
    page.locator("input[name=sub]").fill("w-17")
    page.get_by_role("button", name="Authorize").click()
    page.wait_for_url("**/account/code/**")
    page.locator("input[name=code]").fill(code())
    page.locator("main form:has([name=code]) button").first.click()

    page.get_by_text("Signed in as Wanda Ferrow").wait_for()


def test_somebody_who_is_not_known_here_is_led_back_and_told_whom_to_ask(page, live_server, provider, worker):
    claims = {"email": "somebody.else@example.org", "email_verified": True}
    requests.put(f"{provider}/users/x-9", json=claims, timeout=5).raise_for_status()

    press_the_button(page, live_server)
    page.locator("input[name=sub]").fill("x-9")
    page.get_by_role("button", name="Authorize").click()

    page.get_by_text("there is no account here with the same address").wait_for()
    assert page.url.endswith("/sign-in/")
