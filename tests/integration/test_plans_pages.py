"""The pages of a plan, for those who write in it, those who read it and those who never see it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from r2com.assessments.models import Assessment, Formulation
from r2com.audit.models import Event
from r2com.cases import actions as cases
from r2com.cases.models import CaseMember
from r2com.plans import actions, paper
from r2com.plans.actions import NextStep
from r2com.plans.models import Answer, Goal, Plan


@pytest.fixture
def plan(case, published, practitioner, now):
    return actions.begin(case, None, by=practitioner, at=now - timedelta(days=2))


@pytest.fixture
def goal(plan, practitioner, now):
    steps = [NextStep("Hand in the form", "Milo", practitioner, now.date() + timedelta(days=3))]
    return actions.add_goal(
        plan, words="A room I can lock", item="A1", strength_item="G3", steps=steps, by=practitioner, at=now
    )


@pytest.fixture
def friend(case, mentor, practitioner, now):
    """The mentor, placed in the case."""
    cases.place(case, mentor, part=CaseMember.Part.MENTOR, by=practitioner, at=now - timedelta(days=3))
    return mentor


@pytest.fixture
def sensed(case, published, practitioner, now):
    """An assessment in which it was said what comes first and what holds most."""
    made = Assessment.objects.create(
        case=case,
        published=published,
        content_hash=published.content_hash,
        kind=Assessment.Kind.FULL,
        begun_by=practitioner,
        begun_at=now - timedelta(days=3),
    )
    Formulation.objects.create(
        assessment=made, priority_needs=["D1"], key_strengths=["E5"], written_by=practitioner, written_at=now
    )
    return made


def answered(plan, by, at, says="agrees", words=""):
    shown = Plan.objects.get(pk=plan.pk)
    return actions.record_answer(shown, base=shown.edition, says=says, words=words, by=by, at=at)


def address(name, *args):
    return reverse(name, args=args)


def filled(**changed):
    return {
        "words": "Wages in my own account",
        "item": "A3",
        "strength_item": "A2",
        "helps": "My papers",
        **changed,
    }


def pages(plan, goal):
    return [
        address("plans", plan.case.reference),
        address("plan", plan.pk),
        address("change_plan", plan.pk),
        address("add_goal", plan.pk),
        address("goal", plan.pk, goal.pk),
        address("plan_answer", plan.pk),
        address("plan_pdf", plan.pk),
    ]


def test_a_worker_opens_every_page_and_the_trail_knows(plan, goal, practitioner, sign_in):
    client = sign_in(practitioner)

    assert [client.get(url).status_code for url in pages(plan, goal)] == [200] * 7
    assert Event.objects.filter(name="record.opened", case=plan.case_id).count() == 6
    assert Event.objects.filter(name="plan.printed", subject=plan.pk, by=practitioner.pk).count() == 1


@pytest.mark.parametrize("who", ["stranger", "colleague", "administrator"])
def test_for_somebody_outside_the_case_no_page_exists(request, plan, goal, sign_in, who):
    client = sign_in(request.getfixturevalue(who))

    assert [client.get(url).status_code for url in pages(plan, goal)] == [404] * 7
    assert client.post(address("plans", plan.case.reference)).status_code == 404
    assert not Event.objects.filter(name__in=["record.opened", "plan.printed"]).exists()


@pytest.mark.parametrize("who", ["friend", "supervisor"])
def test_a_reader_reads_and_does_not_write(request, plan, goal, sign_in, who):
    client = sign_in(request.getfixturevalue(who))

    read = client.get(address("plan", plan.pk))

    assert "A room I can lock" in read.text
    assert "Add a goal" not in read.text
    assert client.get(address("plan_pdf", plan.pk)).status_code == 200
    for url in pages(plan, goal)[2:6]:
        assert client.get(url).status_code == 404
        assert client.post(url, filled()).status_code == 404
    assert client.post(address("remove_goal", plan.pk, goal.pk)).status_code == 404
    assert client.post(address("put_back_goal", plan.pk, goal.pk)).status_code == 404
    assert client.post(address("plans", plan.case.reference)).status_code == 404
    assert Goal.objects.get().removed_at is None


def test_a_mentor_does_not_read_which_sensitive_item_a_goal_builds_on(
    plan, goal, practitioner, friend, sign_in
):
    sensitive = "Stance on using or backing violence"

    assert sensitive in sign_in(practitioner).get(address("plan", plan.pk)).text
    assert sensitive not in sign_in(friend).get(address("plan", plan.pk)).text
    assert "A place to live" in sign_in(friend).get(address("plan", plan.pk)).text


def test_without_a_plan_the_page_says_what_will_be_there(case, practitioner, supervisor, sign_in):
    url = address("plans", case.reference)

    mine = sign_in(practitioner).get(url).text
    read = sign_in(supervisor).get(url).text

    assert "There is no plan yet" in mine
    assert "Begin the plan" in mine
    assert "There is no plan yet" in read
    assert "Begin the plan" not in read


def test_beginning_opens_the_draft(case, sensed, practitioner, sign_in):
    answer = sign_in(practitioner).post(address("plans", case.reference))

    begun = Plan.objects.get()
    assert answer.url == begun.get_absolute_url()
    assert begun.assessment == sensed


def test_a_goal_is_kept_with_its_steps(plan, practitioner, sign_in, today):
    client = sign_in(practitioner)
    url = address("add_goal", plan.pk)
    steps = {"what_1": "Ring the bank", "who_1": "Milo", "owner_1": str(practitioner.pk), "by_1": str(today)}

    assert client.post(url, filled(words="")).status_code == 200
    assert not Goal.objects.exists()
    kept = client.post(url, filled(**steps, what_4="Ask for the other account"))

    assert kept.url == plan.get_absolute_url()
    made = Goal.objects.get()
    assert (made.words, made.item, made.strength_item, made.helps) == (
        "Wages in my own account",
        "A3",
        "A2",
        "My papers",
    )
    assert [(s.words, s.who, s.owner, s.by) for s in made.steps.all()] == [
        ("Ring the bank", "Milo", practitioner, today),
        ("Ask for the other account", "", None, None),
    ]


def test_a_step_with_a_day_says_what_is_to_be_done(plan, practitioner, sign_in, today):
    shown = sign_in(practitioner).post(address("add_goal", plan.pk), filled(by_2=str(today)))

    assert "Write what is to be done, or empty the row." in shown.text
    assert not Goal.objects.exists()


def test_what_comes_first_stands_first(case, sensed, practitioner, now, sign_in):
    begun = actions.begin(case, sensed, by=practitioner, at=now)

    form = sign_in(practitioner).get(address("add_goal", begun.pk)).context["form"]

    assert form["item"].field.choices[1] == ("What comes first", [("D1", "Work or a route to it")])
    assert form["strength_item"].field.choices[1] == ("What holds most", [("E5", "One dependable person")])


def test_before_an_assessment_the_newest_guide_is_offered_and_the_page_says_so(plan, practitioner, sign_in):
    shown = sign_in(practitioner).get(address("add_goal", plan.pk))

    assert "Nothing was rated yet." in shown.text
    assert "A place to live" in shown.text


def test_what_has_helped_elsewhere_is_offered_without_keeping_anything(plan, practitioner, sign_in):
    client = sign_in(practitioner)

    before = client.get(address("add_goal", plan.pk))
    shown = client.post(
        address("add_goal", plan.pk), {"item": "A1", "words": "A room", "what_1": "", "look": "1"}
    )

    assert "mediation with host household" not in before.text
    assert "mediation with host household" in shown.text
    assert "Family and household mediation" in shown.text
    assert "A room" in shown.text
    assert not shown.context["form"].errors
    assert not Goal.objects.exists()


def test_a_goal_taken_out_can_be_put_back(plan, goal, practitioner, sign_in):
    client = sign_in(practitioner)

    client.post(address("remove_goal", plan.pk, goal.pk))
    without = client.get(address("plan", plan.pk))
    client.post(address("put_back_goal", plan.pk, goal.pk))

    assert without.context["goals"] == []
    assert "Put it back" in without.text
    assert [read.goal for read in client.get(address("plan", plan.pk)).context["goals"]] == [goal]


def test_two_wordings_are_both_shown_and_neither_is_lost(plan, goal, practitioner, now, sign_in):
    client = sign_in(practitioner)
    url = address("goal", plan.pk, goal.pk)
    actions.change_goal(
        goal, base=1, words="A flat", item="A1", strength_item="G3", steps=[], by=practitioner, at=now
    )

    shown = client.post(url, filled(words="A room with a window", base="1"))

    assert shown.status_code == 200
    assert "Both versions are shown below." in shown.text
    assert {("What I want", "A room with a window", "A flat")} <= {
        (str(label), here, there) for label, here, there in shown.context["differences"]
    }
    assert Goal.objects.get().words == "A flat"
    assert shown.context["form"]["base"].value() == "2"
    assert client.post(url, filled(words="A room with a window", base="2")).status_code == 302
    assert Goal.objects.get().words == "A room with a window"


def test_what_stands_around_the_goals_is_changed_and_two_wordings_are_shown(plan, practitioner, now, sign_in):
    client = sign_in(practitioner)
    url = address("change_plan", plan.pk)

    assert (
        client.post(url, {"base": "1", "promises": "Ines answers", "review_on": "2027-01-04"}).status_code
        == 302
    )
    shown = client.post(url, {"base": "1", "promises": "Ines rings back"})

    assert (Plan.objects.get().promises, str(Plan.objects.get().review_on)) == ("Ines answers", "2027-01-04")
    assert "Ines answers" in shown.text
    assert "Ines rings back" in shown.text


def test_unfinished_words_come_back(plan, practitioner, sign_in):
    signed_in = sign_in(practitioner)
    form = signed_in.get(address("add_goal", plan.pk))
    token = form.context["memory"].address

    signed_in.post(
        token, {"version": 0, "fields": {"words": ["A door"], "what_2": ["Ask"]}}, "application/json"
    )
    again = signed_in.get(address("add_goal", plan.pk))
    signed_in.post(address("add_goal", plan.pk), filled())
    afresh = signed_in.get(address("add_goal", plan.pk))

    assert again.context["form"]["words"].value() == "A door"
    assert again.context["form"]["what_2"].value() == "Ask"
    assert not afresh.context["form"]["words"].value()


def test_draft_stands_on_the_page_and_on_the_paper_until_there_is_an_answer(
    plan, goal, practitioner, now, sign_in
):
    client = sign_in(practitioner)
    url = address("plan", plan.pk)

    before, draft = client.get(url).text, paper.words(plan, by=practitioner, at=now)
    client.post(address("plan_answer", plan.pk), {"says": "agrees", "base": Plan.objects.get().edition})
    found = Plan.objects.get()
    after, agreed = client.get(url).text, paper.words(found, by=practitioner, at=now)

    assert "DRAFT" in before
    assert "DRAFT" not in after
    assert (draft["draft"], agreed["draft"]) == (True, False)
    assert "Not agreed yet." in draft["status_line"]
    assert "Milo agreed on" in agreed["status_line"]


def test_an_answer_is_kept_with_its_reason(plan, goal, practitioner, sign_in):
    client = sign_in(practitioner)
    url = address("plan_answer", plan.pk)
    edition = Plan.objects.get().edition

    without = client.post(url, {"says": "could_not", "base": edition})
    assert "Write the reason" in without.text
    assert not Answer.objects.exists()
    kept = client.post(url, {"says": "could_not", "words": "No interpreter came", "base": edition})

    assert kept.url == plan.get_absolute_url()
    assert "No interpreter came" in client.get(kept.url).text


def test_an_answer_to_an_older_wording_is_not_kept(plan, goal, practitioner, now, sign_in):
    edition = Plan.objects.get().edition
    actions.change(plan, base=1, by=practitioner, at=now, stops="The bank says no")

    shown = sign_in(practitioner).post(
        address("plan_answer", plan.pk), {"says": "disagrees", "words": "No", "base": edition}
    )

    assert "Read it together once more" in shown.text
    assert "The bank says no" in shown.text
    assert shown.context["form"]["words"].value() == "No"
    assert not Answer.objects.exists()


def test_after_the_answer_the_forms_say_why_they_are_closed(plan, goal, practitioner, now, sign_in):
    client = sign_in(practitioner)
    answered(plan, practitioner, now)

    for url in pages(plan, goal)[2:5]:
        assert "The person has answered this plan." in client.get(url, follow=True).text
    kept = client.post(address("goal", plan.pk, goal.pk), filled(base="1"))
    taken_out = client.post(address("remove_goal", plan.pk, goal.pk), follow=True)

    assert "The person has answered this plan." in kept.text
    assert kept.context["form"]["words"].value() == "Wages in my own account"
    assert "The person has answered this plan." in taken_out.text
    assert Goal.objects.get().words == "A room I can lock"
    assert not Goal.objects.get().is_removed


def test_the_paper_names_neither_instrument_nor_programme(case, sensed, practitioner, now):
    begun = actions.begin(case, sensed, by=practitioner, at=now)
    actions.add_goal(begun, words="A room", item="A1", strength_item="G3", steps=[], by=practitioner, at=now)

    words = str(paper.words(Plan.objects.whole().get(), by=practitioner, at=now))

    assert "'house': 'Lantern'" in words
    for name in (
        "Lantern Association",
        "TV-RAT",
        "R2COM",
        "adicali",
        "A place to live",
        "violence",
        "ssessment",
    ):
        assert name not in words


@pytest.mark.parametrize(
    ("reads", "house", "paper_is"),
    [("pt", "en", "pt"), ("pt-PT", "en", "pt"), ("ka", "pt", "pt"), ("", "en", "en")],
)
def test_the_paper_is_in_the_language_the_person_reads_or_the_houses(
    plan, practitioner, now, reads, house, paper_is
):
    plan.case.person.language, plan.case.organisation.language = reads, house

    assert paper.words(plan, by=practitioner, at=now)["language"] == paper_is


def test_the_file_is_a_neutral_pdf_that_nobody_keeps(plan, goal, practitioner, sign_in):
    answer = sign_in(practitioner).get(address("plan_pdf", plan.pk))

    assert answer.content.startswith(b"%PDF")
    assert answer["Content-Disposition"] == 'inline; filename="plan.pdf"'
    assert answer["Cache-Control"] == "no-store"


def test_the_list_shows_what_stands_what_is_written_and_what_was(plan, goal, practitioner, now, sign_in):
    answered(plan, practitioner, now, "disagrees", "Not like this")
    second = actions.begin(plan.case, None, by=practitioner, at=now)
    answered(second, practitioner, now)
    third = actions.begin(plan.case, None, by=practitioner, at=now)

    shown = sign_in(practitioner).get(address("plans", plan.case.reference)).context

    assert (shown["draft"], shown["current"], shown["earlier"]) == (third, second, [plan])


@pytest.mark.parametrize(("name", "most"), [("plans", 6), ("plan", 12)])
def test_a_page_needs_as_many_queries_for_fifty_as_for_one(
    plan, goal, practitioner, now, sign_in, count_queries, name, most
):
    client = sign_in(practitioner)
    url = address("plans", plan.case.reference) if name == "plans" else address("plan", plan.pk)
    client.get(url)
    with count_queries() as one:
        client.get(url)
    for number in range(2, 51):
        given = {
            "words": f"Goal {number}",
            "item": "A1",
            "strength_item": "E1",
            "by": practitioner,
            "at": now,
        }
        actions.add_goal(plan, **given, steps=[NextStep("Ask", owner=practitioner)] * 3)
        Plan.objects.create(case=plan.case, number=number, made_by=practitioner, made_at=now)

    with count_queries() as fifty:
        client.get(url)

    assert fifty.asked == one.asked
    assert len(one.asked) <= most
