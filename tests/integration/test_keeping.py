"""What is not kept any longer goes by the word of two, for good, and never while it is held."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse

from r2com.audit.models import Event
from r2com.cases import actions as cases
from r2com.cases.models import Case, Door
from r2com.config import worker
from r2com.core.refusals import Refused
from r2com.keeping import actions, certificates, due, proof, replaying, work
from r2com.keeping.models import Certificate, Hold, RetentionPlan
from r2com.organisations import actions as organisations
from r2com.organisations.models import ListName
from r2com.people.models import Person
from r2com.vault import keyring
from r2com.vault.models import DataKey
from tests import factories
from tests.keeping import agreed, closed, officer_of

LONG_AFTER = timedelta(days=120)


@pytest.fixture
def officer(team, now):
    return officer_of(team, now)


@pytest.fixture
def going(case, practitioner, now):
    """Milo's case, closed long ago: its last day is over."""
    return closed(case, practitioner, now)


def declined_before(person, team, by, at):
    """They had asked once before, and the answer was no."""
    reason = factories.entry(team.organisation, ListName.DECLINE)
    arrival = factories.arrival(team, release_on=at.date())
    cases.decline(person, arrival, reason=reason, signposts=[], by=by, at=at)


def held(case, officer, now, **changed):
    given = {
        "reference": case.reference,
        "reason": Hold.Reason.CLAIM,
        "review_on": now.date() + timedelta(days=30),
    }
    return actions.hold(case.organisation, **{**given, **changed}, by=officer, at=now)


def test_a_closed_record_is_due_on_the_day_after_its_last_and_no_open_one_is(
    team, going, practitioner, organisation, now
):
    factories.case(team, by=practitioner, name="Bea Open", at=now)
    last = Case.objects.get(pk=going.pk).closure.kept_until

    assert due.due(organisation, last) == []
    assert [one.case for one in due.due(organisation, last + timedelta(days=1))] == [going]
    assert due.due(organisation, last + timedelta(days=1))[0].line()["months"] == "24"


def test_two_people_destroy_exactly_what_they_agreed_to(going, person, administrator, officer, now):
    plan = agreed(going.organisation, administrator, officer, now)

    certificate = actions.run(plan, by=administrator, at=now)

    said = certificates.opened(certificate.note)
    assert said["plan"] == plan.proposal.digest
    assert {one["mark"] for one in said["destroyed"]} >= {line["mark"] for line in plan.lines}
    assert {one["kind"] for one in said["destroyed"]} == {"case", "person"}
    assert not Case.objects.filter(pk=going.pk).exists()
    assert not Person.objects.filter(pk=person.pk).exists()
    assert not Door.objects.exists()
    assert not DataKey.objects.filter(kind__in=["case", "person"]).exists()
    assert Event.objects.filter(name="retention.run", by=administrator.pk).exists()


def test_the_other_records_of_a_person_and_their_key_stay(team, going, person, administrator, officer, now):
    other = cases.admit(
        person, factories.arrival(team, release_on=now.date()), by=going.door.answered_by, at=now
    )

    actions.run(agreed(going.organisation, administrator, officer, now), by=administrator, at=now)

    assert Case.objects.get() == other
    assert Person.objects.get().name == "Milo Fernweh"


def test_nobody_is_their_own_second_person_and_without_one_nothing_goes(going, administrator, officer, now):
    plan = actions.propose_run(going.organisation, by=administrator, at=now)

    with pytest.raises(Refused):
        organisations.agree(plan.proposal, by=administrator, at=now)
    with pytest.raises(Refused):
        actions.run(plan, by=administrator, at=now)

    assert work.run_agreed(now) == []
    assert Case.objects.filter(pk=going.pk).exists()


def test_a_hold_keeps_a_record_out_of_the_plan(going, administrator, officer, now):
    held(going, officer, now)

    with pytest.raises(Refused):
        actions.propose_run(going.organisation, by=administrator, at=now)


def test_a_hold_placed_after_the_yes_wins_until_it_is_ended(going, administrator, officer, now):
    plan = agreed(going.organisation, administrator, officer, now)
    hold = held(going, officer, now)

    certificate = actions.run(plan, by=administrator, at=now)

    assert (certificate.said["records"], certificate.said["held"]) == (0, 1)
    assert Person.objects.get().name == "Milo Fernweh"
    actions.end_hold(hold, by=officer, at=now)
    again = agreed(going.organisation, administrator, officer, now)
    assert actions.run(again, by=administrator, at=now).said["records"] == 1


def test_what_was_opened_again_since_the_yes_is_left_and_counted(
    going, practitioner, administrator, officer, now
):
    plan = agreed(going.organisation, administrator, officer, now)
    cases.reopen(going, why="It goes on", by=practitioner, at=now)

    certificate = actions.run(plan, by=administrator, at=now)

    assert (certificate.said["records"], certificate.said["changed"]) == (0, 1)
    assert Case.objects.filter(pk=going.pk).exists()


def test_a_run_is_done_once(going, administrator, officer, now):
    agreed(going.organisation, administrator, officer, now)

    first, second = work.run_agreed(now), work.run_agreed(now)

    assert (len(first), second) == (1, [])
    assert Certificate.objects.count() == 1


