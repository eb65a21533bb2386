"""Somebody reads their record on a device that others look into: afterwards nothing of it is there."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from r2com.conditions import actions as conditions
from r2com.contests.models import Contest
from r2com.my_record import actions

from . import pages
from .test_everybody_can import misshapen, shut_out

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True, databases=["default", "keyring"])]
WORDS = "At home at ten"
LEFT_BEHIND = """async () => [
  ...Object.keys(localStorage), ...Object.keys(sessionStorage),
  ...(await caches.keys()), ...(await indexedDB.databases()).map(({ name }) => name),
]"""


@pytest.fixture
def link(transactional_db, live_server):
    """The address of a link, its code, and what stands behind it."""
    cache.clear()
    agency = pages.begin(timezone.now().replace(microsecond=0))
    conditions.write(agency.case, words=WORDS, by=agency.lead, at=agency.at)
    said = {"parts": ["conditions", "plan"], "lasts": timedelta(hours=24)}
    _link, token, code = actions.make_link(agency.case, **said, by=agency.lead, at=timezone.now())
    return live_server.url + reverse("open_link", args=[token]), code


@pytest.fixture
def device(browser):
    """Somebody's browser, with what it remembers."""
    opened = []

    def device(**options):
        opened.append(browser.new_context(**options))
        return opened[-1]

    yield device
    for context in opened:
        context.close()


def test_no_page_of_a_visit_shuts_anybody_out(device, link):
    address, code = link
    page = device(locale="en-GB").new_page()
    faults = []

    def look(name):
        faults.extend([*shut_out(page, name), *misshapen(page, name, "en")])

    page.goto(address)
    page.locator("[name=code]").fill(code)
    page.locator("main form button").click()
    for name in ("read/", "read/2/"):
        page.goto(address.split("open/")[0] + name)
        look(name)
    page.locator("main li a").first.click()
    look("say")
    page.goto(address)
    look("nothing here")

    assert faults == []


@pytest.mark.parametrize("scripts", [True, False])
def test_nothing_is_left_in_the_browser_and_back_shows_nothing(device, link, scripts):
    address, code = link
    context = device(java_script_enabled=scripts)
    page = context.new_page()
    page.goto(address)
    page.locator("[name=code]").fill(code)
    page.locator("main form button").click()
    page.locator("main .head .button").click()
    page.locator("main .actions .button").first.click()
    assert WORDS in page.locator("main").inner_text()
    page.locator("main li a").first.click()
    page.locator("[name=words]").fill("It was nine")
    page.locator("[name=asks]").first.check()
    page.locator("main form button").click()
    assert "It was nine" in page.locator("main").inner_text()

    page.locator(".leave").click()

    assert Contest.objects.get().words == "It was nine"
    assert context.cookies() == []
    for _step in range(6):
        page.go_back()
        assert WORDS not in page.content()
        assert "nine" not in page.content()
    assert page.goto(address).status == 404
    assert context.cookies() == []
    if scripts:
        assert page.evaluate(LEFT_BEHIND) == []
