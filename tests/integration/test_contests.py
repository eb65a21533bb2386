"""A contested entry: what the person says about it, who answers, and where it shows."""

from datetime import timedelta

import pytest
from django.urls import reverse

from r2com.assessments import actions as assessments
from r2com.assessments.responses import instrument_of
from r2com.audit.models import Event
from r2com.cases import actions as cases
from r2com.conditions import actions as conditions
from r2com.contacts import actions as contacts
from r2com.contacts.note import Note, Said
from r2com.contests import actions, kinds
from r2com.contests.models import Contest, Decision
from r2com.core.refusals import Refused
from r2com.corner import actions as corner
from r2com.plans import actions as plans
from r2com.plans import paper
from r2com.plans.models import Plan
from r2com.safety_plans import actions as safety_plans
from r2com.safety_plans.models import PARTS
from r2com.tasks.models import Task

from .. import factories

pytestmark = pytest.mark.usefixtures("authority")

SAYS = "It was never like that"


@pytest.fixture
def condition(case, practitioner, now):
    return conditions.write(case, words="At home at ten", by=practitioner, at=now)


def contest(user, kind, thing, part="", *, asks="correct", at, words=SAYS):
    entry = kinds.find(user, kind, thing.pk, part)
    return actions.say(entry, words=words, asks=asks, through="together", by=user, at=at)


def test_what_is_contested_is_answered_by_the_supervisor_within_a_month(
    condition, practitioner, supervisor, now
):
    made = contest(practitioner, "condition", condition, at=now)

    assert made.decider == supervisor
    assert timedelta(days=28) <= made.due - now.date() <= timedelta(days=31)
    assert Task.objects.get(pk=made.reminder).owner == supervisor
    assert Event.objects.get(name="entry.contested").facts == {
        "kind": "condition",
        "asks": "correct",
        "through": "together",
    }


def test_the_author_cannot_answer(condition, practitioner, supervisor, now):
    made = contest(practitioner, "condition", condition, at=now)

    with pytest.raises(Refused):
        actions.decide(made, outcome="not", reasons="No", by=practitioner, at=now)

    assert not Decision.objects.exists()


def test_a_mentor_and_a_stranger_cannot_answer(condition, practitioner, supervisor, mentor, stranger, now):
    made = contest(practitioner, "condition", condition, at=now)

    for somebody in (mentor, stranger):
        with pytest.raises(Refused):
            actions.decide(made, outcome="not", reasons="No", by=somebody, at=now)


def test_the_answer_is_kept_with_reasons_and_ends_the_reminder(condition, practitioner, supervisor, now):
    made = contest(practitioner, "condition", condition, at=now)

    actions.decide(made, outcome="partly", reasons="We asked", told="The court", by=supervisor, at=now)

    made.refresh_from_db()
    assert (made.decision.outcome, made.decision.reasons, made.decision.told) == (
        "partly",
        "We asked",
        "The court",
    )
    assert Task.objects.get(pk=made.reminder).is_done


def test_a_contest_is_answered_once(condition, practitioner, supervisor, now):
    made = contest(practitioner, "condition", condition, at=now)
    actions.decide(made, outcome="not", reasons="No", by=supervisor, at=now)

    with pytest.raises(Refused):
        actions.decide(
            Contest.objects.get(pk=made.pk), outcome="followed", reasons="Yes", by=supervisor, at=now
        )


def test_without_reasons_there_is_no_answer(condition, practitioner, supervisor, now):
    made = contest(practitioner, "condition", condition, at=now)

    with pytest.raises(Refused):
        actions.decide(made, outcome="not", reasons=" ", by=supervisor, at=now)


def test_a_remark_waits_for_nobody(condition, practitioner, supervisor, now):
    made = contest(practitioner, "condition", condition, asks="remark", at=now)

    assert (made.due, made.decider, made.reminder) == (None, None, None)


def test_where_only_the_author_sees_an_entry_nobody_is_to_answer(condition, practitioner, now):
    made = contest(practitioner, "condition", condition, at=now)

    assert made.decider is None


def test_nobody_contests_what_they_may_not_see(condition, stranger):
    assert kinds.find(stranger, "condition", condition.pk) is None


