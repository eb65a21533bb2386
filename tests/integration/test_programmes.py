"""A programme that somebody chose: their answer, its meetings, how it rests and ends."""

from datetime import timedelta

import pytest

from r2com.audit.models import Event
from r2com.cases import actions as cases
from r2com.cases.models import CaseMember
from r2com.core.refusals import Changed, Refused
from r2com.plans import actions as plans
from r2com.plans.models import Answer, Goal, Plan
from r2com.programmes import actions, library, reading
from r2com.programmes.models import Edition, Offer, SessionEntry, Turn

GOAL = actions.WantedGoal("Somebody who turns up", "E5", "E4", ("Choose a mentor", "Meet"))


@pytest.fixture
def offer(case, published, practitioner, now):
    return chosen(case, by=practitioner, at=now)


def chosen(case, *, by, at, programme="mentoring", says="yes", words="“Let’s see.”", **more):
    return actions.choose(case, programme=programme, says=says, words=words, **more, by=by, at=at)


def write(offer, *, by, at, session="first", what="planned", base=0, **more):
    day = more.pop("day", at.date())
    return actions.write_session(offer, session=session, what=what, day=day, base=base, **more, by=by, at=at)


def course(offer):
    return reading.course(Offer.objects.whole().get(pk=offer.pk), "en")


def test_a_yes_belongs_to_a_plan_that_is_begun_if_there_is_none(offer):
    assert offer.plan == Plan.objects.get()
    assert offer.plan.is_draft
    assert not Goal.objects.exists()
    assert Event.objects.filter(name="programme.offered", facts__says="yes").exists()


def test_a_goal_with_steps_is_made_only_if_they_want_one(case, published, practitioner, now):
    offer = chosen(case, goal=GOAL, by=practitioner, at=now)

    assert offer.goal.words == "Somebody who turns up"
    assert [step.words for step in offer.goal.steps.all()] == ["Choose a mentor", "Meet"]


def test_an_agreed_plan_is_not_opened_again_without_a_goal(case, published, practitioner, now):
    offer = chosen(case, goal=GOAL, by=practitioner, at=now)
    actions.end(offer, reason="person", words="", by=practitioner, at=now)
    agreed = offer.plan
    plans.record_answer(agreed, base=agreed.edition, says=Answer.Says.AGREES, by=practitioner, at=now)

    again = chosen(case, by=practitioner, at=now)

    assert again.plan == agreed


def test_a_no_is_kept_in_their_words_and_begins_nothing(case, published, practitioner, now):
    offer = chosen(case, says="no", words="Not with a stranger.", by=practitioner, at=now)

    assert Offer.objects.get().words == "Not with a stranger."
    assert not Plan.objects.exists()
    with pytest.raises(Refused):
        write(offer, by=practitioner, at=now)


def test_an_answer_needs_their_own_words(case, published, practitioner, now):
    with pytest.raises(Refused):
        chosen(case, words=" ", by=practitioner, at=now)


def test_nobody_begins_the_same_twice_at_once(case, offer, practitioner, now):
    with pytest.raises(Refused):
        chosen(case, by=practitioner, at=now)

    actions.end(offer, reason="first", words="", by=practitioner, at=now)

    assert chosen(case, by=practitioner, at=now).is_chosen


@pytest.mark.parametrize("who", ["stranger", "colleague", "administrator"])
def test_whoever_does_not_work_with_the_person_chooses_nothing(case, published, now, who, request):
    with pytest.raises(Refused):
        chosen(case, by=request.getfixturevalue(who), at=now)

    assert not Offer.objects.exists()


def test_only_somebody_who_works_with_the_person_can_lead(case, published, practitioner, colleague, now):
    with pytest.raises(Refused):
        chosen(case, leader=colleague, by=practitioner, at=now)


def test_a_mentor_writes_about_a_meeting_but_does_not_choose(case, offer, mentor, practitioner, now):
    cases.place(case, mentor, part=CaseMember.Part.MENTOR, by=practitioner, at=now)

    entry = write(offer, what="held", led_by_other="Rafe", by=mentor, at=now)

    assert entry.who_led == "Rafe"
    with pytest.raises(Refused):
        actions.end(offer, reason="person", words="", by=mentor, at=now)


