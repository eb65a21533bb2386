"""A safety plan: made with the person, read by everybody in the case, carried in a wallet."""

from datetime import timedelta

import pytest
from django.urls import reverse

from r2com.audit.models import Event
from r2com.cases import actions as cases
from r2com.cases.models import CaseMember
from r2com.core.refusals import Changed, Refused
from r2com.safety_plans import actions, paper
from r2com.safety_plans.models import PARTS, Copy, SafetyPlan
from tests.unit.test_pdf import opened, shown, squeezed

WORDS = {
    "signs": "I stop answering the phone\nI walk at night",
    "alone": "Shower, then the radio",
    "places": "The boxing club",
    "people": "My uncle Joss: 000 555 0102",
    "professionals": "Ines: 000 555 0141",
    "safer": "My uncle keeps the tablets",
}


@pytest.fixture
def plan(case, practitioner, now):
    return actions.keep(case, words=WORDS, base=0, by=practitioner, at=now - timedelta(days=2))


@pytest.fixture
def friend(case, mentor, practitioner, now):
    """The mentor, placed in the case."""
    cases.place(case, mentor, part=CaseMember.Part.MENTOR, by=practitioner, at=now - timedelta(days=3))
    return mentor


def address(name, *args):
    return reverse(name, args=args)


def test_a_plan_keeps_the_six_parts_sealed(plan, practitioner):
    kept = SafetyPlan.objects.get()

    assert kept.words == WORDS
    assert b"uncle" not in bytes(SafetyPlan.objects.values_list("people").get()[0])
    assert Event.objects.filter(name="safety_plan.kept", subject=plan.pk, by=practitioner.pk).count() == 1


def test_a_change_is_a_new_version_and_the_earlier_stays(plan, case, practitioner, now):
    second = actions.keep(case, words={**WORDS, "alone": "Cook"}, base=1, by=practitioner, at=now)

    assert [one.number for one in SafetyPlan.objects.all()] == [2, 1]
    assert SafetyPlan.objects.get(number=1).alone == "Shower, then the radio"
    assert second.alone == "Cook"


def test_the_same_words_make_no_new_version(plan, case, practitioner, now):
    again = actions.keep(case, words=WORDS, base=0, by=practitioner, at=now)

    assert again == plan
    assert SafetyPlan.objects.count() == 1


def test_what_somebody_kept_meanwhile_is_not_written_over(plan, case, practitioner, now):
    with pytest.raises(Changed):
        actions.keep(case, words={"alone": "Cook"}, base=0, by=practitioner, at=now)

    assert SafetyPlan.objects.get() == plan


def test_an_empty_plan_is_not_kept(case, practitioner, now):
    with pytest.raises(Refused):
        actions.keep(case, words={"alone": "  \n "}, base=0, by=practitioner, at=now)

    assert not SafetyPlan.objects.exists()


@pytest.mark.parametrize("who", ["friend", "supervisor", "colleague", "stranger", "administrator"])
def test_who_does_not_plan_keeps_no_version(request, case, now, who):
    with pytest.raises(Refused):
        actions.keep(case, words=WORDS, base=0, by=request.getfixturevalue(who), at=now)

    assert not SafetyPlan.objects.exists()


def test_a_copy_is_known_until_it_is_taken_back(plan, friend, now, today):
    copy = actions.hand_out(plan, whose="his sister", since=today, by=friend, at=now)
    actions.take_back(copy, by=friend, at=now)
    actions.take_back(copy, by=friend, at=now + timedelta(days=3))

    kept = Copy.objects.get()
    assert (kept.whose, kept.since, kept.until) == ("his sister", today, today)
    assert Event.objects.filter(name="safety_plan.taken_back").count() == 1


def test_nobody_has_a_copy_from_tomorrow_on(plan, friend, now, today):
    with pytest.raises(Refused):
        actions.hand_out(plan, whose="his sister", since=today + timedelta(days=1), by=friend, at=now)

    assert not Copy.objects.exists()


