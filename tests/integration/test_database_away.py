"""A database that cannot answer: come again in a moment, and what was sent is not lost."""

import re
from contextlib import ExitStack, contextmanager

import pytest
from django.conf import settings
from django.db import InterfaceError, OperationalError, ProgrammingError, connections
from django.test import Client

from tests import factories

AWAY = [
    OperationalError("database is locked"),
    OperationalError("database or disk is full"),
    OperationalError("the connection is closed"),
    InterfaceError("connection already closed"),
]


@contextmanager
def failing(fault, *aliases):
    """Every question to these databases fails as the driver's would."""

    def fail(execute, *asked):
        raise fault

    with ExitStack() as stack:
        for alias in aliases or ("default",):
            stack.enter_context(connections[alias].execute_wrapper(fail))
        yield


@pytest.fixture
def browser(practitioner):
    return factories.sign_in(Client(raise_request_exception=False), practitioner)


@pytest.mark.parametrize("fault", AWAY, ids=str)
def test_a_page_says_to_come_again(browser, fault):
    with failing(fault):
        answer = browser.get("/")

    assert answer.status_code == 503
    assert answer["Retry-After"] == "5"
    assert "nothing that was kept is lost" in answer.content.decode()
    assert str(fault) not in answer.content.decode()


def test_it_answers_again_as_soon_as_the_database_does(browser):
    with failing(AWAY[0]):
        browser.get("/")

    assert browser.get("/").status_code == 200


def test_a_fault_of_ours_is_not_called_a_lost_database(browser):
    with failing(ProgrammingError("relation does not exist")):
        assert browser.get("/").status_code == 500
    with failing(OperationalError("no such table: people_person")):
        assert browser.get("/").status_code == 500


@pytest.mark.parametrize(("language", "sentence"), [("en", "One moment"), ("pt", "Um momento")])
def test_it_is_said_in_the_language_of_the_reader(browser, language, sentence):
    browser.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    with failing(AWAY[0]):
        assert sentence in browser.get("/").content.decode()


def test_what_was_sent_waits_to_be_sent_again(browser, case):
    address = f"/people/{case.reference}/tasks/add/"
    with failing(AWAY[2]):
        answer = browser.post(address, {"words": "Ring <the> landlord", "csrfmiddlewaretoken": "t" * 64})

    page = answer.content.decode()
    assert answer.status_code == 503
    assert '<input type="hidden" name="words" value="Ring &lt;the&gt; landlord">' in page
    assert "Send it again" in page
    assert not re.search(r"<label[^>]*>Csrf", page)


def test_a_password_never_comes_back_in_a_page(db):
    with failing(AWAY[2]):
        answer = Client(raise_request_exception=False).post(
            "/sign-in/", {"login": "ines@example.org", "password": "four calm words"}
        )

    assert answer.status_code == 503
    assert "four calm words" not in answer.content.decode()


def test_a_page_elsewhere_gets_nothing_back(browser):
    with failing(AWAY[2]):
        answer = browser.post("/", {"words": "Planted"}, headers={"Sec-Fetch-Site": "cross-site"})

    assert "Planted" not in answer.content.decode()


def test_saving_while_typing_is_told_to_come_again(browser, case):
    page = browser.get(f"/people/{case.reference}/tasks/add/").content.decode()
    draft = re.search(r'data-autosave="([^"]+)"', page)[1]
    with failing(AWAY[2]):
        answer = browser.post(draft, {"version": 0, "fields": {}}, content_type="application/json")

    assert answer.status_code == 503


def test_a_program_is_told_to_come_again(db):
    with failing(AWAY[2]):
        answer = Client(raise_request_exception=False).get(
            "/api/v1/me", headers={"Authorization": "Bearer r2com_x"}
        )

    assert answer.status_code == 503
    assert (answer["Content-Type"], answer["Retry-After"]) == ("application/problem+json", "5")
