"""What a case asks for by itself: computed from the record, gone with its reason."""

from datetime import timedelta

import pytest

from r2com.assessments import actions as assessments
from r2com.assessments.models import Answer, HandingIn
from r2com.audit.models import Event
from r2com.cases import actions as cases
from r2com.cases.models import CaseMember
from r2com.core.refusals import Refused
from r2com.people import actions as people
from r2com.people.models import Notice
from r2com.plans import actions as plans
from r2com.plans.models import Plan
from r2com.tasks import actions as tasks
from r2com.tasks import reminders
from r2com.tasks.models import PutOff
from r2com.threads import actions as threads
from tests import factories

SOON = timedelta(days=3)


def kinds(user, today, case=None):
    return {one.kind for one in reminders.of(user, today, case)}


def test_a_new_case_asks_its_worker_for_the_notice_and_the_guide(case, practitioner, today):
    assert kinds(practitioner, today) == {"notice", "full_guide"}


def test_nobody_else_is_reminded(case, supervisor, colleague, stranger, mentor, practitioner, now, today):
    cases.place(case, mentor, part=CaseMember.Part.MENTOR, by=practitioner, at=now - SOON)

    assert [kinds(who, today) for who in (supervisor, colleague, stranger, mentor)] == [set()] * 4


def test_the_notice_goes_from_the_list_when_it_was_given(case, practitioner, now, today):
    notice = Notice.objects.get(organisation=case.organisation, language="en")
    people.give_notice(case.person, notice, how="read", proof="signed", by=practitioner, at=now)

    assert "notice" not in kinds(practitioner, today)


def test_a_yes_that_runs_out_is_asked_again_and_one_that_was_taken_back_is_not(
    case, practitioner, now, today
):
    choice = factories.yes(case, by=practitioner, at=now)
    assert "choice" in kinds(practitioner, today)

    people.withdraw(choice, how="said", by=practitioner, at=now, case=case)

    assert "choice" not in kinds(practitioner, today)


@pytest.fixture
def inside(team, practitioner, now):
    """Somebody who comes out in twelve days."""
    return factories.case(
        team,
        by=practitioner,
        name="Wilm Ottergate",
        release_on=now.date() + timedelta(days=12),
        at=now - timedelta(days=20),
    )


def test_before_release_there_is_the_first_look_and_the_day_itself(
    inside, practitioner, published, now, today
):
    assert kinds(practitioner, today) == {"notice", "first_look", "release"}

    assessments.begin(inside, kind="first_look", by=practitioner, at=now)

    assert kinds(practitioner, today) == {"notice", "release"}


@pytest.fixture
def handed_in(case, published, practitioner, now):
    assessment = assessments.begin(case, kind="full", by=practitioner, at=now)
    return HandingIn.objects.create(assessment=assessment, by=practitioner, at=now)


def test_what_was_handed_in_waits_for_the_supervisor_and_the_worker_is_left_alone(
    handed_in, practitioner, supervisor, today
):
    assert kinds(supervisor, today) == {"sign_off"}
    assert kinds(practitioner, today) == {"notice"}


@pytest.mark.parametrize(("is_return", "expected"), [(True, {"notice", "full_guide"}), (False, {"notice"})])
def test_what_came_back_is_asked_for_again(
    handed_in, practitioner, supervisor, now, today, is_return, expected
):
    Answer.objects.create(handing_in=handed_in, is_return=is_return, by=supervisor, at=now)

    assert kinds(supervisor, today) == set()
    assert kinds(practitioner, today) == expected


def test_six_weeks_on_it_is_looked_at_again(case, practitioner, published, now, today):
    later = today + timedelta(days=40)
    assert "review" in kinds(practitioner, later)

    assessments.begin(case, kind="review", by=practitioner, at=now + timedelta(days=36))

    assert "review" not in kinds(practitioner, later)


@pytest.fixture
def plan(case, practitioner, published, now):
    """A draft with one goal and one step, which is the practitioner's."""
    plan = plans.begin(case, None, by=practitioner, at=now)
    step = plans.NextStep("Hand in the form", "Milo, Ines", practitioner, now.date())
    goal = {"words": "A room", "item": "A1", "strength_item": "E1", "steps": [step]}
    plans.add_goal(plan, **goal, by=practitioner, at=now)
    return plan


