"""Who works in a case: placed and ended by those in charge, with effect at once."""

from datetime import timedelta

import pytest
from django.urls import reverse

from r2com.access.roles import Role
from r2com.audit.models import Event
from r2com.cases import actions
from r2com.cases.models import Case, CaseMember
from r2com.core.refusals import Refused
from tests import factories

Part = CaseMember.Part


@pytest.fixture
def page(case):
    return reverse("team", args=[case.reference])


@pytest.fixture
def partner(team, now):
    return factories.user("Pia Underwood", Role.PARTNER, team, at=now - timedelta(days=20))


def sees(user):
    return Case.objects.visible_to(user).exists()


def here(case):
    return {(member.user.name, member.part) for member in case.members.filter(until__isnull=True)}


def says(response, sentence):
    return sentence in response.content.decode()


@pytest.mark.parametrize("who", ["practitioner", "supervisor"])
def test_those_in_charge_place_a_mentor(sign_in, request, who, case, mentor, page):
    sign_in(request.getfixturevalue(who)).post(page, {"user": mentor.pk, "part": "mentor"})

    assert here(case) == {("Ines Lindqvarn", "lead"), ("Rafe Tollgate", "mentor")}
    assert sees(mentor)
    assert Event.objects.filter(name="member.placed", facts__part="mentor", case=case.pk).exists()


@pytest.mark.parametrize("who", ["mentor", "colleague", "stranger", "administrator"])
def test_nobody_else_places_anybody(sign_in, request, who, case, practitioner, mentor, colleague, page, now):
    actions.place(case, mentor, part=Part.MENTOR, by=practitioner, at=now - timedelta(hours=1))
    before = here(case)
    client = sign_in(request.getfixturevalue(who))

    assert client.post(page, {"user": colleague.pk, "part": "deputy"}).status_code == 404
    assert here(case) == before


def test_a_mentor_reads_who_works_here_without_the_forms(sign_in, case, practitioner, mentor, page, now):
    actions.place(case, mentor, part=Part.MENTOR, by=practitioner, at=now - timedelta(hours=1))

    answer = sign_in(mentor).get(page)

    assert says(answer, "Rafe Tollgate")
    assert not says(answer, "Place them here")


def test_the_action_asks_who_is_in_charge_too(case, practitioner, colleague, mentor, now):
    with pytest.raises(actions.NotInCharge):
        actions.place(case, mentor, part=Part.MENTOR, by=colleague, at=now)
    member = actions.place(case, mentor, part=Part.MENTOR, by=practitioner, at=now)

    with pytest.raises(actions.NotInCharge):
        actions.end_place(member, by=mentor, at=now)


def test_another_case_worker_takes_over_and_the_one_before_sees_no_more(
    sign_in, practitioner, colleague, case, page
):
    answer = sign_in(practitioner).post(page, {"user": colleague.pk, "part": "lead"})

    assert answer.url == reverse("people")
    assert here(case) == {("Bram Oosterlicht", "lead")}
    assert sees(colleague)
    assert not sees(practitioner)


def test_the_page_says_what_taking_over_does(sign_in, practitioner, page):
    assert says(
        sign_in(practitioner).get(page), "Whoever had this part steps back, and sees this record no more."
    )


def test_somebody_who_ends_sees_no_more_and_stays_in_the_list(sign_in, practitioner, mentor, case, page, now):
    member = actions.place(case, mentor, part=Part.MENTOR, by=practitioner, at=now - timedelta(hours=1))
    client = sign_in(practitioner)
    assert sees(mentor)

    client.post(page, {"end": member.pk})

    assert not sees(mentor)
    assert [one.user for one in client.get(page).context["before"]] == [mentor]


@pytest.mark.parametrize("end", ["nonsense", "0190b7a0-0000-7000-8000-000000000000"])
def test_a_place_that_is_not_here_cannot_be_ended(sign_in, practitioner, page, end):
    assert sign_in(practitioner).post(page, {"end": end}).status_code == 404


def test_there_is_always_a_case_worker(sign_in, practitioner, case, page, now):
    lead = case.members.get()

    answer = sign_in(practitioner).post(page, {"end": lead.pk}, follow=True)
    with pytest.raises(Refused):
        actions.place(case, practitioner, part=Part.DEPUTY, by=practitioner, at=now)

    assert says(answer, "There is always a case worker.")
    assert here(case) == {("Ines Lindqvarn", "lead")}


def test_the_deputy_who_takes_over_is_deputy_no_more(case, practitioner, colleague, now):
    actions.place(case, colleague, part=Part.DEPUTY, by=practitioner, at=now - timedelta(hours=1))

    actions.place(case, colleague, part=Part.LEAD, by=practitioner, at=now)

    assert here(case) == {("Bram Oosterlicht", "lead")}


@pytest.mark.parametrize(
    ("who", "part"), [("stranger", "deputy"), ("administrator", "deputy"), ("colleague", "mentor")]
)
def test_only_people_of_the_house_whose_role_fits(sign_in, request, practitioner, case, page, who, part):
    sign_in(practitioner).post(page, {"user": request.getfixturevalue(who).pk, "part": part})

    assert here(case) == {("Ines Lindqvarn", "lead")}


def test_a_partner_agency_brings_what_it_saw_and_nothing_more(case, practitioner, partner, now):
    factories.yes(case, by=practitioner, at=now)
    actions.place(case, partner, part=Part.PARTNER, by=practitioner, at=now - timedelta(hours=1))

    with pytest.raises(Refused):
        actions.place(case, partner, part=Part.MENTOR, by=practitioner, at=now)
    assert here(case) == {("Ines Lindqvarn", "lead"), ("Pia Underwood", "partner")}


def test_the_page_asks_the_database_as_often_for_many_as_for_one(
    sign_in, practitioner, mentor, partner, case, page, now, count_queries
):
    client = sign_in(practitioner)
    with count_queries() as once:
        client.get(page)
    factories.yes(case, by=practitioner, at=now)
    for user, part in ((mentor, Part.MENTOR), (partner, Part.PARTNER)):
        actions.place(case, user, part=part, by=practitioner, at=now)

    with count_queries() as often:
        client.get(page)

    assert len(often.asked) == len(once.asked) <= 12
