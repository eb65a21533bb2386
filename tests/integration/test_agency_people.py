"""Places in the agency: who has which, who gives it, and what happens on the day it ends."""

from datetime import timedelta

import pytest
from django.urls import reverse

from r2com.access.models import Grant
from r2com.access.roles import Role
from r2com.audit.models import Event
from r2com.cases.models import Case
from r2com.core.refusals import Refused
from r2com.organisations import actions
from r2com.organisations.models import Certification, Membership
from tests import factories


@pytest.fixture
def second(team, now):
    """Another administrator."""
    return factories.user("Otto Plumerole", Role.ADMINISTRATOR, team, at=now - timedelta(days=20))


def page(user, name="agency_person"):
    return reverse(name, args=[user.pk])


def test_the_first_page_shows_who_works_here_and_who_left(
    sign_in, administrator, practitioner, colleague, stranger, today, now
):
    actions.leave(colleague, ends=today, reason="work", by=administrator, at=now)

    shown = sign_in(administrator).get(reverse("agency"))

    assert [place.user.name for place in shown.context["here"]] == ["Ada Quillfeather", "Ines Lindqvarn"]
    assert [place.user.name for place in shown.context["left"]] == ["Bram Oosterlicht"]
    assert b"Odd Stranger" not in shown.content


def test_a_new_role_counts_from_today_and_what_they_see_follows(
    sign_in, administrator, practitioner, team, case
):
    assert Case.objects.visible_to(practitioner).exists()

    sign_in(administrator).post(page(practitioner, "change_place"), {"role": "administrator", "team": ""})

    assert factories.membership(practitioner).role == Role.ADMINISTRATOR
    assert not any(
        "rate" in what for grant in Grant.objects.filter(user=practitioner.pk) for what in grant.may
    )
    assert Event.objects.filter(
        name="membership.begun", by=administrator.pk, facts__role="administrator"
    ).exists()


def test_the_place_before_stays_readable(sign_in, administrator, practitioner, team, today):
    client = sign_in(administrator)

    client.post(page(practitioner, "change_place"), {"role": "supervisor", "team": team.pk})

    places = client.get(page(practitioner)).context["places"]
    assert [(place.role, place.ends) for place in places] == [("supervisor", None), ("practitioner", today)]


def test_somebody_who_works_with_people_needs_a_team(sign_in, administrator, practitioner):
    shown = sign_in(administrator).post(page(practitioner, "change_place"), {"role": "mentor", "team": ""})

    assert "team" in shown.context["place"].errors
    assert factories.membership(practitioner).role == Role.PRACTITIONER


def test_a_team_of_another_agency_cannot_be_given(sign_in, administrator, practitioner, stranger, team, now):
    theirs = factories.membership(stranger).team

    shown = sign_in(administrator).post(
        page(practitioner, "change_place"), {"role": "mentor", "team": theirs.pk}
    )

    assert "team" in shown.context["place"].errors
    with pytest.raises(Refused):
        actions.move(factories.membership(practitioner), role="mentor", team=theirs, by=administrator, at=now)


def test_nobody_gives_themself_another_role(sign_in, administrator, second, team, now):
    client = sign_in(administrator)

    client.post(page(administrator, "change_place"), {"role": "supervisor", "team": team.pk})

    assert factories.membership(administrator).role == Role.ADMINISTRATOR
    assert b"Nobody changes their own place" in client.get(page(administrator)).content
    with pytest.raises(Refused):
        actions.join(administrator, team.organisation, role="supervisor", team=team, by=administrator, at=now)


def test_nobody_ends_their_own_place(administrator, second, today, now):
    with pytest.raises(Refused):
        actions.leave(administrator, ends=today, reason="work", by=administrator, at=now)

    assert factories.membership(administrator).ends is None


def test_the_last_administrator_stays(administrator, second, practitioner, today, now):
    actions.leave(second, ends=today + timedelta(days=3), reason="work", by=administrator, at=now)

    with pytest.raises(Refused):
        actions.leave(administrator, ends=today, reason="work", by=second, at=now)
    with pytest.raises(Refused):
        actions.move(
            factories.membership(administrator), role="data_protection", team=None, by=second, at=now
        )

    assert factories.membership(administrator).role == Role.ADMINISTRATOR


def test_whoever_leaves_today_is_signed_out_and_sees_nothing_more(
    client, administrator, practitioner, case, today, now
):
    factories.sign_in(client, practitioner)
    assert client.get("/people/").status_code == 200

    actions.leave(practitioner, ends=today, reason="done", by=administrator, at=now)

    assert client.get("/people/").status_code == 302
    assert not Case.objects.visible_to(practitioner).exists()
    assert Event.objects.get(name="membership.ended").facts == {"ends": today.isoformat(), "reason": "done"}


def test_a_session_without_a_place_is_ended_with_a_word(client, practitioner, today):
    factories.sign_in(client, practitioner)
    Membership.objects.filter(user=practitioner).update(ends=today)

    shown = client.get("/people/", follow=True)

    assert b"You have no place here at the moment" in shown.content
    assert "_auth_user_id" not in client.session


