"""Nobody reaches a record without a password and a second factor, and nothing tells who has an account."""

import base64
import json
import re
import time
from urllib.parse import unquote

import pytest
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from r2com.access.roles import Role
from r2com.accounts import actions, demo_codes
from r2com.accounts.models import Session
from r2com.accounts.recovery_codes import SeededCodes
from r2com.audit.models import Event
from r2com.drafts import parking
from tests import factories
from tests.factories import PASSWORD

EMAIL = "wanda.ferrow@example.org"
SET_UP = "/account/second-factor/"
NEW = {"password1": "seven plain words 8", "password2": "seven plain words 8"}


@pytest.fixture(autouse=True)
def nobody_has_tried_yet():
    cache.clear()


@pytest.fixture
def newcomer(team, now):
    """Has a password, and nothing else yet."""
    return factories.enrolled("Wanda Ferrow", Role.PRACTITIONER, team, at=now)


@pytest.fixture
def worker(newcomer):
    """Has a password, an authenticator app and recovery codes."""
    TOTP.activate(newcomer, generate_totp_secret())
    RecoveryCodes.activate(newcomer)
    return newcomer


@pytest.fixture
def record(worker, team, now):
    """The address of the record of somebody whom the worker supports."""
    case = factories.case(team, by=worker, at=now, name="Milo Fernweh")
    return f"/people/{case.reference}/"


def secret(user):
    return get_adapter().decrypt(Authenticator.objects.get(user=user, type="totp").data["secret"])


