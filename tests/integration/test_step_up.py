"""What matters most asks once more who it is, and loses nothing that was typed."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse

from r2com.access.roles import Role
from r2com.accounts.models import Session
from r2com.accounts.sessions import SIGNED_IN_AT
from r2com.audit.models import Event
from r2com.config.policy import ASK_AGAIN
from r2com.organisations.models import Invitation
from tests import factories
from tests.factories import PASSWORD
from tests.properties.forms import routes

WORDS = {
    "name": "Nuria Brightwater",
    "email": "nuria@example.org",
    "role": Role.PRACTITIONER,
    "language": "en",
}


@pytest.fixture
def asked(client, administrator, team):
    """An administrator who signed in more than ten minutes ago."""
    cache.clear()
    factories.with_password(administrator)
    factories.sign_in(client, administrator).get("/")
    return client


def words(team):
    return {**WORDS, "team": team.pk}


def confirmed(client, answer):
    return client.post(answer.url, {"password": PASSWORD})


def sent_again(client, answer):
    """Press the button of the page that holds what was typed."""
    page = client.get(confirmed(client, answer).url)
    return client.post(page.context["path"], dict(page.context["fields"]))


def test_every_address_in_the_table_exists():
    assert set(ASK_AGAIN) <= {pattern.name for _route, pattern in routes()}


def test_it_is_not_done_before_somebody_shows_who_they_are(asked, team):
    answer = asked.post(reverse("invite"), words(team))

    assert answer.url.startswith("/account/confirm/?next=")
    assert not Invitation.objects.exists()


def test_afterwards_it_is_done_with_what_was_typed(asked, team):
    sent_again(asked, asked.post(reverse("invite"), words(team)))

    assert Invitation.objects.get().email == "nuria@example.org"
    assert Event.objects.filter(name="account.confirmed").count() == 1


def test_for_ten_minutes_nobody_is_asked_again(asked, team):
    sent_again(asked, asked.post(reverse("invite"), words(team)))

    asked.post(reverse("invite"), words(team) | {"email": "other@example.org"})

    assert Invitation.objects.count() == 2


def test_after_ten_minutes_one_is_asked_again(asked, team, time_machine, now):
    confirmed(asked, asked.post(reverse("invite"), words(team)))
    for minutes in (6, 12):
        time_machine.move_to(now + timedelta(minutes=minutes))
        asked.get("/")

    assert asked.post(reverse("invite"), words(team)).url.startswith("/account/confirm/")


def test_a_wrong_password_does_nothing_and_forgets_nothing(asked, team):
    answer = asked.post(reverse("invite"), words(team))

    refused = asked.post(answer.url, {"password": "not it"})

    assert "This is not your password" in refused.text
    assert not Invitation.objects.exists()
    sent_again(asked, answer)
    assert Invitation.objects.exists()


def test_what_waits_lies_sealed_and_is_gone_once_it_was_sent(asked, team):
    answer = asked.post(reverse("invite"), words(team))

    assert "Brightwater" not in str(dict(asked.session))
    sent_again(asked, answer)
    assert "waiting" not in asked.session


def test_what_waits_is_shown_to_nobody_else(asked, team, colleague):
    asked.post(reverse("invite"), words(team))
    waiting = asked.session["waiting"]

    factories.with_password(colleague)
    session = factories.sign_in(asked, colleague).session
    session["waiting"] = waiting
    session[SIGNED_IN_AT] = 9_999_999_999
    session.save()

    assert asked.get("/account/confirm/go-on/").url == "/"


def test_what_waits_is_not_shown_before_somebody_shows_who_they_are(asked, team):
    asked.post(reverse("invite"), words(team))

    assert asked.get("/account/confirm/go-on/").url == "/"


def test_confirming_goes_on_under_a_new_key(asked, team):
    before = asked.cookies["sid"].value

    confirmed(asked, asked.post(reverse("invite"), words(team)))

    assert asked.cookies["sid"].value != before
    assert Session.objects.filter(user__isnull=False).count() == 1


def test_a_record_is_taken_out_only_after_showing_who_one_is(client, practitioner, case):
    cache.clear()
    factories.with_password(practitioner)
    address = reverse("record_zip", args=[case.reference])
    answer = factories.sign_in(client, practitioner).get(address)

    assert answer.url.startswith("/account/confirm/")
    assert confirmed(client, answer).url == address
    assert client.get(address).status_code == 200


def test_a_stranger_learns_nothing_by_being_asked(client, stranger, case):
    cache.clear()
    factories.with_password(stranger)
    answer = factories.sign_in(client, stranger).get(reverse("record_zip", args=[case.reference]))
    made_up = client.get(reverse("record_zip", args=["no-such-one"]))

    assert answer.url.partition("?")[0] == made_up.url.partition("?")[0] == "/account/confirm/"
    confirmed(client, answer)
    assert client.get(reverse("record_zip", args=[case.reference])).status_code == 404