def test_whoever_leaves_later_works_until_that_day(sign_in, administrator, practitioner, case, today, client):
    sign_in(administrator).post(
        page(practitioner, "end_place"), {"ends": today + timedelta(days=5), "reason": "work"}
    )

    assert Membership.objects.on(today).filter(user=practitioner).exists()
    assert Case.objects.visible_to(practitioner).exists()
    assert not Membership.objects.on(today + timedelta(days=5)).filter(user=practitioner).exists()


def test_a_place_cannot_end_in_the_past(sign_in, administrator, practitioner, today, now):
    yesterday = today - timedelta(days=1)

    shown = sign_in(administrator).post(
        page(practitioner, "end_place"), {"ends": yesterday, "reason": "work"}
    )

    assert "ends" in shown.context["leaving"].errors
    with pytest.raises(Refused):
        actions.leave(practitioner, ends=yesterday, reason="work", by=administrator, at=now)


def test_a_new_place_ends_one_that_was_to_end_later(administrator, practitioner, team, today, now):
    actions.leave(practitioner, ends=today + timedelta(days=5), reason="work", by=administrator, at=now)

    actions.join(practitioner, team.organisation, role="mentor", team=team, by=administrator, at=now)

    assert [place.role for place in Membership.objects.on(today).filter(user=practitioner)] == ["mentor"]


def test_the_administrator_sees_how_many_records_wait_and_nothing_of_them(
    sign_in, administrator, practitioner, colleague, case
):
    client = sign_in(administrator)

    shown = client.get(page(practitioner)).content.decode()

    assert "They work in 1 record." in shown
    assert "Milo" not in shown
    assert case.reference not in shown
    assert "They work in" not in client.get(page(colleague)).content.decode()


def test_a_second_factor_is_reset_for_others_and_not_for_oneself(sign_in, administrator, practitioner):
    client = sign_in(administrator)

    assert client.post(page(practitioner, "reset_second_factor")).status_code == 302
    assert client.post(page(administrator, "reset_second_factor")).status_code == 404

    assert [event.subject for event in Event.objects.filter(name="account.second_factor_reset")] == [
        practitioner.pk
    ]


def test_nothing_can_be_done_to_somebody_who_has_left(sign_in, administrator, practitioner, team, today, now):
    actions.leave(practitioner, ends=today, reason="work", by=administrator, at=now)
    client = sign_in(administrator)

    assert client.get(page(practitioner)).status_code == 200
    assert (
        client.post(page(practitioner, "change_place"), {"role": "mentor", "team": team.pk}).status_code
        == 404
    )
    assert client.post(page(practitioner, "end_place"), {"ends": today, "reason": "work"}).status_code == 404
    assert client.post(page(practitioner, "reset_second_factor")).status_code == 404


def test_an_administrator_certifies_somebody_and_ends_it(sign_in, administrator, practitioner, today):
    client = sign_in(administrator)

    client.post(page(practitioner, "certify"), {"grounds": "A course", "ends": today + timedelta(days=300)})
    shown = client.get(page(practitioner)).content.decode()
    held = Certification.objects.get(user=practitioner)
    client.post(page(practitioner, "end_certification"))

    assert "A course" in shown
    assert (held.certified_by, held.is_on(today)) == (administrator, True)
    assert not Certification.objects.on(today).exists()
    names = Event.objects.filter(by=administrator.pk, name__startswith="worker.").values_list(
        "name", flat=True
    )
    assert set(names) == {"worker.certified", "worker.certification_ended"}


def test_nobody_certifies_themself_or_into_the_past(
    sign_in, administrator, practitioner, organisation, now, today
):
    with pytest.raises(Refused, match="themself"):
        actions.certify(
            administrator,
            organisation,
            grounds="Mine",
            ends=today + timedelta(days=300),
            by=administrator,
            at=now,
        )

    shown = sign_in(administrator).post(page(practitioner, "certify"), {"grounds": "A course", "ends": today})

    assert "still ahead" in shown.content.decode()
    assert "A course" in shown.content.decode()
    assert not Certification.objects.exists()


@pytest.mark.parametrize(
    "name", ["change_place", "end_place", "reset_second_factor", "certify", "end_certification"]
)
def test_an_administrator_of_another_agency_finds_nobody_of_ours(sign_in, stranger, practitioner, now, name):
    actions.join(
        stranger,
        factories.membership(stranger).organisation,
        role="administrator",
        team=None,
        by=None,
        at=now,
    )
    client = sign_in(stranger)

    assert client.get(page(stranger)).status_code == 200
    assert client.get(page(practitioner)).status_code == 404
    assert client.post(page(practitioner, name)).status_code == 404


def test_a_team_begins_and_ends_once_nobody_is_in_it(sign_in, administrator, team, practitioner, today):
    client = sign_in(administrator)
    client.post(reverse("agency_teams"), {"name": "River team"})
    river = team.organisation.teams.get(name="River team")

    client.post(reverse("end_team", args=[river.pk]))
    client.post(reverse("end_team", args=[team.pk]))

    river.refresh_from_db()
    team.refresh_from_db()
    assert (river.ends, team.ends) == (today, None)
    assert Event.objects.filter(name__startswith="team.", by=administrator.pk).count() == 2


def test_two_teams_at_work_do_not_share_a_name(sign_in, administrator, team):
    shown = sign_in(administrator).post(reverse("agency_teams"), {"name": "harbour TEAM"})

    assert "name" in shown.context["form"].errors
    assert team.organisation.teams.count() == 1