def code(key):
    """What an authenticator app shows now."""
    return format_hotp_value(hotp_value(key, int(time.time()) // app_settings.TOTP_PERIOD))


def wrong(right):
    return f"{(int(right) + 1) % 1_000_000:06}"


def recovery_code(user):
    """The first of a set made now: of one made before, nobody can say the codes."""
    Authenticator.objects.filter(user=user, type="recovery_codes").delete()
    return RecoveryCodes.activate(user).fresh[0]


def shown_codes(body):
    return re.findall(r"<code>(\d{12})</code>", body)


def give_password(client, password=PASSWORD, email=EMAIL, **more):
    return client.post("/sign-in/", {"login": email, "password": password, **more})


def give_code(client, digits):
    return client.post("/account/code/", {"code": digits})


def is_in(client):
    return client.get(reverse("sign_in_again")).status_code == 200


def again(client, **given):
    return client.post("/sign-in/again/", json.dumps(given), content_type="application/json")


def names(*prefixes):
    return [event.name for event in Event.objects.order_by("at", "id") if event.name.startswith(prefixes)]


# With a password alone


def test_a_password_alone_opens_no_record(client, worker, record):
    answer = give_password(client)

    assert answer.url == "/account/code/"
    assert client.get(record).url.startswith("/sign-in/")


def test_password_and_code_open_a_record(client, worker, record):
    give_password(client, next=record)

    answer = give_code(client, code(secret(worker)))

    assert answer.url == record
    assert client.get(record).status_code == 200


def test_a_wrong_code_opens_nothing(client, worker, record):
    give_password(client)

    answer = give_code(client, wrong(code(secret(worker))))

    assert "does not fit" in answer.content.decode()
    assert client.get(record).status_code == 302


def test_a_code_works_once(client, worker):
    digits = code(secret(worker))
    give_password(client)
    give_code(client, digits)
    client.post("/account/sign-out/")

    give_password(client)
    give_code(client, digits)

    assert not is_in(client)


def test_a_recovery_code_opens_a_record_once(client, worker, record):
    digits = recovery_code(worker)
    give_password(client)
    give_code(client, digits)
    assert client.get(record).status_code == 200
    client.post("/account/sign-out/")

    give_password(client)
    give_code(client, digits)

    assert not is_in(client)


@pytest.mark.parametrize(
    ("email", "password"), [(EMAIL, "not the password"), ("nobody@example.org", PASSWORD)]
)
def test_a_refused_sign_in_does_not_tell_what_was_wrong(client, worker, email, password):
    answer = give_password(client, password, email)

    assert "Email and password do not match an account." in answer.content.decode()


def test_after_too_many_tries_the_right_password_has_to_wait(client, worker):
    for _ in range(5):
        give_password(client, "not the password")

    answer = give_password(client)

    assert "Wait five minutes" in answer.content.decode()


def test_very_many_tries_meet_our_own_page(client, worker):
    answers = [client.post("/sign-in/", {}) for _ in range(31)]

    assert answers[-2].status_code == 200
    assert answers[-1].status_code == 429
    assert "A short pause" in answers[-1].content.decode()


def test_a_closed_account_is_told_so_and_stays_out(client, worker):
    worker.is_active = False
    worker.save()

    answer = give_password(client)

    assert answer.url == "/account/closed/"
    assert "This account is closed" in client.get(answer.url).content.decode()
    assert not is_in(client)


# The first sign-in


def test_somebody_without_second_factor_is_led_to_set_one_up(client, newcomer):
    give_password(client)

    assert client.get("/people/").url == SET_UP
    assert client.get("/").url == SET_UP
    assert "One more step before you begin" in client.get(SET_UP).content.decode()


def test_setting_up_an_app_opens_the_rest(client, newcomer, django_capture_on_commit_callbacks):
    give_password(client)
    before = client.cookies["sid"].value
    key = client.get("/account/second-factor/app/").context["form"].secret

    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/account/second-factor/app/", {"code": code(key)})

    assert answer.url == "/account/second-factor/codes/"
    assert len(shown_codes(client.get(answer.url).text)) == 10
    assert client.get("/").status_code == 200
    assert client.cookies["sid"].value != before
    assert names("account.second") == ["account.second_factor_added"] * 2


def test_a_wrong_first_code_sets_up_nothing(client, newcomer):
    give_password(client)
    key = client.get("/account/second-factor/app/").context["form"].secret

    answer = client.post("/account/second-factor/app/", {"code": wrong(code(key))})

    assert answer.context["form"].secret == key
    assert not Authenticator.objects.exists()
    assert client.get("/").url == SET_UP


def test_the_key_of_an_app_lies_sealed_before_and_after_it_is_set_up(client, newcomer):
    give_password(client)
    key = client.get("/account/second-factor/app/").context["form"].secret

    waiting = client.session["mfa.totp.secret"]
    client.post("/account/second-factor/app/", {"code": code(key)})

    assert not holds(waiting, key)
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM mfa_authenticator")
        assert not any(holds(str(data), key) for (data,) in cursor.fetchall())
    assert secret(newcomer) == key


def holds(text, key):
    """Whether a key stands in a text as it is, or as its bytes in base 64."""
    return key in text or base64.b64encode(key.encode()).decode().rstrip("=") in text


def test_removing_the_last_second_factor_leads_back_to_setting_one_up(client, worker):
    give_password(client)
    give_code(client, code(secret(worker)))
    assert client.get("/").status_code == 200

    client.post("/account/second-factor/app/remove/")

    assert client.get("/").url == SET_UP


def test_a_reset_second_factor_signs_out_and_is_set_up_anew(client, worker, administrator, now):
    give_password(client)
    give_code(client, code(secret(worker)))

    actions.reset_second_factor(worker, by=administrator, at=now)

    assert not is_in(client)
    assert not Authenticator.objects.filter(user=worker).exists()
    give_password(client)
    assert client.get("/").url == SET_UP
    assert Event.objects.get(name="account.second_factor_reset").by == administrator.pk


def test_changing_how_one_signs_in_asks_for_the_password_again_later(client, worker):
    give_password(client)
    give_code(client, code(secret(worker)))
    later(client, minutes=11)

    answer = client.get("/account/second-factor/codes/")

    assert unquote(answer.url) == "/account/confirm/?next=/account/second-factor/codes/"
    assert client.post(answer.url, {"password": "not it"}).status_code == 200
    assert client.post(answer.url, {"password": PASSWORD}).url == "/account/second-factor/codes/"
    assert client.get("/account/second-factor/codes/").status_code == 200


def test_a_code_is_enough_to_confirm_who_one_is(client, worker):
    give_password(client)
    give_code(client, code(secret(worker)))
    later(client, minutes=11)

    page = client.get("/account/confirm/code/?next=/account/second-factor/codes/")

    assert b'name="code"' in page.content


def test_signing_out_is_asked_before_it_is_done(client, worker):
    give_password(client)
    give_code(client, code(secret(worker)))

    assert client.get("/account/sign-out/").status_code == 200
    assert is_in(client)
    client.post("/account/sign-out/")
    assert not is_in(client)


def later(client, minutes):
    """As if the sign-in had been that long ago."""
    session = client.session
    session["signed_in_at"] -= 60 * minutes
    session.save()


# Signing in again in place


def test_signing_in_again_in_place_answers_with_a_fresh_token(client, worker, record):
    answer = again(client, email=EMAIL, password=PASSWORD, code=code(secret(worker)))

    assert answer.json()["csrf"]
    assert client.get(record).status_code == 200
    assert client.get("/sign-in/again/").json()["csrf"]


def test_a_recovery_code_signs_in_again_in_place(client, worker):
    answer = again(client, email=EMAIL, password=PASSWORD, code=recovery_code(worker))

    assert answer.status_code == 200


def test_signing_in_again_never_tells_what_was_wrong(client, worker):
    right = code(secret(worker))
    tries = [
        {"email": EMAIL, "password": PASSWORD, "code": wrong(right)},
        {"email": EMAIL, "password": "not it", "code": right},
        {"email": "nobody@example.org", "password": PASSWORD, "code": right},
        {"email": EMAIL, "password": PASSWORD, "code": ""},
        {"email": EMAIL, "password": PASSWORD},
    ]

    answers = [again(client, **given) for given in tries]

    assert {answer.status_code for answer in answers} == {400}
    assert len({answer.json()["error"] for answer in answers}) == 1
    assert not is_in(client)


@pytest.mark.parametrize("body", ["", "[]", "nothing", '{"email": 3, "password": {}, "code": []}'])
def test_signing_in_again_takes_no_nonsense(client, worker, body):
    answer = client.post("/sign-in/again/", body, content_type="application/json")

    assert answer.status_code == 400


def test_somebody_without_second_factor_cannot_sign_in_again_in_place(client, newcomer):
    answer = again(client, email=EMAIL, password=PASSWORD, code="123456")

    assert answer.status_code == 400
    assert not is_in(client)


def test_a_closed_account_cannot_sign_in_again_in_place(client, worker):
    worker.is_active = False
    worker.save()

    answer = again(client, email=EMAIL, password=PASSWORD, code=code(secret(worker)))

    assert answer.status_code == 400
    assert not is_in(client)


def test_signing_in_again_waits_after_too_many_tries(client, worker):
    for _ in range(5):
        again(client, email=EMAIL, password="not it", code="123456")

    answer = again(client, email=EMAIL, password=PASSWORD, code=code(secret(worker)))

    assert answer.status_code == 429
    assert "Wait five minutes" in answer.json()["error"]
    assert not is_in(client)


def test_signing_in_again_needs_the_form_token(worker):
    answer = again(
        Client(enforce_csrf_checks=True), email=EMAIL, password=PASSWORD, code=code(secret(worker))
    )

    assert answer.status_code == 403


# Words that come when nobody is signed in any more


def test_a_script_without_session_is_told_to_sign_in(client, worker):
    answer = client.post("/people/", {"name": "Milo"}, headers={"X-Requested-With": "fetch"})

    assert answer.status_code == 401
    assert answer.json() == {"sign_in": True}


def test_a_form_without_session_waits_through_both_factors(client, worker, rf):
    give_password(client)
    give_code(client, code(secret(worker)))
    client.get("/")
    Session.objects.all().delete()
    cache.clear()
    client.post("/door/", {"asked": "A bed for tonight"})
    give_password(client, next="/door/")
    give_code(client, code(secret(worker)))

    request = rf.get("/door/")
    request.session, request.user = client.session, worker

    assert parking.take(request) == {"asked": ["A bed for tonight"]}
    assert parking.take(request) is None


def test_words_of_somebody_who_never_signed_in_here_are_not_kept(client, worker):
    client.post("/door/", {"asked": "A bed for tonight"})

    assert parking.SESSION not in client.session


# Passwords


def test_a_forgotten_password_is_replaced_by_mail_and_the_code_is_still_asked_for(client, worker):
    client.post("/account/password/forgotten/", {"email": EMAIL})
    link = next(word for word in mail.outbox[0].body.split() if word.startswith("http"))

    form = client.get(link, follow=True)
    answer = client.post(form.redirect_chain[-1][0], NEW)

    assert answer.url == "/account/password/new/"
    assert not is_in(client)
    assert give_password(client, NEW["password1"]).url == "/account/code/"
    assert "does not work any more" in client.get(link, follow=True).content.decode()


def test_a_mail_names_no_person_and_no_house(client, worker):
    client.post("/account/password/forgotten/", {"email": EMAIL})

    (sent,) = mail.outbox
    words = f"{sent.subject} {sent.body}"
    assert sent.subject == "A new password"
    assert not any(name in words for name in ["Wanda", "Ferrow", "Lantern", "R2COM", EMAIL])


def test_an_unknown_address_gets_the_same_answer_and_no_mail(client, worker):
    known = client.post("/account/password/forgotten/", {"email": EMAIL})
    unknown = client.post("/account/password/forgotten/", {"email": "nobody@example.org"})

    assert unknown.url == known.url == "/account/password/forgotten/sent/"
    assert [message.to for message in mail.outbox] == [[EMAIL]]


def test_changing_the_password_ends_the_other_sessions(client, worker):
    other = factories.sign_in(Client(), worker)
    factories.sign_in(client, worker)
    words = {"oldpassword": PASSWORD, **NEW}

    client.post("/account/password/", words | {"oldpassword": "not it"})
    assert is_in(other)
    client.post("/account/password/", words)

    assert is_in(client)
    assert not is_in(other)
    assert "account.password_changed" in names("account")


# What is offered, and what is not


@pytest.mark.parametrize(
    "address",
    ["/sign-up/", "/account/signup/", "/account/email/", "/account/phone/change/", "/account/login/"],
)
def test_what_is_not_offered_does_not_exist(client, worker, address):
    factories.sign_in(client, worker)

    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/sign-in/",
        "/account/closed/",
        "/account/password/forgotten/",
        "/account/password/forgotten/sent/",
        "/account/password/new/",
        "/account/password/new/abc-def/",
    ],
)
def test_pages_before_the_sign_in_are_ours_in_both_languages(client, db, address):
    for language in ("en", "pt"):
        client.cookies["language"] = language

        body = client.get(address).content.decode()

        assert f'<html lang="{language}"' in body
        assert "Leave quickly" in body or language == "pt"
        assert "placeholder" not in body


