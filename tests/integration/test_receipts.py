"""What somebody chose about sharing leaves as receipts: each yes and no, its notice, what became of it."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse

from r2com.audit.models import Event
from r2com.contests import actions as contests
from r2com.contests import kinds
from r2com.contests.models import Contest
from r2com.organisations.models import ListName
from r2com.people import actions as people
from r2com.people.models import Notice
from tests import factories


@pytest.fixture
def chosen(case, practitioner, now):
    """Milo was told, said yes to one and no to another, and took the yes back."""
    notice = Notice.objects.filter(organisation=case.organisation, language="en").latest("version")
    told = {"how": "aloud", "proof": "signed", "by": practitioner, "at": now, "case": case}
    given = people.give_notice(case.person, notice, **told)
    recipient = factories.entry(case.organisation, ListName.RECIPIENT)
    said = {"recipient": recipient, "how": "signed", "by": practitioner, "case": case}
    day = now.date() + timedelta(days=30)
    yes = people.record_choice(given, purpose="arrival", agreed=True, until=day, at=now, **said)
    later = now + timedelta(hours=1)
    people.record_choice(given, purpose="help", agreed=False, until=None, at=later, **said)
    people.withdraw(yes, how="said", by=practitioner, at=now + timedelta(hours=2), case=case)
    return yes


def taken(client, case):
    return client.get(reverse("consent_receipts", args=[case.reference]))


def test_each_choice_has_its_receipt_with_notice_parties_and_events(sign_in, practitioner, case, chosen):
    found = json.loads(taken(sign_in(practitioner), case).content)

    first, second = found["receipts"]
    assert first["record_id"] == str(chosen.pk)
    assert [one["event_state"] for one in first["events"]] == ["aloud", "given", "withdrawn"]
    assert [one["event_state"] for one in second["events"]] == ["aloud", "refused"]
    [purpose] = first["pii_processing"]["purposes"]
    parties = {one["party_id"]: one["party_role"] for one in first["party_identification"]}
    assert parties[purpose["pii_controllers"][0]] == "pii_controller"
    assert parties[purpose["recipient_third_parties"][0]] == "third_party"
    assert purpose["retention_period"] == chosen.until.isoformat()


def test_a_receipt_carries_the_very_words_that_were_read(sign_in, practitioner, case, chosen, organisation):
    before = json.loads(taken(sign_in(practitioner), case).content)["receipts"][0]["pii_processing"]
    again = {"text": "# Other words", "covers": [], "by": None, "at": chosen.made_at + timedelta(days=1)}
    people.publish_notice(organisation, language="en", **again)

    after = json.loads(taken(sign_in(practitioner), case).content)["receipts"][0]["pii_processing"]

    assert "We do not score you" in after["privacy_notice"]["text"]
    assert after == before


def test_a_receipt_names_neither_the_person_nor_a_worker(sign_in, practitioner, case, chosen):
    said = taken(sign_in(practitioner), case).content.decode()

    assert case.person.name not in said
    assert practitioner.name not in said
    assert "lawyer" in said


def test_taking_receipts_is_on_the_trail_before_they_leave(sign_in, practitioner, case, chosen):
    taken(sign_in(practitioner), case)

    [event] = Event.objects.filter(name="record.printed")
    assert (event.by, event.case, event.facts) == (practitioner.pk, case.pk, {"form": "receipts"})


def test_what_is_contested_says_so(sign_in, practitioner, case, chosen, now):
    entry = kinds.find(practitioner, "choice", chosen.pk)
    said = {"asks": Contest.Asks.choices[0][0], "words": "I never said that", "through": "together"}
    contests.say(entry, **said, by=practitioner, at=now)

    first, second = json.loads(taken(sign_in(practitioner), case).content)["receipts"]

    assert "I never said that" in first["contests"][0]
    assert second["contests"] == []


@pytest.mark.parametrize("who", ["mentor", "colleague", "administrator", "stranger"])
def test_nobody_else_takes_them(request, sign_in, case, chosen, who):
    client = sign_in(request.getfixturevalue(who))

    assert taken(client, case).status_code == 404
    assert not Event.objects.filter(name="record.printed").exists()
