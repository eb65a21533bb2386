"""How many things somebody does for what they do every day, as docs/reference/friction.md says it."""

import os
from datetime import time, timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.urls import reverse

from r2com.access.roles import Role
from r2com.cases.models import Case
from r2com.tasks import actions as tasks

from .. import factories
from ..friction import FILE, LIMITS, figures, holds
from .hands import Hands
from .pages import SECRET, session_of

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True, databases=["default", "keyring"])]
BUTTON = "main form .actions .button:not(.second, .plain)"


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
def page(browser, live_server, lead):
    """Somebody who has just signed in and sees Today."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    context = browser.new_context(base_url=live_server.url)
    context.add_cookies([{"name": "sid", "value": session_of(lead), "url": live_server.url}])
    page = context.new_page()
    page.goto("/")
    yield page
    context.close()


def due(case, lead, now, words, **said):
    return tasks.promise(case, words=words, owner=lead, due=now.date(), by=lead, at=now, **said)


def test_from_sign_in_to_the_person_of_the_next_appointment(page, lead, case, now):
    due(case, lead, now, "Ring the bank")
    tasks.meet(case, words="Meet at the mole", owner=lead, due=now.date(), time=time(23, 30), by=lead, at=now)
    page.goto("/")
    hands = Hands(page)

    hands.press(f"a[href='{case.get_absolute_url()}']")

    assert page.url.endswith(case.get_absolute_url())
    holds("From sign-in to the person of the next appointment: actions", len(hands.did))


def test_a_new_case_takes_two_screens(page, now):
    screens = []
    page.on("framenavigated", lambda frame: screens.append(frame.url))
    page.goto("/door/")
    page.locator("main [name=name]").fill("Oda Lichtfeld")
    page.locator("main [name=born]").fill("1990-04-12")
    with page.expect_navigation():
        page.locator("button[name=step][value=search]").click()
    page.locator("main select[name=referred_by]").select_option(index=1)
    for name in ("told", "asked", "basis"):
        page.locator(f"main input[name={name}]").first.check()
    page.locator("main input[name=takes_up][value=yes]").check()
    page.locator("main [name=release_on]").fill(now.date().isoformat())
    with page.expect_navigation():
        page.locator("button[name=step][value=open]").click()

    assert Case.objects.get().reference in page.url
    holds("A new case: screens", len([url for url in screens if "/door/" in url]))


def test_after_saving_you_are_where_you_were(page, lead, case, now):
    for words in ("Ring the bank", "Post the form", "Find the key"):
        due(case, lead, now, words)
    person = case.get_absolute_url()
    away = []

    def stays(place, do):
        page.goto(place)
        do(Hands(page))
        if page.url.split("?")[0].removeprefix(page.url[: page.url.index("/", 8)]) != place:
            away.append((place, page.url))

    def contact(hands):
        hands.press(f"a[href^='{reverse('write_contact', args=[case.reference])}']")
        hands.write("[name=words]", "Rang about Thursday.")
        hands.press(BUTTON)

    def ticked(hands):
        hands.press("main form button[name=go][value=done]")

    def added(hands):
        hands.press(f"a[href='{reverse('add_task', args=[case.reference])}']")
        hands.write("[name=words]", "Ring the housing office")
        hands.press(BUTTON)

    stays(person, contact)
    stays(reverse("contacts", args=[case.reference]), contact)
    stays("/", ticked)
    stays(reverse("tasks"), ticked)
    stays(reverse("case_tasks", args=[case.reference]), ticked)
    stays(reverse("case_tasks", args=[case.reference]), added)

    assert away == []
    holds("After saving: forms that lead away from where you were", len(away))


def test_back_leads_to_the_people_that_were_found(page, lead, case, now):
    other = factories.case(case.team, by=lead, name="Oda Lichtfeld", at=now)
    page.goto("/people/")
    page.locator("main [name=name]").fill("Milo Fernweh")
    with page.expect_navigation():
        page.locator("main form[role=search] button").click()
    page.locator(f"main a[href='{case.get_absolute_url()}']").click()
    page.wait_for_url(f"**{case.get_absolute_url()}")

    page.go_back()

    assert page.locator(f"main a[href='{case.get_absolute_url()}']").is_visible()
    assert page.locator(f"main a[href='{other.get_absolute_url()}']").count() == 0
    assert page.locator("main [name=name]").input_value() == "Milo Fernweh"


def test_the_page_has_a_figure_for_every_limit():
    assert set(figures()) == set(LIMITS), FILE