@pytest.mark.parametrize(
    "address",
    ["", "app/remove/", "codes/", "codes/new/", "passkeys/add/"],
)
def test_pages_about_the_second_factor_are_ours(client, worker, address):
    give_password(client)
    give_code(client, code(secret(worker)))

    body = client.get(SET_UP + address).content.decode()

    assert 'class="sheet plain' in body
    assert body.split("<main")[1].split("</main>")[0].count('class="button"') <= 1


def test_recovery_codes_are_shown_once_and_kept_as_hashes(client, worker):
    give_password(client)
    give_code(client, code(secret(worker)))

    made = client.post("/account/second-factor/codes/new/")
    waiting = str(dict(client.session))
    first, second = (client.get(made.url).text for _ in range(2))

    codes = shown_codes(first)
    kept = Authenticator.objects.get(user=worker, type="recovery_codes")
    assert len(set(codes)) == 10
    assert not any(holds(words, one) for one in codes for words in (second, waiting, str(kept.data)))
    assert kept.wrap().generate_codes() == []
    assert "10 of your codes have not been used" in second
    assert kept.wrap().validate_code(f"{codes[3][:6]} {codes[3][6:]}")
    assert not kept.wrap().validate_code(codes[3])
    assert "9 of your codes have not been used" in client.get(made.url).text


