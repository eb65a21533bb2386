"""Invitations: a link that works once, and says nothing to whoever else reads it."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from r2com.access.roles import Role
from r2com.accounts.models import User
from r2com.audit.models import Event
from r2com.core.refusals import Refused
from r2com.organisations import actions, letters
from r2com.organisations.models import Invitation
from tests import factories

GOOD = "lamp kettle harbour 9"


@pytest.fixture
def invited(team, administrator, now):
    """An invitation and its token."""
    return invite(team, administrator, now)


def invite(team, by, at, **changed):
    given = {"email": "Noa.Wintergreen@example.org", "name": "Noa Wintergreen", "role": Role.PRACTITIONER}
    given |= {"team": team, "language": "en", **changed}
    return actions.invite(team.organisation, **given, by=by, at=at)


def filled(team, **changed):
    given = {"name": "Noa Wintergreen", "email": "noa@example.org", "role": "practitioner", "team": team.pk}
    return {**given, "language": "en", **changed}


def answers(**changed):
    return {"name": "Noa W.", "language": "pt", "password": GOOD, "password_again": GOOD, **changed}


def test_an_invitation_goes_out_by_mail_and_the_link_makes_an_account(sign_in, administrator, team, client):
    sign_in(administrator).post(reverse("invite"), filled(team))
    client.logout()
    link = re.search(r"/join/\S+", mail.outbox[0].body)[0]

    assert client.get(link).status_code == 200
    assert client.post(link, answers()).url == reverse("joined")

    noa = User.objects.get(email="noa@example.org")
    place = factories.membership(noa)
    assert (noa.name, noa.language, noa.check_password(GOOD)) == ("Noa W.", "pt", True)
    assert (place.role, place.team, place.organisation) == (Role.PRACTITIONER, team, team.organisation)
    told = set(Event.objects.filter(by__in=[administrator.pk, noa.pk]).values_list("name", flat=True))
    assert told >= {"invitation.made", "account.enrolled", "invitation.accepted", "membership.begun"}


def test_the_letter_is_neutral_and_in_their_language(sign_in, administrator, team, case):
    sign_in(administrator).post(reverse("invite"), filled(team, language="pt"))

    letter = mail.outbox[0]

    words = f"{letter.subject} {letter.body}".lower()
    for word in ("noa", "milo", "prison", "radical", "case", "person", "r2com", "association"):
        assert word not in words.replace("personal", "")
    assert letter.to == ["noa@example.org"]


def test_only_a_hash_of_the_link_is_kept(invited):
    invitation, token = invited

    assert invitation.token_hash != token
    assert list(Invitation.objects.with_token(token)) == [invitation]
    assert token not in str(list(Invitation.objects.values()))
    assert token not in str(list(Event.objects.values()))


def test_without_mail_the_link_is_shown_once_to_be_handed_over(sign_in, administrator, team, settings):
    settings.EMAIL_BACKEND = letters.TO_THE_LOG
    client = sign_in(administrator)

    shown = client.post(reverse("invite"), filled(team)).content.decode()

    token = re.search(r"/join/([^/]+)/", shown)[1]
    assert Invitation.objects.with_token(token).exists()
    assert token not in client.get(reverse("agency")).content.decode()
    assert mail.outbox == []


def test_when_mail_is_set_up_the_link_is_not_shown(sign_in, administrator, team):
    shown = sign_in(administrator).post(reverse("invite"), filled(team), follow=True).content.decode()

    assert "/join/" not in shown
    assert "on its way to noa@example.org" in shown


def test_a_link_works_once(invited, client):
    _invitation, token = invited
    link = reverse("join", args=[token])
    client.post(link, answers())

    again = client.post(link, answers(password="another long one 3", password_again="another long one 3"))

    assert again.status_code == 404
    assert User.objects.get(email="noa.wintergreen@example.org").check_password(GOOD)


def test_every_link_that_does_not_work_gets_the_same_answer(team, administrator, client, now):
    used, used_token = invite(team, administrator, now, email="used@example.org")
    withdrawn, withdrawn_token = invite(team, administrator, now, email="withdrawn@example.org")
    _old, old_token = invite(team, administrator, now - timedelta(days=8), email="old@example.org")
    actions.accept(used, name="U", language="en", password=GOOD, by=None, at=now)
    actions.withdraw(withdrawn, by=administrator, at=now)

    answers = [
        client.get(reverse("join", args=[t])) for t in (used_token, withdrawn_token, old_token, "invented")
    ]

    seen = {
        re.sub(r'name="(csrfmiddlewaretoken|next)" value="[^"]*"', "", a.content.decode()) for a in answers
    }
    assert {answer.status_code for answer in answers} == {404}
    assert len(seen) == 1


def test_a_link_of_seven_days_less_a_minute_still_works(team, administrator, client):
    _invitation, token = invite(team, administrator, timezone.now() - timedelta(days=6, hours=23, minutes=59))

    assert client.get(reverse("join", args=[token])).status_code == 200


def test_looking_at_the_link_does_not_use_it(invited, client):
    _invitation, token = invited

    client.get(reverse("join", args=[token]))

    assert client.get(reverse("join", args=[token])).status_code == 200
    assert not User.objects.filter(email="noa.wintergreen@example.org").exists()


def test_an_administrator_who_left_leaves_no_open_door(invited, team, administrator, client, today, now):
    _invitation, token = invited
    other = factories.user("Otto Plumerole", Role.ADMINISTRATOR, team, at=now - timedelta(days=2))
    actions.leave(administrator, ends=today, reason="work", by=other, at=now)

    answer = client.post(reverse("join", args=[token]), answers())

    assert answer.status_code == 404
    assert not User.objects.filter(email="noa.wintergreen@example.org").exists()


@pytest.mark.parametrize(
    ("password", "again"),
    [("sh0rt7", "sh0rt7"), ("noa.wintergreen", "noa.wintergreen"), (GOOD, "something else 2")],
)
def test_a_password_that_is_easy_to_guess_or_mistyped_is_not_taken(invited, client, password, again):
    _invitation, token = invited
    given = answers(name="Noa Wintergreen", password=password, password_again=again)

    shown = client.post(reverse("join", args=[token]), given)

    assert shown.status_code == 200
    assert shown.context["form"].errors
    assert password.encode() not in shown.content.replace(b"noa.wintergreen@example.org", b"")
    assert not User.objects.filter(email="noa.wintergreen@example.org").exists()


def test_sending_again_makes_the_old_link_useless(invited, sign_in, administrator, client):
    invitation, old = invited

    sign_in(administrator).post(reverse("invite_again", args=[invitation.pk]))

    new = re.search(r"/join/([^/]+)/", mail.outbox[0].body)[1]
    assert client.get(reverse("join", args=[old])).status_code == 404
    assert client.get(reverse("join", args=[new])).status_code == 200
    assert Event.objects.filter(name="invitation.sent_again", subject=invitation.pk).exists()


def test_a_withdrawn_invitation_cannot_be_sent_again(invited, sign_in, administrator):
    invitation, _token = invited
    client = sign_in(administrator)

    client.post(reverse("withdraw_invitation", args=[invitation.pk]))

    assert client.post(reverse("invite_again", args=[invitation.pk])).status_code == 404
    assert Event.objects.filter(name="invitation.withdrawn", by=administrator.pk).exists()
    assert mail.outbox == []


def test_an_address_is_invited_once_and_not_if_it_works_here(invited, team, administrator, practitioner, now):
    with pytest.raises(Refused):
        invite(team, administrator, now)
    with pytest.raises(Refused):
        invite(team, administrator, now, email=practitioner.email.upper())

    assert Invitation.objects.count() == 1


def test_somebody_who_comes_back_gets_their_account_again(team, administrator, practitioner, today, now):
    actions.leave(practitioner, ends=today, reason="away", by=administrator, at=now)
    invitation, _token = invite(team, administrator, now, email=practitioner.email, role=Role.MENTOR)

    back = actions.accept(invitation, name="Ines L.", language="en", password=GOOD, by=None, at=now)

    assert back == practitioner
    assert factories.membership(practitioner).role == Role.MENTOR


def test_an_account_of_another_agency_is_not_taken_over(team, administrator, stranger, client, now):
    _invitation, token = invite(team, administrator, now, email=stranger.email)

    assert client.post(reverse("join", args=[token]), answers()).status_code == 404

    stranger.refresh_from_db()
    assert not stranger.check_password(GOOD)
    assert factories.membership(stranger).organisation != team.organisation


def test_another_agency_cannot_touch_our_invitations(invited, sign_in, stranger, now):
    invitation, _token = invited
    actions.join(
        stranger,
        factories.membership(stranger).organisation,
        role="administrator",
        team=None,
        by=None,
        at=now,
    )
    client = sign_in(stranger)

    assert b"Noa" not in client.get(reverse("agency")).content
    assert client.post(reverse("withdraw_invitation", args=[invitation.pk])).status_code == 404
    assert client.post(reverse("invite_again", args=[invitation.pk])).status_code == 404


def test_after_joining_one_is_told_what_comes_next(client):
    page = client.get(reverse("joined"))

    assert page.status_code == 200
    assert reverse("account_login") in page.content.decode()
