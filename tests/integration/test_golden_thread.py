"""The golden thread: item, formulation, goal, step, contact and outcome on one page."""

from datetime import timedelta

import pytest
from django.urls import reverse

from r2com.assessments import actions as assessments
from r2com.assessments.actions import Sense
from r2com.assessments.models import Box, Future
from r2com.assessments.responses import instrument_of
from r2com.cases import actions as cases
from r2com.cases.models import CaseMember
from r2com.contacts import actions as contacts
from r2com.contacts.note import About, Note
from r2com.home import golden
from r2com.plans import actions as plans
from r2com.plans.models import Plan
from r2com.programmes import actions as programmes
from r2com.reviews import actions as reviews

GOAL = "A room I can lock"


@pytest.fixture
def talked(case, published, practitioner, now):
    """A1 and A3 are hard, E1 is not; the formulation rests on A1, and A3 comes first."""
    at = now - timedelta(days=3)
    by = {"by": practitioner, "at": at}
    begun = assessments.begin(case, kind="full", **by)
    guide = instrument_of(begun)
    for item, word in {"A1": "some", "A3": "marked", "E1": "none"}.items():
        seen = {"stance": "for", "type": "observed", "source": "A visit", "words": "Seen", "dated": at.date()}
        assessments.add_evidence(begun, guide.item(item), **seen, **by)
        said = {"vulnerability": word, "person_view": "agrees"}
        assessments.rate(begun, guide.item(item), judgements=said, base=0, **by)
    sense = Sense(
        boxes={str(box): ("The sofa ends at New Year" if box == Box.HARD else "", ["A1"]) for box in Box},
        futures={str(future): ("He moves again", "The uncle", "We ring") for future in Future},
        priority_needs=["A3"],
        key_strengths=[],
        support="standard",
        hours_a_week=None,
        support_because="",
    )
    assessments.make_sense(begun, sense, base=0, **by)
    return begun


@pytest.fixture
def planned(case, talked, practitioner, now):
    """One goal about A1, which is hard, and one about E1, which is not."""
    plan = plans.begin(case, talked, by=practitioner, at=now - timedelta(days=2))
    by = {"by": practitioner, "at": now - timedelta(days=2)}
    step = plans.NextStep("Hand in the form", "Milo", practitioner, now.date() + timedelta(days=3))
    plans.add_goal(plan, words=GOAL, item="A1", strength_item="B1", steps=[step], **by)
    plans.add_goal(plan, words="Ring my mother", item="E1", strength_item="B1", steps=[], **by)
    return Plan.objects.whole().get(pk=plan.pk)


def page_of(client, case):
    return client.get(reverse("golden_thread", args=[case.reference]))


def test_a_part_of_life_its_words_its_goal_and_its_step_stand_together(sign_in, practitioner, case, planned):
    page = page_of(sign_in(practitioner), case).content.decode()

    assert page.index("A place to live") < page.index("The sofa ends") < page.index(GOAL)
    assert page.index(GOAL) < page.index("Hand in the form")
    assert "He moves again" in page


def test_it_names_what_nobody_works_on_and_goals_that_rest_on_nothing(practitioner, case, planned):
    found = golden.of(case, practitioner)

    assert [strand.item for strand in found.unworked] == ["A3"]
    assert [aim.goal.words for aim in found.without_reason] == ["Ring my mother"]


def test_contacts_stand_by_the_goal_also_after_a_new_draft(practitioner, case, planned, now):
    goal = planned.kept_goals[0]
    note = Note(now - timedelta(hours=3), words="The form", towards=(About(goal),))
    contact = contacts.write(case, note=note, by=practitioner, at=now)
    plans.record_answer(planned, base=planned.edition, says="agrees", by=practitioner, at=now)
    plans.begin(case, planned.assessment, by=practitioner, at=now)

    found = golden.of(case, practitioner)

    aims = [aim for strand in found.strands for aim in strand.aims]
    assert [(aim.goal.words, [met.contact for met in aim.met]) for aim in aims] == [
        (GOAL, [contact]),
        ("Ring my mother", []),
    ]


def test_what_came_of_a_goal_stands_with_it_in_both_voices_once_the_support_ended(
    sign_in, practitioner, case, planned, now
):
    goals = [
        reviews.GoalAccount(goal, "partly", "person", "The key is mine", "Half of it")
        for goal in planned.kept_goals
    ]
    said = {"reason": "settled", "view": "agrees", "waits": "", "told": ""}
    account = reviews.Account(**said, goals=goals, tasks=[])
    closing = reviews.prepare(case, account, base=0, by=practitioner, at=now)
    before = page_of(sign_in(practitioner), case).content.decode()
    letter = reviews.LetterWords("en", ring="000 555 0100", keeping="Two years")
    reviews.close(closing, letter, base=1, by=practitioner, at=now)

    after = page_of(sign_in(practitioner), case).content.decode()

    assert "What came of it" not in before
    for words in ("Partly", "The key is mine", "Half of it"):
        assert words in after


def test_a_programme_stands_with_the_goal_it_serves(sign_in, practitioner, case, planned, now):
    goal = programmes.WantedGoal("Somebody to walk with", "A1", "B1", ("Meet on Thursday",))
    programmes.choose(
        case, programme="mentoring", says="yes", words="Let us try", goal=goal, by=practitioner, at=now
    )

    page = page_of(sign_in(practitioner), case).content.decode()

    assert "Programme:" in page.split("Somebody to walk with")[1]
    assert "Programme:" not in page.split(GOAL)[1].split("Somebody to walk with")[0]


def test_a_contact_without_a_goal_is_not_judged(sign_in, practitioner, case, planned, now):
    note = Note(now - timedelta(hours=3), words="We drank tea")
    contacts.write(case, note=note, by=practitioner, at=now)

    page = page_of(sign_in(practitioner), case).content.decode()

    assert "We drank tea" not in page
    assert "Time together needs no goal" in page


def test_before_anything_it_says_how_a_thread_begins(sign_in, practitioner, case):
    page = page_of(sign_in(practitioner), case).content.decode()

    assert "There is no thread yet" in page


def test_it_is_for_those_who_read_the_formulation(sign_in, practitioner, mentor, stranger, case, planned):
    cases.place(case, mentor, part=CaseMember.Part.MENTOR, by=practitioner, at=case.opened_at)

    assert page_of(sign_in(mentor), case).status_code == 404
    assert page_of(sign_in(stranger), case).status_code == 404
    assert "Golden thread" not in sign_in(mentor).get(case.get_absolute_url()).content.decode()


def test_the_page_asks_as_often_for_many_as_for_one(sign_in, practitioner, case, planned, now, count_queries):
    client = sign_in(practitioner)
    with count_queries() as one:
        page_of(client, case)
    goal = planned.kept_goals[0]
    for number in range(50):
        note = Note(now - timedelta(hours=number + 1), words="The form", towards=(About(goal),))
        contacts.write(case, note=note, by=practitioner, at=now)

    with count_queries() as many:
        page_of(client, case)

    assert len(one.asked) == len(many.asked) <= 13, "the whole way on one page, the outcome too"