@pytest.mark.parametrize("who", ["supervisor", "colleague", "stranger"])
def test_who_brings_nothing_writes_down_no_copy(request, plan, now, today, who):
    with pytest.raises(Refused):
        actions.hand_out(plan, whose="x", since=today, by=request.getfixturevalue(who), at=now)

    assert not Copy.objects.exists()


# The pages


def test_written_together_it_can_be_read_at_once(case, practitioner, sign_in):
    client = sign_in(practitioner)

    form = client.get(address("write_safety_plan", case.reference))
    kept = client.post(address("write_safety_plan", case.reference), {**WORDS, "base": 0}, follow=True)

    assert all(word in form.text for word in ("My early signs", "What I do alone", "call 112"))
    assert "I stop answering the phone" in kept.text
    assert "not a treatment" in kept.text
    assert "call 112" in kept.text


@pytest.mark.parametrize("who", ["friend", "supervisor"])
def test_everybody_in_the_case_reads_and_prints_it(request, plan, case, sign_in, who):
    client = sign_in(request.getfixturevalue(who))

    page = client.get(address("safety_plan", case.reference))

    assert all(line in page.text for line in ("My uncle Joss", "The boxing club"))
    assert client.get(address("safety_card", case.reference)).content.startswith(b"%PDF")
    assert client.get(plan.get_absolute_url()).status_code == 200
    assert client.get(address("write_safety_plan", case.reference)).status_code == 404
    assert client.post(address("write_safety_plan", case.reference), WORDS).status_code == 404
    assert Event.objects.filter(name="safety_plan.printed", case=case.pk).count() == 1


def test_a_supervisor_takes_no_copy_back(plan, case, practitioner, supervisor, now, today, sign_in):
    copy = actions.hand_out(plan, whose="his sister", since=today, by=practitioner, at=now)

    answer = sign_in(supervisor).post(address("take_back_copy", copy.pk))

    assert answer.status_code == 404
    assert Copy.objects.get().is_out


@pytest.mark.parametrize("who", ["stranger", "colleague", "administrator"])
def test_for_somebody_outside_the_case_no_plan_exists(
    request, plan, case, practitioner, now, today, sign_in, who
):
    copy = actions.hand_out(plan, whose="x", since=today, by=practitioner, at=now)
    client = sign_in(request.getfixturevalue(who))
    named = [(name, case.reference) for name in ("safety_plan", "write_safety_plan", "safety_card")]

    assert [client.get(address(*one)).status_code for one in [*named, ("safety_plan_version", plan.pk)]] == [
        404
    ] * 4
    assert client.post(address("safety_plan", case.reference), {"whose": "y"}).status_code == 404
    assert client.post(address("take_back_copy", copy.pk)).status_code == 404
    assert list(SafetyPlan.objects.visible_to(request.getfixturevalue(who))) == []
    assert list(Copy.objects.visible_to(request.getfixturevalue(who))) == []


def test_two_tabs_show_both_versions_and_the_second_may_follow(plan, case, practitioner, sign_in):
    client = sign_in(practitioner)
    first = {**WORDS, "alone": "From the first tab", "base": 1}
    second = {**WORDS, "alone": "From the second tab", "base": 1}
    client.post(address("write_safety_plan", case.reference), first)

    shown = client.post(address("write_safety_plan", case.reference), second)
    client.post(address("write_safety_plan", case.reference), {**second, "base": 2})

    assert "From the first tab" in shown.text
    assert "From the second tab" in shown.text
    assert 'name="base" value="2"' in shown.text
    assert SafetyPlan.objects.first().alone == "From the second tab"
    assert SafetyPlan.objects.get(number=2).alone == "From the first tab"


def test_an_earlier_version_is_readable_and_says_that_it_is_one(plan, case, practitioner, now, sign_in):
    actions.keep(case, words={**WORDS, "alone": "Cook"}, base=1, by=practitioner, at=now)

    earlier = sign_in(practitioner).get(plan.get_absolute_url())

    assert "Shower, then the radio" in earlier.text
    assert "There is a newer one" in earlier.text


