"""Who looked at a record can be read by those who work in it, and by the data-protection officer."""

import pytest

from r2com.access.roles import Role
from r2com.audit import trail
from tests import factories


@pytest.fixture
def officer(team, now):
    return factories.user("Sol Brandeis", Role.DATA_PROTECTION, team, at=now)


def looked(sign_in, user, case):
    return sign_in(user).get(f"/people/{case.reference}/who-looked/")


def test_whoever_opened_a_record_stands_there_with_part_and_house(sign_in, practitioner, case):
    sign_in(practitioner).get(f"/people/{case.reference}/contacts/")

    words = looked(sign_in, practitioner, case).content.decode()

    assert "Ines Lindqvarn" in words
    assert "opened it: Contacts" in words
    assert "Case worker, Lantern Association" in words


def test_a_supervisor_reads_it(sign_in, supervisor, practitioner, case):
    sign_in(practitioner).get(f"/people/{case.reference}/")

    assert "Ines Lindqvarn" in looked(sign_in, supervisor, case).content.decode()


@pytest.mark.parametrize("who", ["stranger", "colleague", "mentor", "administrator", "officer"])
def test_others_find_nothing(sign_in, request, case, who):
    assert looked(sign_in, request.getfixturevalue(who), case).status_code == 404


def test_the_officer_reads_readings_by_reference_and_no_name(sign_in, officer, practitioner, case):
    sign_in(practitioner).get(f"/people/{case.reference}/")

    words = sign_in(officer).get("/agency/who-looked/").content.decode()

    assert "Ines Lindqvarn" in words
    assert case.reference in words
    assert "Milo" not in words


def test_the_officer_finds_one_record_by_its_reference(sign_in, officer, practitioner, case, team, now):
    other = factories.case(team, by=practitioner, name="Tove Lindgren", at=now)
    for one in (case, other):
        sign_in(practitioner).get(f"/people/{one.reference}/")

    words = sign_in(officer).get("/agency/who-looked/", {"reference": case.reference}).content.decode()

    assert case.reference in words
    assert other.reference not in words


def test_the_officer_sees_nothing_of_another_house(sign_in, officer, stranger, now):
    elsewhere = stranger.memberships.get().team
    theirs = factories.case(elsewhere, by=stranger, name="Far Away", at=now)
    sign_in(stranger).get(f"/people/{theirs.reference}/")

    assert theirs.reference not in sign_in(officer).get("/agency/who-looked/").content.decode()


@pytest.mark.parametrize("who", ["practitioner", "supervisor", "mentor", "administrator", "stranger"])
def test_nobody_else_reads_the_readings_of_the_house(sign_in, request, who):
    assert sign_in(request.getfixturevalue(who)).get("/agency/who-looked/").status_code == 404


@pytest.mark.parametrize("before", ["x", "\0", "0190b7a0-0000-7000-8000-000000000000"])
def test_any_word_in_the_address_is_borne(sign_in, officer, before):
    asked = {"before": before, "reference": before}

    assert sign_in(officer).get("/agency/who-looked/", asked).status_code == 200


def test_older_readings_go_on_behind_the_last_one(sign_in, practitioner, case):
    for _ in range(60):
        trail.opened("contacts", subject=case, by=practitioner)

    first = looked(sign_in, practitioner, case)
    older = sign_in(practitioner).get(
        f"/people/{case.reference}/who-looked/?before={first.context['looks'].older}"
    )

    assert len(first.context["looks"].rows) == 50
    assert 0 < len(older.context["looks"].rows) < 50
    assert {row.at for row in first.context["looks"].rows}.isdisjoint(
        row.at for row in older.context["looks"].rows
    )


@pytest.mark.parametrize("page", ["record", "house"])
def test_it_asks_the_same_few_queries_at_one_and_at_fifty(
    sign_in, count_queries, practitioner, officer, case, team, now, page
):
    user = practitioner if page == "record" else officer
    address = f"/people/{case.reference}/who-looked/" if page == "record" else "/agency/who-looked/"
    client = sign_in(user)
    trail.opened("contacts", subject=case, by=practitioner)
    client.get(address)
    with count_queries() as few:
        client.get(address)
    for number in range(50):
        other = factories.user(f"Worker{number} Many", Role.PRACTITIONER, team, at=now)
        trail.opened("contacts", subject=case, by=other)

    with count_queries() as many:
        client.get(address)

    assert len(many.asked) == len(few.asked)
    assert len(few.asked) <= 6
