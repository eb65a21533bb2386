"""What would endanger somebody is held back from My record: the person is told that, and why."""

import json

import pytest
from django.urls import reverse

from r2com.audit.models import Event
from r2com.conditions import actions as conditions
from r2com.contacts import actions as contacts
from r2com.contacts.note import Note, Said
from r2com.contests import actions as contests
from r2com.contests import kinds
from r2com.contests.models import Contest
from r2com.contests.shown import shown
from r2com.core.refusals import Refused
from r2com.my_record import actions, paper, record
from r2com.my_record.models import HeldBack

pytestmark = pytest.mark.usefixtures("authority")

WORDS = "The neighbour told us in confidence"


@pytest.fixture
def condition(case, practitioner, now):
    return conditions.write(case, words=WORDS, by=practitioner, at=now)


def hold(user, kind, pk, *, at, reason="source"):
    entry = kinds.find(user, kind, pk)
    return actions.hold_back(entry, reason=reason, words="Promised on the telephone", by=user, at=at)


def read(case, user):
    return json.dumps(paper.data(record.parts(case, user), shown(case, user)), ensure_ascii=False)


def test_what_is_held_back_is_replaced_by_the_reason_on_every_way(
    condition, case, sign_in, practitioner, now
):
    held = hold(practitioner, "condition", condition.pk, at=now)

    page = sign_in(practitioner).get(reverse("my_record", args=[case.reference])).content.decode()

    assert WORDS not in page
    assert held.get_reason_display() in page
    assert WORDS not in read(case, practitioner)
    assert held.get_reason_display() in read(case, practitioner)
    assert Event.objects.get(name="entry.held_back").facts == {"kind": "condition", "reason": "source"}


def test_a_note_that_is_held_back_takes_what_was_said_in_it_along(case, practitioner, now):
    note = Note(now, words="A walk", statements=(Said("reported", "He owes money", "A cousin"),))
    contact = contacts.write(case, note=note, by=practitioner, at=now)

    hold(practitioner, "contact", contact.pk, at=now)

    assert "A walk" not in read(case, practitioner)
    assert "He owes money" not in read(case, practitioner)


def test_it_is_given_back_at_any_time(condition, case, sign_in, practitioner, now):
    held = hold(practitioner, "condition", condition.pk, at=now)

    sign_in(practitioner).post(reverse("give_back", args=[held.pk]))

    assert WORDS in read(case, practitioner)
    assert Event.objects.filter(name="entry.given_back", by=practitioner.pk).count() == 1


def test_the_person_contests_that_something_is_held_back(condition, case, practitioner, supervisor, now):
    held = hold(practitioner, "condition", condition.pk, at=now)
    entry = kinds.find(practitioner, "held", held.pk)

    contests.say(entry, words="I want it", asks="add", through="together", by=practitioner, at=now)

    assert Contest.objects.get().decider == supervisor
    assert WORDS not in entry.words
    assert "I want it" in read(case, practitioner)


def test_it_needs_words_and_happens_once(condition, practitioner, now):
    entry = kinds.find(practitioner, "condition", condition.pk)
    with pytest.raises(Refused):
        actions.hold_back(entry, reason="court", words=" ", by=practitioner, at=now)
    hold(practitioner, "condition", condition.pk, at=now)

    with pytest.raises(Refused):
        hold(practitioner, "condition", condition.pk, at=now)


def test_the_page_keeps_the_reason_and_shows_it_to_colleagues_only(condition, case, sign_in, practitioner):
    client = sign_in(practitioner)
    address = reverse("hold_back", args=[case.reference, "condition", condition.pk])

    client.post(address, {"reason": "other_person", "words": "Her sister asked us"})

    assert HeldBack.objects.get().words == "Her sister asked us"
    assert "Her sister" in client.get(reverse("held_back", args=[case.reference])).content.decode()
    assert "Her sister" not in client.get(reverse("my_record", args=[case.reference])).content.decode()


def test_neither_mentor_nor_stranger_nor_supervisor_holds_back(
    condition, case, sign_in, practitioner, mentor, stranger, supervisor, now
):
    held = hold(practitioner, "condition", condition.pk, at=now)
    for somebody in (mentor, stranger, supervisor):
        client = sign_in(somebody)
        assert client.get(reverse("held_back", args=[case.reference])).status_code == 404
        assert client.post(reverse("give_back", args=[held.pk])).status_code == 404
