"""A plan is begun, written with the person, answered, and carried on in the next draft."""

from datetime import timedelta

import pytest

from r2com.assessments.models import Assessment
from r2com.audit.models import Event
from r2com.cases import actions as cases
from r2com.cases.models import CaseMember
from r2com.core.refusals import Changed, Refused
from r2com.plans import actions
from r2com.plans.actions import NextStep
from r2com.plans.models import Answer, Goal, Plan, Step


@pytest.fixture
def plan(case, practitioner, now):
    return actions.begin(case, None, by=practitioner, at=now - timedelta(days=2))


@pytest.fixture
def goal(plan, practitioner, now):
    return add(plan, practitioner, now)


@pytest.fixture
def friend(case, mentor, practitioner, now):
    """The mentor, placed in the case."""
    cases.place(case, mentor, part=CaseMember.Part.MENTOR, by=practitioner, at=now - timedelta(days=3))
    return mentor


def add(plan, by, at, words="A room I can lock, by Christmas", **given):
    steps = given.pop("steps", [NextStep("Hand in the form", "Milo", by, at.date() + timedelta(days=3))])
    return actions.add_goal(
        plan, words=words, item="A1", strength_item="E1", steps=steps, by=by, at=at, **given
    )


def ask(plan, by, at, says="agrees", words=""):
    shown = Plan.objects.get(pk=plan.pk)
    return actions.record_answer(shown, base=shown.edition, says=says, words=words, by=by, at=at)


def happened(name):
    return Event.objects.filter(name=name)


def test_the_first_plan_begins_with_what_matters_to_the_person(case, practitioner, now):
    case.person.matters = "My own door."
    practitioner.phone = "000 555 0141"
    practitioner.save()

    begun = actions.begin(case, None, by=practitioner, at=now)

    assert (begun.number, begun.matters, begun.is_draft) == (1, "My own door.", True)
    assert begun.ring == "Ines Lindqvarn: 000 555 0141\nIn danger: 112"
    assert happened("plan.begun").get().case == case.pk


def test_there_is_one_open_draft_at_a_time(case, plan, practitioner, now):
    again = actions.begin(case, None, by=practitioner, at=now)

    assert again == plan
    assert happened("plan.begun").count() == 1


def test_an_open_draft_takes_up_a_newer_assessment(case, plan, published, practitioner, now):
    newer = Assessment.objects.create(
        case=case,
        published=published,
        content_hash=published.content_hash,
        kind=Assessment.Kind.FULL,
        begun_by=practitioner,
        begun_at=now,
    )

    again = actions.begin(case, newer, by=practitioner, at=now)

    assert again == plan
    assert Plan.objects.get().assessment == newer
    assert happened("plan.changed").get().facts == {"fields": ["assessment"]}


def test_the_next_draft_carries_on_from_the_last_plan(case, plan, goal, practitioner, now):
    taken_out = add(plan, practitioner, now, words="Something else")
    actions.remove_goal(taken_out, by=practitioner, at=now)
    actions.change(plan, base=1, by=practitioner, at=now, stops="The bank says no", promises="Ines answers")
    ask(plan, practitioner, now)

    following = actions.begin(case, None, by=practitioner, at=now)

    assert (following.number, following.stops, following.promises) == (2, "The bank says no", "Ines answers")
    assert [g.words for g in following.goals.all()] == ["A room I can lock, by Christmas"]
    step = following.goals.get().steps.get()
    assert (step.words, step.who, step.owner) == ("Hand in the form", "Milo", practitioner)
    assert goal.steps.count() == 1


def test_a_step_of_somebody_who_left_is_nobodys_in_the_next_draft(case, plan, friend, practitioner, now):
    add(plan, practitioner, now, steps=[NextStep("First training", "Milo, Rafe", friend)])
    ask(plan, practitioner, now)
    cases.end_place(CaseMember.objects.get(user=friend), by=practitioner, at=now)

    following = actions.begin(case, None, by=practitioner, at=now)

    step = following.goals.get().steps.get()
    assert (step.who, step.owner) == ("Milo, Rafe", None)


def test_somebody_who_only_reads_does_not_write(case, plan, goal, friend, supervisor, colleague, now):
    for reader in (friend, supervisor, colleague):
        with pytest.raises(Refused):
            actions.begin(case, None, by=reader, at=now)
        with pytest.raises(Refused):
            actions.change(plan, base=1, by=reader, at=now, stops="x")
        with pytest.raises(Refused):
            add(plan, reader, now)
        with pytest.raises(Refused):
            actions.remove_goal(goal, by=reader, at=now)
        with pytest.raises(Refused):
            ask(plan, reader, now)

    assert Goal.objects.count() == 1
    assert not Answer.objects.exists()


@pytest.mark.parametrize("missing", ["words", "item", "strength_item"])
def test_a_goal_needs_words_an_item_and_a_strength(plan, practitioner, now, missing):
    whole = {"words": "A room", "item": "A1", "strength_item": "E1"}

    with pytest.raises(Refused):
        actions.add_goal(plan, **{**whole, missing: ""}, steps=[], by=practitioner, at=now)
    actions.add_goal(plan, **whole, steps=[], by=practitioner, at=now)

    assert Goal.objects.count() == 1


def test_a_step_is_minded_by_somebody_of_the_case(plan, colleague, practitioner, now):
    with pytest.raises(Refused):
        add(plan, practitioner, now, steps=[NextStep("Ring the bank", owner=colleague)])
    add(plan, practitioner, now, steps=[NextStep("Ring the bank", owner=practitioner)])

    assert [step.owner for step in Step.objects.all()] == [practitioner]