def test_what_was_written_about_a_meeting_stays_and_the_newest_stands(offer, practitioner, now):
    write(offer, by=practitioner, at=now)
    write(offer, what="moved", day=now.date() + timedelta(days=3), base=1, by=practitioner, at=now)

    meeting = course(offer).next

    assert [entry.what for entry in meeting.entries] == ["planned", "moved"]
    assert meeting.entry.day == now.date() + timedelta(days=3)


def test_two_who_write_at_once_both_learn_of_it(offer, practitioner, now):
    write(offer, by=practitioner, at=now)

    with pytest.raises(Changed):
        write(offer, by=practitioner, at=now)

    assert SessionEntry.objects.count() == 1


def test_nothing_is_held_on_a_day_to_come(offer, practitioner, now):
    with pytest.raises(Refused):
        write(offer, what="held", day=now.date() + timedelta(days=1), by=practitioner, at=now)


def test_a_meeting_of_another_programme_is_refused(offer, practitioner, now):
    with pytest.raises(Refused):
        write(offer, session="gave", by=practitioner, at=now)


def test_a_paused_programme_sets_no_day_and_is_not_on_today(offer, practitioner, now):
    write(offer, leader=practitioner, by=practitioner, at=now)
    actions.pause(offer, reason="away", words="Hospital.", by=practitioner, at=now)

    with pytest.raises(Refused):
        write(offer, session="agreement", by=practitioner, at=now)
    assert reading.coming(practitioner, until=now.date()) == []

    actions.resume(offer, by=practitioner, at=now + timedelta(minutes=1))

    assert [one.title for one in reading.coming(practitioner, until=now.date())] == [
        "The first meeting, the three of us"
    ]


def test_an_end_has_a_reason_and_their_words_and_takes_nothing_away(offer, practitioner, now):
    write(offer, what="held", took="A number I can ring", by=practitioner, at=now)
    actions.end(offer, reason="person", words="It was good while it was.", by=practitioner, at=now)

    assert Turn.objects.get().words == "It was good while it was."
    assert course(offer).meetings[1].entry.took == "A number I can ring"
    with pytest.raises(Refused):
        actions.resume(offer, by=practitioner, at=now)


def test_what_comes_next_is_the_soonest_day_else_the_first_that_is_open(offer, practitioner, now):
    assert course(offer).next.session.id == "choosing"

    write(offer, session="agreement", day=now.date() + timedelta(days=9), by=practitioner, at=now)
    write(offer, session="first", day=now.date() + timedelta(days=2), by=practitioner, at=now)

    assert course(offer).next.session.id == "first"


def test_the_thread_says_where_it_stands_and_what_comes_next(case, offer, practitioner, stranger, now):
    write(offer, by=practitioner, at=now)

    (thread,) = reading.threads(practitioner, case.pk)

    assert (thread.name, thread.where, thread.next_day) == ("Walking beside", "Going on", now.date())
    assert reading.threads(stranger, case.pk) == []


def test_a_programme_that_was_begun_keeps_its_own_words_for_ever(case, offer, practitioner, now, monkeypatch):
    definition, languages = library.packaged("mentoring")
    newer = {**definition, "version": "2", "name": "Side by side"}
    monkeypatch.setattr(library, "packaged", lambda id: (newer, languages))

    assert course(offer).programme.name == "Walking beside"
    actions.end(offer, reason="done", words="", by=practitioner, at=now)
    again = chosen(case, by=practitioner, at=now)
    assert (again.edition.edition, course(again).programme.name) == ("2", "Side by side")
    assert course(offer).programme.name == "Walking beside"


def test_a_kept_programme_that_was_altered_is_not_used(offer):
    Edition.objects.update(definition={**offer.edition.definition, "name": "Something else"})
    library._read.cache_clear()

    with pytest.raises(library.Altered):
        course(offer)


def test_two_people_share_the_edition_they_began(case, offer, team, practitioner, now):
    from tests import factories

    other = factories.case(team, by=practitioner, name="Oda Kestrel", at=now)

    chosen(other, by=practitioner, at=now)

    assert Edition.objects.count() == 1


@pytest.mark.parametrize("column", ["words"])
def test_what_they_said_is_sealed(offer, column):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM programmes_offer")
        (stored,) = cursor.fetchone()

    assert b"see" not in bytes(stored)
