"""Somebody sees where they are signed in, and ends it."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from r2com.access.roles import Role
from r2com.accounts.devices import family
from r2com.accounts.models import Session
from r2com.accounts.sessions import DEVICE
from r2com.audit.models import Event
from r2com.organisations import actions as organisations
from tests import factories

PHONE = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/131.0 Mobile Safari/537.36"
DESK = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0"


@pytest.fixture
def here(client, practitioner):
    return factories.sign_in(client, practitioner)


@pytest.fixture
def phone(practitioner):
    phone = factories.sign_in(Client(), practitioner)
    session = phone.session
    session[DEVICE] = "Chrome · Android"
    session.save()
    return phone


def is_in(client):
    return client.get("/sign-in/again/").status_code == 200


def shown(client):
    return client.get("/account/devices/").context["devices"]


def mark(client):
    """What stands in the page for the session on the other device."""
    return next(device.mark for device in shown(client) if not device.is_this)


@pytest.mark.parametrize(
    ("agent", "expected"),
    [
        (PHONE, "Chrome · Android"),
        (DESK, "Firefox · Windows"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0) Version/17.0 Safari/605.1.15", "Safari · Mac"),
        (DESK + " Edg/131.0", "Edge · Windows"),
        ("curl/8", ""),
        ("", ""),
    ],
)
def test_a_device_is_known_by_its_family_only(agent, expected):
    assert family(agent) == expected


def test_signing_in_keeps_the_family_of_the_device(client, team, now):
    cache.clear()
    user = factories.enrolled("Wanda Ferrow", Role.PRACTITIONER, team, at=now)
    client.post(
        "/sign-in/", {"login": user.email, "password": factories.PASSWORD}, headers={"User-Agent": DESK}
    )

    row = Session.objects.get(user=user)

    assert row.device == "Firefox · Windows"
    assert row.begun_on == row.last_used_on
    assert "133" not in row.session_data


def test_one_sees_ones_own_devices_and_no_others(here, phone, colleague):
    factories.sign_in(Client(), colleague)

    body = here.get("/account/devices/").text

    assert [(device.family, device.is_this) for device in shown(here)] == [
        ("", True),
        ("Chrome · Android", False),
    ]
    assert "Chrome · Android" in body
    assert "This device" in body


def test_the_page_holds_no_key_and_no_hash(here, phone):
    body = here.get("/account/devices/").text

    for row in Session.objects.all():
        assert row.session_key not in body
    assert phone.cookies["sid"].value not in body


def test_one_device_is_signed_out_and_the_others_stay(here, phone, practitioner):
    here.post("/account/devices/", {"session": mark(here)})

    assert not is_in(phone)
    assert is_in(here)
    assert Event.objects.get(name="account.signed_out").facts == {"elsewhere": True}


def test_nobody_signs_somebody_elses_device_out(here, phone, colleague):
    other = factories.sign_in(Client(), colleague)

    other.post("/account/devices/", {"session": mark(here)})
    other.post("/account/devices/", {"session": Session.objects.first().session_key})

    assert is_in(phone)
    assert is_in(here)


def test_the_devices_are_for_somebody_signed_in(client, db):
    assert client.get("/account/devices/").url.startswith("/sign-in/")


def test_a_new_role_goes_on_under_a_new_key(here, practitioner, administrator, team, now):
    here.get("/")
    before = here.cookies["sid"].value

    place = factories.membership(practitioner)
    organisations.move(place, role=Role.SUPERVISOR, team=team, by=administrator, at=now)
    here.get("/")

    assert here.cookies["sid"].value != before
    assert not is_in(holding(before))


def holding(key):
    browser = Client()
    browser.cookies["sid"] = key
    return browser


@pytest.mark.parametrize(("who", "minutes"), [("practitioner", 15), ("administrator", 10)])
def test_who_asks_for_nothing_is_signed_out_administrators_sooner(client, request, now, who, minutes):
    factories.sign_in(client, request.getfixturevalue(who)).get("/")
    client.get("/account/devices/")

    left = Session.objects.get().expire_date - now

    assert timedelta(minutes=minutes) - timedelta(seconds=5) < left < timedelta(minutes=minutes, seconds=30)