def test_goals_keep_the_order_in_which_they_were_said(plan, goal, practitioner, now):
    second = add(plan, practitioner, now, words="Wages in my own account")

    actions.remove_goal(goal, by=practitioner, at=now)
    third = add(plan, practitioner, now, words="Three evenings a week")
    actions.put_back(goal, by=practitioner, at=now)

    assert Plan.objects.get().kept_goals == [goal, second, third]
    assert [e.name for e in Event.objects.filter(name__startswith="goal.").order_by("at", "pk")] == [
        "goal.added",
        "goal.added",
        "goal.removed",
        "goal.added",
        "goal.put_back",
    ]


def test_changing_a_goal_changes_its_steps(goal, practitioner, now):
    actions.change_goal(
        goal,
        base=1,
        words="A room",
        item="A1",
        strength_item="E5",
        steps=[NextStep("Ask for a viewing")],
        by=practitioner,
        at=now,
    )

    changed = Goal.objects.get()
    assert (changed.words, changed.strength_item, changed.version) == ("A room", "E5", 2)
    assert [step.words for step in changed.steps.all()] == ["Ask for a viewing"]


def test_nobody_overwrites_what_somebody_else_kept(plan, goal, practitioner, now):
    actions.change(plan, base=1, by=practitioner, at=now, stops="The bank says no")

    with pytest.raises(Changed):
        actions.change(plan, base=1, by=practitioner, at=now, stops="A bad evening")
    with pytest.raises(Changed):
        actions.change_goal(
            goal, base=7, words="x", item="A1", strength_item="E1", steps=[], by=practitioner, at=now
        )

    assert Plan.objects.get().stops == "The bank says no"
    assert Goal.objects.get().words == "A room I can lock, by Christmas"


@pytest.mark.parametrize("says", ["disagrees", "could_not"])
def test_a_no_or_no_answer_needs_a_reason(plan, goal, practitioner, now, says):
    with pytest.raises(Refused):
        ask(plan, practitioner, now, says, " ")
    ask(plan, practitioner, now, says, "Too many meetings")

    assert Plan.objects.get().answer.words == "Too many meetings"


def test_an_empty_plan_is_not_asked_about(plan, practitioner, now):
    with pytest.raises(Refused):
        ask(plan, practitioner, now)

    assert Plan.objects.get().is_draft


def test_nobody_answers_a_plan_that_changed_since_it_was_read(plan, goal, practitioner, now):
    read = Plan.objects.get()
    edition = read.edition
    actions.change_goal(
        goal, base=1, words="B", item="A1", strength_item="E1", steps=[], by=practitioner, at=now
    )

    with pytest.raises(Changed):
        actions.record_answer(read, base=edition, says="agrees", by=practitioner, at=now)
    ask(plan, practitioner, now)

    assert Answer.objects.count() == 1


def test_the_answer_ends_the_draft_and_may_be_asked_again(plan, goal, practitioner, now):
    ask(plan, practitioner, now - timedelta(hours=1), "disagrees", "Not by Christmas")
    assert not Plan.objects.get().is_agreed

    ask(plan, practitioner, now)

    assert Plan.objects.get().is_agreed
    assert Answer.objects.count() == 2
    assert [e.facts["says"] for e in happened("plan.answered").order_by("at")] == ["disagrees", "agrees"]


def test_nothing_is_edited_after_the_answer(plan, goal, practitioner, now):
    ask(plan, practitioner, now)

    for attempt in (
        lambda: actions.change(plan, base=1, by=practitioner, at=now, stops="x"),
        lambda: add(plan, practitioner, now),
        lambda: actions.change_goal(
            goal, base=1, words="x", item="A1", strength_item="E1", steps=[], by=practitioner, at=now
        ),
        lambda: actions.remove_goal(goal, by=practitioner, at=now),
        lambda: actions.put_back(goal, by=practitioner, at=now),
    ):
        with pytest.raises(Refused, match="answered"):
            attempt()

    assert Goal.objects.get().words == "A room I can lock, by Christmas"


def test_words_never_reach_the_trail(plan, goal, practitioner, now):
    ask(plan, practitioner, now, "disagrees", "Too many meetings")

    facts = " ".join(str(event.facts) for event in Event.objects.all())

    for said in ("room", "form", "meetings", "A1"):
        assert said not in facts


def test_steps_are_due_in_one_plan_at_a_time(case, plan, goal, practitioner, now):
    ask(plan, practitioner, now)
    following = actions.begin(case, None, by=practitioner, at=now)

    due = Step.objects.visible_to(practitioner).owned_by(practitioner).due()

    assert [step.goal.plan for step in due] == [following]


def test_after_a_no_the_steps_of_the_plan_before_are_due(case, plan, goal, practitioner, now):
    ask(plan, practitioner, now)
    following = actions.begin(case, None, by=practitioner, at=now)
    ask(following, practitioner, now, "disagrees", "Not like this")

    due = Step.objects.visible_to(practitioner).due()

    assert [step.goal.plan for step in due] == [plan]


def test_due_steps_have_a_day_an_owner_and_a_goal_that_stands(
    plan, goal, practitioner, colleague, stranger, now
):
    add(plan, practitioner, now, steps=[NextStep("One day", owner=practitioner)])
    removed = add(plan, practitioner, now)
    actions.remove_goal(removed, by=practitioner, at=now)

    assert [s.goal for s in Step.objects.visible_to(practitioner).owned_by(practitioner).due()] == [goal]
    assert not Step.objects.visible_to(practitioner).owned_by(colleague).due().exists()
    assert not Step.objects.visible_to(stranger).due().exists()