def test_nothing_of_it_opens_and_the_certificate_shows_that(going, administrator, officer, now):
    note = actions.run(agreed(going.organisation, administrator, officer, now), by=administrator, at=now).note

    assert proof.prove(note) == {"destroyed": 2, "keys": 0, "rows": 0, "tried": 0, "opened": 0, "wrong": []}
    for wrong in (note.replace('"held": 0', '"held": 1'), note[:-9], "nothing"):
        with pytest.raises(Refused):
            proof.prove(wrong)


def test_rows_and_keys_that_came_back_go_again(going, person, administrator, officer, now):
    """An older copy is played by what it would bring: the rows and the keys of before."""
    keys = list(DataKey.objects.filter(kind__in=["case", "person"]))
    somebody = Person.objects.get(pk=person.pk)
    note = actions.run(agreed(going.organisation, administrator, officer, now), by=administrator, at=now).note
    somebody.save(force_insert=True)
    DataKey.objects.bulk_create(keys)
    keyring.forget()
    assert Person.objects.get().name == "Milo Fernweh"
    assert "keys that were destroyed are there" in proof.prove(note)["wrong"][0]

    replaying.replay([note], rows=False)

    found = proof.prove(note, keys_only=True)
    assert (found["opened"], found["wrong"]) == (0, [])
    assert found["tried"] > 5
    assert proof.prove(note)["wrong"] == ["1 records and people that were destroyed are there."]
    with pytest.raises(keyring.NoKey):
        Person.objects.get().name  # noqa: B018, reading opens it
    assert replaying.replay([note])["rows"] == 1
    assert replaying.replay([note]) == {"keys": 0, "rows": 0}


def test_what_goes_by_itself_stays_while_the_record_is_held(going, person, team, officer, practitioner, now):
    declined_before(person, team, practitioner, now)
    hold = held(going, officer, now)

    worker.forget_declined(now + LONG_AFTER)
    assert Door.objects.filter(answer="declined").count() == 1
    actions.end_hold(hold, by=officer, at=now)
    worker.forget_declined(now + LONG_AFTER)

    assert not Door.objects.filter(answer="declined").exists()


@pytest.mark.parametrize("who", ["practitioner", "supervisor", "mentor", "administrator", "stranger"])
def test_only_data_protection_holds_a_record(request, going, who, now):
    with pytest.raises(Refused):
        held(going, request.getfixturevalue(who), now)


def test_a_hold_needs_a_record_that_is_here_and_a_day_to_come(going, officer, now):
    for wrong in ({"reference": "ZZ-0000"}, {"review_on": now.date()}):
        with pytest.raises(Refused):
            held(going, officer, now, **wrong)

    assert not Hold.objects.exists()


def test_the_pages_lead_from_a_proposal_to_a_certificate(sign_in, going, administrator, officer, now):
    page = reverse("retention_plan")
    assert going.reference in sign_in(administrator).get(page).content.decode()
    sign_in(administrator).post(page)
    plan = RetentionPlan.objects.get()
    sign_in(officer).post(reverse("answer_proposal", args=[plan.proposal_id]), {"go": "agree"})
    [certificate] = work.run_agreed(now + timedelta(minutes=5))

    client = sign_in(officer)
    assert client.get(certificate.get_absolute_url()).status_code == 200
    kept = client.get(reverse("certificate_file", args=[certificate.pk]))
    assert kept.content.decode() == certificate.note
    assert going.reference not in client.get(page).content.decode()


@pytest.mark.parametrize("who", ["practitioner", "supervisor", "mentor", "stranger"])
def test_for_everybody_else_these_pages_do_not_exist(
    request, sign_in, going, administrator, officer, who, now
):
    hold = held(going, officer, now)
    client = sign_in(request.getfixturevalue(who))

    for name in ("retention_plan", "holds"):
        assert client.get(reverse(name)).status_code == client.post(reverse(name)).status_code == 404
    assert client.post(reverse("end_hold", args=[hold.pk])).status_code == 404
    assert Hold.objects.standing().exists()


def test_data_protection_holds_and_ends_by_reference_without_reading(sign_in, going, officer, now):
    client, page = sign_in(officer), reverse("holds")
    day = (now.date() + timedelta(days=30)).isoformat()

    client.post(page, {"reference": going.reference, "reason": "claim", "review_on": day})
    shown = client.get(page).content.decode()
    assert going.reference in shown
    assert "Fernweh" not in shown
    client.post(reverse("end_hold", args=[Hold.objects.get().pk]))

    assert not Hold.objects.standing().exists()
    assert {"hold.placed", "hold.ended"} <= set(Event.objects.values_list("name", flat=True))


def test_neither_plan_nor_certificate_names_anybody(going, person, administrator, officer, now):
    plan = agreed(going.organisation, administrator, officer, now)
    note = actions.run(plan, by=administrator, at=now).note

    for text in (plan.content, note):
        for secret in (going.reference, str(going.pk), str(person.pk), "Fernweh"):
            assert secret not in text
    assert json.loads(plan.content)["format"] == due.FORMAT
