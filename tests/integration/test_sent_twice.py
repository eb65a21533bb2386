"""A form that is sent twice does its work once, and the second press sees what the first one did."""

import os
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, connections
from django.http import QueryDict
from django.test import Client, RequestFactory
from django.utils import timezone

from r2com.audit.models import Event
from r2com.drafts import once
from r2com.drafts.models import Sent
from r2com.tasks import actions as tasks
from r2com.tasks.models import Task
from tests import factories

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]{64})"')
TIMES = int(os.environ.get("SENT_TWICE", "30"))


@pytest.fixture
def browser(practitioner):
    """A browser that is asked for the token, as a real one is."""
    return factories.sign_in(Client(enforce_csrf_checks=True), practitioner)


@pytest.fixture
def address(case):
    return f"/people/{case.reference}/tasks/add/"


def loaded(browser, address, owner, words="Ring the landlord"):
    """What a form sends once its page was loaded and something was typed."""
    token = TOKEN.search(browser.get(address).content.decode())[1]
    return {
        "csrfmiddlewaretoken": token,
        "kind": "promise",
        "owner": str(owner.pk),
        "words": words,
        "when": "week",
    }


def test_a_second_press_does_nothing_and_leads_to_the_same_page(browser, address, practitioner):
    sent = loaded(browser, address, practitioner)

    first, second = browser.post(address, sent), browser.post(address, sent)

    assert (first.status_code, second.status_code) == (302, 302)
    assert second.url == first.url
    assert Task.objects.count() == 1
    assert Event.objects.filter(name="task.made").count() == 1


def test_every_form_that_is_sent_twice_has_one_effect(browser, address, practitioner):
    for number in range(TIMES):
        sent = loaded(browser, address, practitioner, f"Ring number {number}")
        for _ in range(2):
            assert browser.post(address, sent).status_code == 302

    assert Task.objects.count() == TIMES


def test_other_words_from_the_same_page_are_another_press(browser, address, practitioner):
    sent = loaded(browser, address, practitioner)

    browser.post(address, sent)
    browser.post(address, {**sent, "words": "Ring the probation office"})

    assert Task.objects.count() == 2


def test_the_same_words_from_a_page_that_was_loaded_again_are_another_press(browser, address, practitioner):
    for _ in range(2):
        browser.post(address, loaded(browser, address, practitioner))

    assert Task.objects.count() == 2


def test_what_was_refused_may_be_sent_again(browser, address, practitioner):
    sent = loaded(browser, address, practitioner, words="")
    assert browser.post(address, sent).status_code == 200

    assert not Sent.objects.exists()


def test_somebody_elses_press_is_their_own(browser, address, practitioner, case, colleague, supervisor):
    sent = loaded(browser, address, practitioner)
    browser.post(address, sent)

    other = factories.sign_in(Client(), supervisor)
    other.post(address, sent)

    assert Task.objects.count() == 2


def test_a_press_that_came_at_the_same_moment_takes_back_what_it_did(case, practitioner, now):
    Sent.objects.create(mark="x" * 64, at=now, led_to="/there/")

    with once.pressed("x" * 64), pytest.raises(once.Repeated):
        tasks.ask(case, words="Ring", owner=practitioner, due=now.date(), by=practitioner, at=now)

    assert not Task.objects.exists()
    assert not Event.objects.filter(name="task.made").exists()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite in memory knows no two at once")
@pytest.mark.django_db(transaction=True, databases=["default", "keyring"])
def test_many_at_the_same_moment_are_one(browser, address, practitioner):
    sent = loaded(browser, address, practitioner)
    cookies = {name: one.value for name, one in browser.cookies.items()}

    def press(_):
        other = Client(enforce_csrf_checks=True)
        other.cookies.load(cookies)
        try:
            return other.post(address, sent).url
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        led_to = set(pool.map(press, range(4)))

    assert len(led_to) == 1
    assert Task.objects.count() == 1


def asked(**changed):
    request = RequestFactory().post("/x/")
    request.user = AnonymousUser()
    request.POST = QueryDict(mutable=True)
    for name, value in changed.items():
        request.POST[name] = value
    return request


def test_where_nobody_is_signed_in_nothing_is_remembered(practitioner):
    request = asked(csrfmiddlewaretoken="t" * 64)
    assert once.mark(request) is None

    request.user = practitioner
    assert once.mark(request) is not None


def test_a_mark_says_nothing_of_what_was_sent(browser, address, practitioner):
    browser.post(address, loaded(browser, address, practitioner, "Words that nobody may read"))

    row = Sent.objects.get()
    assert re.fullmatch(r"[0-9a-f]{64}", row.mark)
    assert "Words" not in row.led_to


def test_marks_go_after_a_day(db):
    at = timezone.now()
    Sent.objects.create(mark="old", at=at - timedelta(days=2))
    Sent.objects.create(mark="new", at=at)

    once.forget(at=at)

    assert [row.mark for row in Sent.objects.all()] == ["new"]