def test_another_browser_is_not_shown_the_codes(client, worker):
    give_password(client)
    give_code(client, code(secret(worker)))
    client.post("/account/second-factor/codes/new/")
    other = factories.sign_in(Client(), worker)

    assert shown_codes(other.get("/account/second-factor/codes/").text) == []
    assert len(shown_codes(client.get("/account/second-factor/codes/").text)) == 10


def test_new_codes_end_the_ones_before(client, worker):
    before = recovery_code(worker)
    give_password(client)
    give_code(client, code(secret(worker)))

    client.post("/account/second-factor/codes/new/")

    kept = Authenticator.objects.get(user=worker, type="recovery_codes")
    assert not kept.wrap().validate_code(before)


def test_codes_from_a_seed_go_on_as_hashes(worker):
    kept = Authenticator.objects.get(user=worker, type="recovery_codes")
    kept.data = {"seed": get_adapter().encrypt("ab" * 40), "used_mask": 1}
    kept.save()
    used, good, *_ = SeededCodes(kept).generate_codes()

    assert kept.wrap().validate_code(good)
    assert not kept.wrap().validate_code(used)
    kept.refresh_from_db()
    assert "seed" not in kept.data
    assert len(kept.data["hashes"]) == 8


# The trail


def test_the_trail_tells_who_signed_in_and_out(client, worker):
    give_password(client)
    give_code(client, code(secret(worker)))
    client.post("/account/sign-out/")

    assert names("account.signed") == ["account.signed_in", "account.signed_out"]


