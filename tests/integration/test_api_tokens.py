"""Tokens: made by their bearer, shown once, never more than the bearer, and ended by either or by time."""

from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from r2com.api import actions
from r2com.api.models import Token
from r2com.api.tokens import RATES
from r2com.audit.models import Event
from r2com.core.refusals import Refused
from r2com.organisations import actions as organisations
from tests.factories import PASSWORD, with_password

FILLED = {"purpose": "The shelter’s list", "scopes": ["read", "tasks"], "days": "30"}


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


@pytest.fixture
def make(organisation):
    """Make a token for somebody who has a second factor; gives its row and its secret."""

    def made(user, scopes=("read",), days=30, at=None):
        if not user.authenticator_set.exists():
            TOTP.activate(user, generate_totp_secret())
        at = at or timezone.now()
        return actions.make_token(
            organisation, purpose="A list", scopes=list(scopes), days=days, by=user, at=at
        )

    return made


def ask(secret, path="me"):
    return Client().get(f"/api/v1/{path}", headers={"Authorization": f"Bearer {secret}"})


def confirmed(sign_in, user):
    client = sign_in(with_password(user))
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def test_a_token_is_shown_once_and_kept_as_a_hash(sign_in, practitioner):
    client = confirmed(sign_in, practitioner)

    page = client.post(reverse("tokens"), FILLED)

    secret = page.context["secret"]
    token = Token.objects.get()
    assert secret in page.content.decode()
    assert page["Cache-Control"] == "no-store"
    assert secret not in client.get(reverse("tokens")).content.decode()
    assert secret not in str(vars(token)) + str(list(Event.objects.values_list("facts", flat=True)))
    assert token.scopes == ["read", "tasks"]


def test_the_password_is_asked_again_first(sign_in, practitioner):
    client = sign_in(with_password(practitioner))

    answer = client.post(reverse("tokens"), FILLED)

    assert answer.url.startswith(reverse("account_reauthenticate"))
    assert not Token.objects.exists()


@pytest.mark.parametrize(("days", "scopes"), [(91, ["read"]), (0, ["read"]), (30, []), (30, ["everything"])])
def test_a_token_is_short_lived_and_made_for_something(practitioner, organisation, now, days, scopes):
    with pytest.raises(Refused):
        actions.make_token(organisation, purpose="x", scopes=scopes, days=days, by=practitioner, at=now)

    assert not Event.objects.filter(name="token.made").exists()


def test_nobody_collects_tokens(make, practitioner):
    for _ in range(actions.AT_MOST):
        make(practitioner)

    with pytest.raises(Refused):
        make(practitioner)


def test_a_token_says_whose_it_is_and_remembers_its_last_day(make, practitioner, team):
    token, secret = make(practitioner)

    answer = ask(secret)

    assert answer.json()["name"] == practitioner.name
    assert answer.json()["team"] == team.name
    token.refresh_from_db()
    assert token.used_on == timezone.localdate()


def test_an_unknown_token_opens_nothing(practitioner):
    answer = ask("r2com_guessed")

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
    assert answer["Content-Type"] == "application/problem+json"


def test_a_session_opens_nothing(sign_in, practitioner):
    client = sign_in(practitioner)

    assert client.get("/api/v1/cases").status_code == 401


def test_a_token_that_ran_out_opens_nothing(make, practitioner, now):
    _, secret = make(practitioner, days=7, at=now - timedelta(days=7))

    assert ask(secret).status_code == 401


def test_an_ended_token_opens_nothing(make, practitioner, now):
    token, secret = make(practitioner)
    actions.end_token(token, by=practitioner, at=now)

    assert ask(secret).status_code == 401


def test_a_token_opens_nothing_once_its_bearer_has_left(make, practitioner, now):
    _, secret = make(practitioner)
    organisations.leave(practitioner, reason="work", ends=now.date(), by=None, at=now)

    assert ask(secret).status_code == 401


def test_a_token_waits_while_its_bearer_has_no_second_factor(make, practitioner):
    _, secret = make(practitioner)
    practitioner.authenticator_set.all().delete()

    assert ask(secret).status_code == 401


def test_a_closed_account_has_no_token_that_works(make, practitioner):
    _, secret = make(practitioner)
    practitioner.is_active = False
    practitioner.save(update_fields=["is_active"])

    assert ask(secret).status_code == 401


def test_one_ends_ones_own_token_and_nobody_elses(make, sign_in, practitioner, colleague):
    mine, _ = make(practitioner)
    theirs, _ = make(colleague)
    client = confirmed(sign_in, practitioner)

    client.post(reverse("end_token", args=[mine.pk]))
    refused = client.post(reverse("end_token", args=[theirs.pk]))

    mine.refresh_from_db()
    assert mine.ended_by == practitioner
    assert refused.status_code == 404
    assert Event.objects.filter(name="token.ended").count() == 1


def test_an_administrator_sees_that_there_are_tokens_and_ends_them(
    make, sign_in, practitioner, administrator
):
    token, secret = make(practitioner)
    client = sign_in(administrator)

    page = client.get(reverse("agency_tokens")).content.decode()
    client.post(reverse("end_agency_token", args=[token.pk]))

    assert practitioner.name in page
    assert secret not in page
    assert ask(secret).status_code == 401


def test_nobody_else_sees_the_tokens_of_the_agency(make, sign_in, practitioner, supervisor, stranger):
    token, secret = make(practitioner)

    for user in (supervisor, stranger):
        client = sign_in(user)
        assert client.get(reverse("agency_tokens")).status_code == 404
        assert client.post(reverse("end_agency_token", args=[token.pk])).status_code == 404
    assert ask(secret).status_code == 200


def test_the_page_shows_what_is_over(make, sign_in, practitioner, now):
    token, _ = make(practitioner)
    actions.end_token(token, by=practitioner, at=now)

    page = confirmed(sign_in, practitioner).get(reverse("tokens"))

    assert page.context["over"] == [token]


def test_a_token_that_asks_too_often_waits(make, practitioner, monkeypatch):
    _, secret = make(practitioner)
    monkeypatch.setitem(RATES, "api", "2/m/key")

    answers = [ask(secret) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[-1]["Retry-After"] == "60"


def test_whoever_guesses_waits(monkeypatch):
    monkeypatch.setitem(RATES, "api_refused", "2/m/ip")

    assert [ask("guess").status_code for _ in range(3)] == [401, 401, 429]


def test_whoever_cannot_be_counted_is_turned_away(db):
    answer = Client(REMOTE_ADDR="").get("/api/v1/me", headers={"Authorization": "Bearer x"})

    assert answer.status_code == 403
    assert "json" in answer["Content-Type"]
