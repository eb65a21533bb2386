"""A session belongs to one browser, ends by itself, and cannot be copied from the database."""

import time

import pytest
from django.core.management import call_command
from django.test import Client

from r2com.accounts import actions, sessions
from r2com.accounts.models import Session
from r2com.audit.models import Event
from r2com.organisations.models import Membership
from tests import factories


@pytest.fixture
def signed_in(client, practitioner):
    return factories.sign_in(client, practitioner)


def is_in(client):
    return client.get("/sign-in/again/").status_code == 200


def holding(key):
    """A browser that holds this session key."""
    browser = Client()
    browser.cookies["sid"] = key
    return browser


def test_a_copied_row_signs_nobody_in(signed_in):
    row = Session.objects.get()

    assert is_in(holding(signed_in.cookies["sid"].value))
    assert not is_in(holding(row.session_key))
    assert row.session_key != signed_in.cookies["sid"].value


def test_a_session_is_found_by_its_user(signed_in, practitioner, colleague):
    assert Session.objects.filter(user=practitioner).count() == 1
    assert not Session.objects.filter(user=colleague).exists()


def test_signing_in_gives_a_new_key_and_ends_the_old(client, practitioner):
    store = sessions.SessionStore()
    store["before"] = "sign-in"
    store.create()
    client.cookies["sid"] = store.session_key

    factories.sign_in(client, practitioner)

    assert client.session["before"] == "sign-in"
    assert client.cookies["sid"].value != store.session_key
    assert not sessions.SessionStore().exists(store.session_key)
    assert sessions.SessionStore().exists(client.cookies["sid"].value)


def test_signing_out_ends_the_session(signed_in):
    key = signed_in.cookies["sid"].value

    signed_in.post("/account/sign-out/")

    assert not is_in(holding(key))
    assert not Session.objects.exists()


def test_a_session_ends_when_nothing_is_asked_for_a_while(signed_in, now):
    assert is_in(signed_in)

    Session.objects.update(expire_date=now)

    assert not is_in(signed_in)


def test_each_request_puts_the_end_off(signed_in, settings, now):
    Session.objects.update(expire_date=now.replace(year=now.year + 1))

    signed_in.get("/sign-in/again/")

    left = (Session.objects.get().expire_date - now).total_seconds()
    assert left < 2 * settings.SESSION_COOKIE_AGE


@pytest.mark.parametrize(("hours", "expected"), [(11, True), (13, False)])
def test_a_session_ends_twelve_hours_after_signing_in_however_busy(signed_in, hours, expected):
    session = signed_in.session
    session[sessions.SIGNED_IN_AT] = time.time() - hours * 60 * 60
    session.save()

    assert is_in(signed_in) is expected


def test_expired_sessions_are_cleared_away(signed_in, now):
    Session.objects.update(expire_date=now.replace(year=now.year - 1))

    call_command("clearsessions")

    assert not Session.objects.exists()


def test_signing_out_everywhere_ends_ones_own_sessions_and_no_others(signed_in, practitioner, colleague):
    phone = factories.sign_in(Client(), practitioner)
    other = factories.sign_in(Client(), colleague)
    assert is_in(phone)

    body = signed_in.get("/account/sign-out/everywhere/").content.decode()
    answer = signed_in.post("/account/sign-out/everywhere/")

    assert "Sign out everywhere" in body
    assert answer.url == "/"
    assert not is_in(signed_in)
    assert not is_in(phone)
    assert is_in(other)
    assert Event.objects.get(name="account.signed_out").facts == {"everywhere": True}


def test_only_somebody_signed_in_signs_out_everywhere(client, practitioner):
    phone = factories.sign_in(Client(), practitioner)

    answer = client.post("/account/sign-out/everywhere/")

    assert answer.url.startswith("/sign-in/")
    assert is_in(phone)


def test_a_closed_account_is_out_at_the_next_request(signed_in, practitioner):
    assert is_in(signed_in)

    practitioner.is_active = False
    practitioner.save()

    assert signed_in.get("/").url.startswith("/sign-in/")


def test_somebody_who_has_left_is_out_at_the_next_request(signed_in, practitioner, today):
    assert signed_in.get("/").status_code == 200

    Membership.objects.filter(user=practitioner).update(ends=today)

    assert signed_in.get("/").url.startswith("/sign-in/")
    assert not is_in(signed_in)


def test_leaving_quickly_signs_out_and_says_nothing(signed_in):
    key = signed_in.cookies["sid"].value

    answer = signed_in.get("/leave/")
    body = answer.content.decode()

    assert not is_in(holding(key))
    assert answer["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert '<meta name="referrer" content="no-referrer">' in body
    assert "Shopping list" in body
    assert not any(word in body for word in ["Lantern", "Sign", 'href="/', "<script", "Ines"])


def test_leaving_quickly_works_for_nobody_in_particular(client, db):
    assert client.get("/leave/").status_code == 200
    assert client.post("/leave/").status_code == 405


def test_ending_sessions_is_written_down_with_who_did_it(signed_in, practitioner, administrator, now):
    actions.sign_out_everywhere(practitioner, by=administrator, at=now)

    assert Event.objects.get(name="account.signed_out").by == administrator.pk
    assert not is_in(signed_in)
