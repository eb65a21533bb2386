"""Nothing typed is lost: not to a pause, a dead server, a session that ran out, or a second window."""

import os
import re
from contextlib import suppress

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Error, expect

from r2com.accounts.models import Session
from r2com.assessments import actions as assessments
from r2com.assessments.models import Rating

from .. import factories
from . import pages
from .pages import code, session_of
from .served import Demonstration

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True, databases=["default", "keyring"])]
SAVED = re.compile(r"^Saved \d\d:\d\d$")
PROMISED = 3000  # milliseconds
LONG_ENOUGH = 30_000
TABS = int(os.environ.get("TABS", "3"))
WRITING = "[name=own_words]"


@pytest.fixture
def agency(transactional_db):
    cache.clear()
    return pages.begin(timezone.now().replace(microsecond=0))


@pytest.fixture
def item(agency):
    """The address of an item in a talk that has just begun."""
    assessment = assessments.begin(agency.case, kind="full", by=agency.lead, at=agency.at)
    return reverse("item", args=[assessment.pk, "A1"])


@pytest.fixture
def window(browser, live_server):
    """Opens a window of somebody who is signed in."""
    contexts = []

    def opened(user, **options):
        context = browser.new_context(base_url=live_server.url, locale="en-GB", **options)
        context.add_cookies([{"name": "sid", "value": session_of(user), "url": live_server.url}])
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def writing(window, agency, item):
    """The lead's window, open at the item."""
    page = window(agency.lead)
    page.goto(item)
    return page


def write(page, words):
    page.locator(WRITING).press("End")
    page.locator(WRITING).press_sequentially(words)


def line(page):
    return page.locator("[data-saved]")


def says(page, what, timeout=LONG_ENOUGH):
    """Wait until the saved line says this, in the words it carries for it."""
    words = line(page).get_attribute(f"data-{what}-text")
    expect(line(page)).to_contain_text(words.replace("{time}", "").strip(), timeout=timeout)


def stands_afresh(page, words):
    """In a new tab, which remembers nothing by itself, the page shows these words."""
    fresh = page.context.new_page()
    fresh.goto(page.url)
    expect(fresh.locator(WRITING)).to_have_value(words)
    fresh.close()


# Saving by itself


def test_a_pause_is_enough_to_save(writing):
    write(writing, "It is a sofa.")

    expect(line(writing)).to_have_text(SAVED, timeout=PROMISED)
    stands_afresh(writing, "It is a sofa.")


def test_leaving_the_field_saves_without_any_pause(writing):
    writing.clock.install()  # no time passes for the page, so no pause ever ends
    writing.clock.pause_at(timezone.now())
    write(writing, "It is a sofa.")
    assert not SAVED.match(line(writing).text_content())

    writing.locator(WRITING).blur()

    expect(line(writing)).to_have_text(SAVED, timeout=PROMISED)
    stands_afresh(writing, "It is a sofa.")


# Saving that fails


def test_a_save_that_fails_is_said_and_tried_again(writing):
    writing.route("**/drafts/**", lambda route: route.fulfill(status=503))
    write(writing, "It is a sofa.")
    says(writing, "failed")
    expect(writing.locator(WRITING)).to_have_value("It is a sofa.")

    writing.unroute("**/drafts/**")

    expect(line(writing)).to_have_text(SAVED, timeout=LONG_ENOUGH)
    stands_afresh(writing, "It is a sofa.")


def test_a_save_that_fails_blocks_no_link_and_the_words_come_back(writing, item):
    writing.context.route("**/drafts/**", lambda route: route.abort())
    write(writing, "It is a sofa.")
    says(writing, "failed")

    writing.locator("main a.button.second").click()
    writing.wait_for_url(lambda url: not url.endswith(item))
    writing.context.unroute("**/drafts/**")
    writing.goto(item)

    expect(writing.locator(WRITING)).to_have_value("It is a sofa.")
    says(writing, "saved")
    stands_afresh(writing, "It is a sofa.")


# A server that dies


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory):
    served = Demonstration(tmp_path_factory.mktemp("demonstration"))
    served.start()
    yield served
    served.kill()


@pytest.fixture(scope="module")
def ines(demonstration, browser):
    """A window whose owner signed in through the page, with password and code."""
    context = browser.new_context(base_url=demonstration.url, locale="en-GB")
    page = context.new_page()
    page.goto("/sign-in/")
    page.locator("input[name=login][value^='ines@'] ~ button").click()
    page.locator("[name=code]").fill(page.locator("main .note b").text_content())
    page.locator("[name=code]").press("Enter")
    page.wait_for_url(f"{demonstration.url}/")
    yield context
    context.close()


@pytest.fixture
def at_milos_item(ines):
    page = ines.new_page()
    page.goto("/people/")
    page.get_by_role("link", name="Milo").click()
    page.goto(f"{page.url}assessments/")
    page.locator("main [name=kind]").first.check()
    page.locator("main form .button").click()
    page.locator("main a[href*='/items/']").first.click()
    page.locator(WRITING).fill("Milo:")
    says(page, "saved")
    return page


def test_words_typed_at_a_dead_server_are_saved_once_it_is_back(demonstration, at_milos_item):
    page = at_milos_item
    write(page, " Before it died.")
    expect(line(page)).to_have_text(SAVED)

    demonstration.kill()
    write(page, " While it was dead.")
    says(page, "failed")
    demonstration.start()

    expect(line(page)).to_have_text(SAVED, timeout=LONG_ENOUGH)
    stands_afresh(page, "Milo: Before it died. While it was dead.")


