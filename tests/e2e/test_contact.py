"""A routine contact in a real browser: how many things somebody does, and what they type twice."""

import os
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.urls import reverse

from r2com.access.roles import Role
from r2com.contacts.models import Contact

from .. import factories
from ..friction import holds
from .hands import Hands
from .pages import SECRET, session_of

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True, databases=["default", "keyring"])]
SENTENCE = "Rang about Thursday. He will come."


@pytest.fixture
def lead(transactional_db, now):
    at = now - timedelta(days=10)
    team = factories.team(factories.organisation(at=at), "Harbour team", at=at)
    user = factories.enrolled("Ines Lindqvarn", Role.PRACTITIONER, team, at=at)
    TOTP.activate(user, SECRET)
    return user


@pytest.fixture
def case(lead, now):
    at = now - timedelta(days=7)
    place = factories.membership(lead)
    return factories.case(place.team, by=lead, name="Milo Fernweh", release_on=at.date(), at=at)


@pytest.fixture
def at_the_persons_page(browser, live_server, lead, case):
    """Opens a window on the person's page, with or without scripts, on a phone or at a desk."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    contexts = []

    def opened(**options):
        context = browser.new_context(base_url=live_server.url, **options)
        contexts.append(context)
        context.add_cookies([{"name": "sid", "value": session_of(lead), "url": live_server.url}])
        page = context.new_page()
        page.goto(case.get_absolute_url())
        return page

    yield opened
    for context in contexts:
        context.close()


WINDOWS = [
    {},
    {"java_script_enabled": False},
    {"viewport": {"width": 360, "height": 640}},
]


@pytest.mark.parametrize("window", WINDOWS, ids=["desk", "without scripts", "phone"])
def test_a_routine_contact_takes_at_most_six_actions_and_nothing_is_typed_twice(
    at_the_persons_page, case, window
):
    page = at_the_persons_page(**window)
    hands = Hands(page)

    hands.press(f"a[href^='{reverse('write_contact', args=[case.reference])}']")
    hands.choose("[name=kind][value=call]")
    hands.write("[name=words]", SENTENCE)
    hands.press("main form .actions .button:not(.second, .plain)")

    contact = Contact.objects.with_version().get()
    known = {"Milo", "Ines", "Lindqvarn", str(contact.standing.happened_at.year)}
    holds("A routine contact: actions", len(hands.did))
    typed_twice = known & set(" ".join(hands.typed).replace(".", "").split())
    holds("A routine contact: fields typed twice", len(typed_twice))
    assert page.url.endswith(case.get_absolute_url())
    assert page.locator(".messages a").first.get_attribute("href") == contact.get_absolute_url()
    assert (contact.standing.kind, contact.standing.words) == ("call", SENTENCE)
    assert contact.standing.present == "Milo, Ines"
    assert contact.standing.minutes
    assert contact.promised


def test_what_did_not_come_about_asks_for_no_content(at_the_persons_page, case):
    page = at_the_persons_page()
    page.goto(reverse("write_contact", args=[case.reference]))

    page.locator("[name=attendance]").select_option("no_word")

    assert page.locator("[name=because]").is_visible()
    assert not page.locator("[name=words]").is_visible()
    assert not page.locator("[name=said_1]").is_visible()


def test_a_contradiction_shows_both_sides(at_the_persons_page, case):
    page = at_the_persons_page()
    page.goto(reverse("write_contact", args=[case.reference]))
    page.locator("[name=words]").fill("We talked.")
    page.locator("[name=attendance]").select_option("no_word")

    with page.expect_navigation():
        page.locator("main form .actions .button:not(.second, .plain)").click()

    assert page.locator(".errors").is_visible()
    assert page.locator("[name=words]").is_visible()
    assert page.locator("[name=words]").input_value() == "We talked."