def test_a_contest_about_something_sensitive_is_not_there_for_a_mentor(
    case, published, practitioner, supervisor, mentor, now
):
    cases.place(case, mentor, part="mentor", by=practitioner, at=now)
    talk = assessments.begin(case, kind="full", by=practitioner, at=now)
    sense(talk, practitioner, now)
    made = contest(practitioner, "sense", talk.formulation, "hard", at=now)

    assert not Contest.objects.visible_to(mentor).exists()
    assert Contest.objects.visible_to(supervisor).get() == made


def sense(talk, by, at):
    words = assessments.Sense(
        boxes={"hard": ("The queue", ["A1"])},
        futures={"settles": ("A key", "Uncle", "We ring")},
        priority_needs=[],
        key_strengths=[],
        support="standard",
        hours_a_week=2,
        support_because="Two visits",
    )
    assessments.make_sense(talk, words, base=0, by=by, at=at)


def rated(case, by, at):
    talk = assessments.begin(case, kind="full", by=by, at=at)
    item = instrument_of(talk, "en").item("A1")
    said = {"stance": "for", "type": "observed", "source": "A letter", "words": "A sofa", "dated": at.date()}
    assessments.add_evidence(talk, item, **said, by=by, at=at)
    judged = {"vulnerability": "some", "strength": "some", "person_view": "agrees"}
    assessments.rate(talk, item, judgements=judged, own_words="Family", base=0, by=by, at=at)
    return talk


@pytest.fixture
def everything(case, published, practitioner, supervisor, now):
    """One entry of each kind, and the pages on which it stands."""
    by = {"by": practitioner, "at": now}
    talk = rated(case, **by)
    sense(talk, **by)
    plan = plans.begin(case, talk, **by)
    goal = plans.add_goal(plan, words="A room", item="A1", strength_item="B1", steps=[], **by)
    plans.change(plan, base=1, stops="The queue", promises="A sofa", review_where="Here", **by)
    note = Note(now, words="A walk", statements=(Said("said", "I am fine", "Milo"),))
    contact = contacts.write(case, note=note, **by)
    said = {"relation": "Uncle", "helps": "", "phone": "", "contact": "yes", "ring": "1"}
    reference = case.reference
    record = reverse("person", args=[reference])
    planned = reverse("plan", args=[plan.pk])
    listed, noted = reverse("contacts", args=[reference]), contact.get_absolute_url()
    pulse = assessments.keep_pulse(case, arrows={"A1": "easing"}, own_words="Well", base=None, **by)
    safety = safety_plans.keep(case, words=dict.fromkeys(PARTS, "Walk"), base=0, **by)
    golden = reverse("golden_thread", args=[reference])
    formed = [reverse("sense", args=[talk.pk])]
    return {
        ("rating", ""): (
            talk.ratings.get(),
            [reverse("item", args=[talk.pk, "A1"]), reverse("assessment_map", args=[talk.pk]), golden],
        ),
        ("evidence", ""): (talk.evidence.get(), [reverse("item", args=[talk.pk, "A1"])]),
        ("sense", "hard"): (talk.formulation, [*formed, golden]),
        ("sense", "settles"): (talk.formulation, [*formed, golden]),
        ("sense", "help"): (talk.formulation, formed),
        ("goal", ""): (goal, [planned, record, golden]),
        ("plan", "stops"): (plan, [planned]),
        ("plan", "promises"): (plan, [planned]),
        ("plan", "matters"): (plan, []),
        ("plan", "ring"): (plan, [planned]),
        ("plan", "review_where"): (plan, [planned]),
        ("contact", ""): (contact, [listed, noted]),
        ("statement", ""): (contact.standing.statements.get(), [listed, noted]),
        ("condition", ""): (
            conditions.write(case, words="At ten", **by),
            [reverse("conditions", args=[reference])],
        ),
        ("supporter", ""): (
            corner.name(case, name="Joss", **said, **by),
            [reverse("corner", args=[reference])],
        ),
        ("pulse", ""): (pulse, [pulse.get_absolute_url(), reverse("pulses", args=[reference])]),
        ("safety_plan", "signs"): (safety, [reverse("safety_plan", args=[reference])]),
        ("choice", ""): (
            factories.yes(case, by=practitioner, at=now),
            [record, reverse("explain", args=[reference])],
        ),
        ("profile", "phone"): (case.person, [reverse("profile", args=[reference])]),
        ("profile", "safe_contact"): (case.person, [record, reverse("profile", args=[reference])]),
    }