def test_a_plan_waits_for_the_persons_word_and_its_steps_for_being_done(
    plan, practitioner, supervisor, now, today
):
    assert {"plan", "step"} <= kinds(practitioner, today)
    assert kinds(supervisor, today) == set()
    shown = Plan.objects.get()
    plans.record_answer(shown, base=shown.edition, says="agrees", by=practitioner, at=now)
    plans.finish_step(shown.goals.get().steps.get(), by=practitioner, at=now)

    assert not {"plan", "step"} & kinds(practitioner, today)


def test_a_question_is_recalled_after_its_day_until_it_is_answered(
    case, practitioner, supervisor, now, today
):
    asked = {"words": "Who has the key?", "wanted_by": today - timedelta(days=1)}
    thread = threads.ask(case, colleagues=[supervisor], **asked, by=practitioner, at=now - SOON)
    assert "question" in kinds(practitioner, today)
    assert kinds(supervisor, today) == {"question"}

    threads.reply(thread, words="I have", by=supervisor, at=now)
    assert kinds(supervisor, today) == set()
    threads.answered(thread, by=practitioner, at=now)

    assert "question" not in kinds(practitioner, today)


def test_everything_known_is_asked_for_in_one_query(
    case, plan, practitioner, team, now, today, django_assert_num_queries
):
    for number in range(12):
        factories.case(team, by=practitioner, name=f"Person Number{number}", at=now)

    with django_assert_num_queries(1):
        found = reminders.of(practitioner, today)

    assert len(found) > 20


def test_a_step_stands_there_in_its_own_words(sign_in, plan, practitioner, case):
    client = sign_in(practitioner)

    for address in ("/tasks/", f"/people/{case.reference}/tasks/"):
        assert "Hand in the form" in client.get(address).text


# Not now


def test_not_now_hides_a_reminder_until_its_day_and_keeps_the_reason(sign_in, case, practitioner, today):
    client = sign_in(practitioner)
    given = {"until": (today + SOON).isoformat(), "reason": "He is ill"}

    client.post(f"/people/{case.reference}/reminders/notice/", given)

    assert kinds(practitioner, today) == {"full_guide"}
    assert kinds(practitioner, today + SOON) == {"notice", "full_guide"}
    assert PutOff.objects.get().reason == "He is ill"
    assert "He is ill" in client.get(f"/people/{case.reference}/tasks/").text
    facts = Event.objects.get(name="reminder.put_off").facts
    assert facts == {"kind": "notice", "until": given["until"]}


def test_not_now_needs_a_day_to_come_and_a_reason(sign_in, case, practitioner, today):
    client = sign_in(practitioner)

    for given in ({"until": today.isoformat(), "reason": "x"}, {"until": (today + SOON).isoformat()}):
        assert client.post(f"/people/{case.reference}/reminders/notice/", given).status_code == 200

    assert not PutOff.objects.exists()


def test_what_is_not_there_cannot_be_put_off(sign_in, case, practitioner, colleague, supervisor):
    address = f"/people/{case.reference}/reminders"

    assert sign_in(practitioner).get(f"{address}/release/").status_code == 404
    for other in (colleague, supervisor):
        assert sign_in(other).get(f"{address}/notice/").status_code == 404


def test_somebody_without_a_part_puts_nothing_off(case, colleague, now, today):
    given = {"kind": "notice", "about": "", "until": today + SOON, "reason": "x"}
    with pytest.raises(Refused):
        tasks.put_off(case, **given, by=colleague, at=now)

    assert not PutOff.objects.exists()


def test_each_reminder_leads_to_a_page_that_opens(
    sign_in, case, inside, plan, handed_in, practitioner, supervisor, now, today
):
    factories.yes(case, by=practitioner, at=now)
    threads.ask(
        case,
        colleagues=[supervisor],
        words="Who?",
        wanted_by=today - SOON,
        by=practitioner,
        at=now - SOON,
    )
    references = {case.pk: case.reference, inside.pk: inside.reference}

    for user in (practitioner, supervisor):
        client = sign_in(user)
        for one in reminders.of(user, today):
            link = reminders.saying(one).link(references[one.case], one.about)
            assert client.get(link).status_code == 200, one
