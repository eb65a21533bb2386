"""What a supervisor sees of the team, and who does not see it."""

from datetime import timedelta
from decimal import Decimal

import pytest

from r2com.assessments import actions as assessments
from r2com.assessments.models import Rating
from r2com.contacts.models import Contact
from r2com.contests import actions as contests
from r2com.contests import kinds
from r2com.supervision import hours
from r2com.tasks import actions as tasks

from .. import factories
from .test_contacts import written
from .test_sense_and_signing import assessment, sense  # noqa: F401

PAGES = ["/team/", "/team/waiting/", "/team/hours/"]
DAY = timedelta(days=1)


@pytest.fixture
def promised(case, practitioner, now, today):
    return tasks.promise(
        case, words="Ring the bank", owner=practitioner, due=today - DAY, by=practitioner, at=now
    )


def test_a_supervisor_sees_what_is_overdue_in_the_team(sign_in, supervisor, promised):
    page = sign_in(supervisor).get("/team/").content.decode()

    assert "Ring the bank" in page
    assert "Still open from before" in page


def test_another_agencys_supervisor_does_not_see_it(sign_in, stranger, promised, now):
    team = factories.membership(stranger).team
    other = factories.user("Una Otherwise", "supervisor", team, at=now - DAY)

    page = sign_in(other).get("/team/").content.decode()

    assert "Ring the bank" not in page
    assert "Nothing is due" in page


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("who", ["practitioner", "mentor", "administrator"])
def test_nobody_but_a_supervisor_has_the_pages(request, sign_in, case, who, address):
    answer = sign_in(request.getfixturevalue(who)).get(address)

    assert answer.status_code == 404


def test_a_contested_judgement_stands_on_the_page(sign_in, supervisor, assessment):  # noqa: F811
    rating = Rating.objects.get()
    rating.judgements["certainty"] = "contested"
    rating.save()

    page = sign_in(supervisor).get("/team/waiting/").content.decode()

    assert "A1: Milo Fernweh" in page
    assert "Nothing waits" in page


def test_what_the_person_contested_waits_by_its_day(sign_in, supervisor, practitioner, case, now):
    for days, name in ((1, "called"), (2, "phone")):
        entry = kinds.find(practitioner, "profile", case.person_id, name)
        contests.say(
            entry, words="No", asks="correct", through="together", by=practitioner, at=now - days * DAY
        )

    page = sign_in(supervisor).get("/team/waiting/").content.decode()

    assert 0 < page.index("Telephone: Milo Fernweh") < page.index("Likes to be called: Milo Fernweh")


def test_what_owes_a_second_person_waits_until_somebody_signed(
    sign_in,
    supervisor,
    assessment,  # noqa: F811
    now,
):
    rating = Rating.objects.get()
    rating.item, rating.judgements = "G3", {"vulnerability": "marked", "person_view": "agrees"}
    rating.save()
    client = sign_in(supervisor)
    before = client.get("/team/waiting/").content.decode()
    rating.countersigned_by = supervisor
    rating.save()

    after = client.get("/team/waiting/").content.decode()

    assert "G3: Milo Fernweh" in before
    assert "G3: Milo Fernweh" not in after
    assert "No countersignature is owed" in after


def test_what_was_handed_in_waits(sign_in, supervisor, assessment, practitioner, now):  # noqa: F811
    assessments.make_sense(assessment, sense(), base=0, by=practitioner, at=now)
    assessments.hand_in(assessment, words="", by=practitioner, at=now)

    page = sign_in(supervisor).get("/team/waiting/").content.decode()

    assert f"/assessments/{assessment.pk}/sign-off/" in page


def test_hours_agreed_count_from_what_was_handed_in(
    supervisor,
    assessment,  # noqa: F811
    practitioner,
    now,
    today,
):
    assessments.make_sense(assessment, sense(), base=0, by=practitioner, at=now)
    before = hours.of(supervisor, now, today)[0]
    assessments.hand_in(assessment, words="", by=practitioner, at=now)

    work = hours.of(supervisor, now, today)[0]

    assert (before.agreed, before.without_hours) == (0, 1)
    assert (work.worker, work.cases, work.agreed, work.without_hours) == (practitioner, 1, 2, 0)
    assert not Contact.objects.exists()
    assert work.given == 0


def test_hours_given_are_spread_over_four_weeks(supervisor, case, practitioner, now, today):
    written(case, practitioner, now, minutes=120, attendance="took_place")

    assert hours.of(supervisor, now, today)[0].given == Decimal("0.5")


def test_a_stranger_has_no_hours_of_the_team(stranger, case, now, today):
    assert hours.of(stranger, now, today) == []


@pytest.mark.parametrize("address", PAGES)
def test_the_pages_ask_no_more_queries_at_fifty(
    sign_in, supervisor, practitioner, team, now, today, count_queries, address
):
    def grow(many):
        for number in range(many):
            case = factories.case(team, by=practitioner, name=f"Person Number{number}", at=now)
            tasks.promise(case, words="Ring", owner=practitioner, due=today, by=practitioner, at=now)
            entry = kinds.find(practitioner, "profile", case.person_id, "phone")
            said = {"words": "No", "asks": "correct", "through": "together"}
            contests.say(entry, **said, by=practitioner, at=now)

    grow(1)
    client = sign_in(supervisor)
    with count_queries() as few:
        client.get(address)
    grow(49)

    with count_queries() as many:
        client.get(address)

    assert len(many.asked) == len(few.asked), "\n".join(many.asked[3:10])
    assert len(many.asked) <= 6, "\n".join(many.asked)