def test_who_holds_an_old_version_is_named(plan, case, friend, practitioner, now, today, sign_in):
    client = sign_in(friend)
    sent = {"whose": "his sister", "since": today.isoformat()}
    client.post(address("safety_plan", case.reference), sent)
    actions.keep(case, words={**WORDS, "alone": "Cook"}, base=1, by=practitioner, at=now)

    page = client.get(address("safety_plan", case.reference))

    assert "has version 1" in page.text
    copy = Copy.objects.get()
    assert (copy.whose, copy.recorded_by) == ("his sister", friend)
    client.post(address("take_back_copy", copy.pk))
    assert "has version 1" not in client.get(address("safety_plan", case.reference)).text


def test_a_copy_with_a_wrong_day_is_said_in_the_form(plan, case, practitioner, today, sign_in):
    ahead = (today + timedelta(days=4)).isoformat()

    page = sign_in(practitioner).post(
        address("safety_plan", case.reference), {"whose": "Aunt", "since": ahead}
    )

    assert "it cannot lie ahead" in page.text
    assert "Aunt" in page.text


def test_before_there_is_a_plan_the_page_says_how_it_begins(case, friend, sign_in):
    client = sign_in(friend)

    page = client.get(address("safety_plan", case.reference))

    assert "There is no safety plan yet" in page.text
    assert client.get(address("safety_card", case.reference)).status_code == 404
    assert client.post(address("safety_plan", case.reference), {"whose": "Aunt"}).status_code == 404


def test_the_card_names_no_programme_and_not_the_person(plan, practitioner, now):
    words = paper.words(plan, by=practitioner, at=now)

    said = repr(words)
    assert words["house"] == plan.case.organisation.neutral_name
    assert not any(name in said for name in ("R2COM", "Association", "Milo", "Fernweh", plan.case.reference))
    assert "112" in words["emergency"]


def test_a_card_that_is_too_small_says_so_and_the_page_loses_nothing(case, practitioner, now):
    long = {part: "\n".join(f"{part} line {n} goes on for a while" for n in range(40)) for part in PARTS}
    plan = actions.keep(case, words=long, base=0, by=practitioner, at=now)

    made = paper.printed(plan, by=practitioner, at=now)

    file = opened(made)
    card, *page = file.pages
    assert shown(card).count(squeezed("More on the page.")) == len(PARTS)
    rest = "".join(map(shown, page))
    assert [
        line for words in long.values() for line in words.splitlines() if squeezed(line) not in rest
    ] == []


def test_the_card_can_be_read_aloud_and_its_file_names_nobody(plan, practitioner, now):
    file = opened(paper.printed(plan, by=practitioner, at=now))

    assert file.open_metadata()["pdfuaid:part"] == "1"
    assert str(file.Root.Lang) == "en"
    assert len(file.pages) == 2
    assert "Milo" not in str(file.docinfo) + str(file.open_metadata())


def test_the_card_speaks_the_language_that_the_person_reads(plan, practitioner, now):
    plan.case.person.language = "pt"

    assert paper.words(plan, by=practitioner, at=now)["language"] == "pt"


def test_fifty_versions_cost_no_more_queries_than_one(
    plan, case, practitioner, now, today, sign_in, count_queries
):
    client = sign_in(practitioner)
    actions.hand_out(plan, whose="x", since=today, by=practitioner, at=now)
    client.get(address("safety_plan", case.reference))
    with count_queries() as one:
        client.get(address("safety_plan", case.reference))
    for number in range(1, 51):
        made = actions.keep(case, words={"alone": f"Way {number}"}, base=number, by=practitioner, at=now)
        actions.hand_out(made, whose="x", since=today, by=practitioner, at=now)

    with count_queries() as fifty:
        client.get(address("safety_plan", case.reference))

    assert fifty.asked == one.asked
    assert len(one.asked) <= 12