def test_a_contested_entry_says_so_on_every_page_that_shows_it(everything, case, sign_in, practitioner, now):
    silent = []
    client = sign_in(practitioner)
    for number, ((kind, part), (thing, pages)) in enumerate(everything.items()):
        says = f"Not like that {number}."
        contest(practitioner, kind, thing, part, at=now, words=says)
        silent += [(kind, part, page) for page in pages if says not in client.get(page).content.decode()]

    assert silent == []


# Tried where they are made: papers, what is held back, and what is written later on.
ELSEWHERE = {"document", "held", "closing", "review", "post", "programme", "meeting", "observation"}
ELSEWHERE |= {"questionnaire", "gate_line", "lamp"}


def test_every_kind_is_tried(everything):
    assert {kind for kind, _part in everything} | ELSEWHERE == set(kinds.names())


def test_a_contested_goal_says_so_on_the_paper_of_the_plan(everything, practitioner, now):
    goal, _pages = everything["goal", ""]
    stops, _pages = everything["plan", "stops"]
    contest(practitioner, "goal", goal, words="I never said so", at=now)
    contest(practitioner, "plan", stops, "stops", words="Nothing stops it", at=now)

    words = str(paper.words(Plan.objects.get(pk=goal.plan_id), by=practitioner, at=now))

    assert "I never said so" in words
    assert "Nothing stops it" in words


def test_what_the_person_says_is_kept_on_a_page_of_its_own(
    condition, case, sign_in, practitioner, supervisor
):
    address = reverse("say", args=[case.reference, "condition", condition.pk])
    client = sign_in(practitioner)

    assert "At home at ten" in client.get(address).content.decode()
    client.post(address, {"words": SAYS, "asks": "delete"})

    made = Contest.objects.get()
    assert (made.words, made.asks, made.written_by) == (SAYS, "delete", practitioner)


def test_the_supervisor_answers_on_the_page_of_the_contest(condition, sign_in, practitioner, supervisor, now):
    made = contest(practitioner, "condition", condition, at=now)
    client = sign_in(supervisor)

    client.post(made.get_absolute_url(), {"outcome": "followed", "reasons": "You are right", "told": ""})

    assert "You are right" in client.get(made.get_absolute_url()).content.decode()


def test_a_stranger_finds_neither_contest_nor_form(condition, case, sign_in, practitioner, stranger, now):
    made = contest(practitioner, "condition", condition, at=now)
    client = sign_in(stranger)

    assert client.get(made.get_absolute_url()).status_code == 404
    assert client.get(reverse("say", args=[case.reference, "condition", condition.pk])).status_code == 404


def test_an_entry_of_somebody_else_is_not_contested_here(condition, sign_in, practitioner, team, now):
    other = factories.case(team, by=practitioner, name="Bas Kestrel", at=now)

    answer = sign_in(practitioner).get(reverse("say", args=[other.reference, "condition", condition.pk]))

    assert answer.status_code == 404


def test_contests_cost_one_query_a_page_and_nothing_where_there_are_none(
    case, sign_in, practitioner, count_queries, now
):
    address = reverse("conditions", args=[case.reference])
    client = sign_in(practitioner)
    conditions.write(case, words="One", by=practitioner, at=now)
    client.get(address)
    with count_queries() as before:
        client.get(address)

    for number in range(20):
        made = conditions.write(case, words=f"At {number}", by=practitioner, at=now)
        contest(practitioner, "condition", made, at=now)
    with count_queries() as after:
        client.get(address)

    assert len(after.asked) == len(before.asked) + 1


MOST = {"person": 12, "golden_thread": 14, "contacts": 6, "corner": 6, "conditions": 6, "explain": 6}


def test_pages_stay_within_their_queries_where_everything_is_contested(
    everything, case, sign_in, practitioner, count_queries, now
):
    for (kind, part), (thing, _pages) in everything.items():
        contest(practitioner, kind, thing, part, at=now)
    client, over = sign_in(practitioner), {}

    for name, most in MOST.items():
        with count_queries() as counted:
            client.get(reverse(name, args=[case.reference]))
        if len(counted.asked) > most:
            over[name] = counted.asked

    assert over == {}