def test_words_typed_at_a_dead_server_come_back_after_a_page_that_never_came(demonstration, at_milos_item):
    page = at_milos_item
    item = page.url
    demonstration.kill()
    write(page, " Nobody heard this.")
    says(page, "failed")

    page.locator("main a.button.second").click()
    page.wait_for_url("chrome-error://**")
    demonstration.start()
    page.goto(item)

    expect(page.locator(WRITING)).to_have_value("Milo: Nobody heard this.")
    says(page, "saved")
    stands_afresh(page, "Milo: Nobody heard this.")


# A tab that is killed


def test_a_tab_that_is_killed_loses_nothing_that_it_said_was_saved(writing):
    words = ""
    for number in range(TABS):
        tab = writing.context.new_page()
        tab.goto(writing.url)
        with tab.expect_response(lambda answer: "/drafts/" in answer.url, timeout=LONG_ENOUGH):
            write(tab, f" Sentence {number}.")
        words += f" Sentence {number}."
        expect(line(tab)).to_have_text(SAVED, timeout=PROMISED)

        with suppress(Error):
            tab.goto("chrome://crash")

        stands_afresh(writing, words)
        tab.close()


# A session that runs out


def test_signing_in_again_in_place_saves_the_words_and_goes_on(writing, agency):
    Session.objects.all().delete()
    write(writing, "It is a sofa.")
    dialog = writing.get_by_role("dialog")
    expect(dialog).to_be_visible()

    sign_in_again(dialog, "123456")
    expect(dialog.get_by_role("alert")).not_to_be_empty()
    expect(writing.locator(WRITING)).to_have_value("It is a sofa.")
    sign_in_again(dialog, code())

    expect(dialog).not_to_be_visible()
    expect(writing.locator(WRITING)).to_be_focused()
    expect(line(writing)).to_have_text(SAVED)
    stands_afresh(writing, "It is a sofa.")


def sign_in_again(dialog, code):
    dialog.locator("[name=password]").fill(factories.PASSWORD)
    dialog.locator("[name=code]").fill(code)
    dialog.locator("[name=code]").press("Enter")


def test_putting_the_dialog_aside_loses_nothing_either(writing):
    Session.objects.all().delete()
    write(writing, "It is a sofa.")

    writing.locator("dialog [data-close]").click()

    says(writing, "signin")
    line(writing).get_by_role("link").click()
    sign_in_again(writing.get_by_role("dialog"), code())
    expect(line(writing)).to_have_text(SAVED)
    stands_afresh(writing, "It is a sofa.")


def test_without_scripts_the_form_stands_filled_after_signing_in_again(window, agency, item):
    page = window(agency.lead, java_script_enabled=False)
    page.goto(item)
    Session.objects.all().delete()
    page.locator(WRITING).fill("It is a sofa.")
    page.locator("[name=strength][value=some]").check()

    page.locator("[name=go][value=keep]").click()
    page.locator("[name=login]").fill(agency.lead.email)
    page.locator("[name=password]").fill(factories.PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.locator("[name=code]").fill(code())
    page.locator("[name=code]").press("Enter")

    expect(page.locator(WRITING)).to_have_value("It is a sofa.")
    expect(page.locator("[name=strength][value=some]")).to_be_checked()
    assert page.url.endswith(item)
    assert not Rating.objects.exists()


# Two windows, two people


@pytest.mark.parametrize(
    ("choice", "kept"),
    [("mine", "In the second."), ("theirs", "In the first."), ("both", "In the second.\n\nIn the first.")],
)
def test_two_windows_of_one_person_show_both_versions(writing, choice, kept):
    second = writing.context.new_page()
    second.goto(writing.url)
    write(writing, "In the first.")
    expect(line(writing)).to_have_text(SAVED)
    write(second, "In the second.")
    panel = second.locator(".conflict")
    expect(panel).to_contain_text("In the first.")
    expect(panel).to_contain_text("In the second.")
    says(second, "conflict")

    panel.locator(f"input[value={choice}]").check()
    panel.get_by_role("button").click()

    expect(line(second)).to_have_text(SAVED)
    stands_afresh(second, kept)


def test_two_workers_who_keep_the_same_item_see_both_versions(window, agency, item):
    first, second = window(agency.lead), window(agency.deputy)
    for page, words in ((first, "The lead's words."), (second, "The deputy's words.")):
        page.goto(item)
        page.locator("[name=vulnerability][value=none]").check()
        write(page, words)

    keep(first)
    keep(second)

    assert second.url.endswith(item)
    expect(second.locator("main")).to_contain_text("The lead's words.")
    expect(second.locator(WRITING)).to_have_value("The deputy's words.")
    assert Rating.objects.get().own_words == "The lead's words."


def test_the_second_worker_may_then_keep_what_both_see(window, agency, item):
    page, other = window(agency.deputy), window(agency.lead)
    for one in (page, other):
        one.goto(item)
        one.locator("[name=vulnerability][value=none]").check()
    write(other, "The lead's words.")
    keep(other)
    write(page, "The deputy's words.")
    keep(page)

    write(page, " And the lead's.")
    keep(page)

    assert Rating.objects.get().own_words == "The deputy's words. And the lead's."


def keep(page):
    with page.expect_navigation():
        page.locator("[name=go][value=keep]").click()