def test_the_trail_tells_of_failures_without_an_address(client, worker):
    give_password(client, "not it")
    give_password(client, email="nobody@example.org")
    give_password(client)
    give_code(client, wrong(code(secret(worker))))

    failed = Event.objects.filter(name="account.sign_in_failed").order_by("at", "id")
    assert [(event.subject, event.facts) for event in failed] == [
        (worker.pk, {"step": "password"}),
        (None, {"step": "password"}),
        (worker.pk, {"step": "code"}),
    ]


# Language


def test_a_language_chosen_while_signed_in_is_remembered(client, worker):
    factories.sign_in(client, worker)

    client.post("/language/", {"language": "pt", "next": "/"})

    worker.refresh_from_db()
    assert worker.language == "pt"


def test_a_language_chosen_before_signing_in_changes_no_account(client, worker):
    client.post("/language/", {"language": "pt", "next": "/sign-in/"})

    worker.refresh_from_db()
    assert worker.language == "en"


# The demonstration


def test_a_demonstration_shows_who_one_can_be(client, worker, settings):
    settings.DEMO = True

    body = client.get("/sign-in/").content.decode()

    assert all(words in body for words in ["Wanda Ferrow", EMAIL, demo_codes.PASSWORD, code(secret(worker))])
    assert "Supports people, rates with them" in body


def test_outside_a_demonstration_no_code_is_shown(client, worker):
    body = client.get("/sign-in/").content.decode()

    assert EMAIL not in body
    assert code(secret(worker)) not in body
    with pytest.raises(demo_codes.NotADemonstration):
        demo_codes.current_codes()


def test_the_code_of_a_demonstration_signs_in(client, worker, settings):
    settings.DEMO = True
    give_password(client)

    (player,) = demo_codes.current_codes()
    give_code(client, player.code)

    assert is_in(client)
    assert Session.objects.filter(user=worker).count() == 1
