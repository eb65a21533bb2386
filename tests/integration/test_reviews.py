"""Looking at it again: what changed in both voices, what is decided, and when we look next."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from r2com.assessments import actions as assessments
from r2com.assessments.models import Evidence
from r2com.assessments.responses import instrument_of
from r2com.audit.models import Event
from r2com.cases import actions as cases
from r2com.cases.models import Case, CaseMember
from r2com.core.refusals import Refused
from r2com.plans import actions as plans
from r2com.plans.actions import NextStep
from r2com.reviews import actions, dates, paper, table
from r2com.reviews.models import Decision, Review

from .. import factories


@pytest.fixture
def talked(case, published, practitioner, now):
    """Two talks: A1 eased, A3 worsened, B1 only then, E1 only now."""
    first = talk(
        case, practitioner, now - timedelta(days=60), A1="marked none", A3="some some", B1="some some"
    )
    rate(first, practitioner, now - timedelta(days=60), "A1", "marked none", own="A sofa.")
    done(first, practitioner, now - timedelta(days=50))
    second = talk(
        case, practitioner, now - timedelta(days=2), A1="some some", A3="marked some", E1="some some"
    )
    rate(second, practitioner, now - timedelta(days=2), "A1", "some some", own="A door.")
    return second


def talk(case, by, at, **said):
    begun = assessments.begin(case, kind="review", by=by, at=at)
    for item, words in said.items():
        assessments.add_evidence(
            begun,
            instrument_of(begun, "en").item(item),
            stance="for",
            type="observed",
            source="A visit",
            words=f"Seen about {item}",
            dated=at.date(),
            by=by,
            at=at,
        )
        rate(begun, by, at, item, words)
    return begun


def rate(assessment, by, at, item, words, own=""):
    need, strength = words.split()
    before = assessment.ratings.filter(item=item).first()
    assessments.rate(
        assessment,
        instrument_of(assessment, "en").item(item),
        judgements={"vulnerability": need, "strength": strength, "person_view": "agrees"},
        own_words=own,
        base=before.version if before else 0,
        by=by,
        at=at,
    )


def done(assessment, by, at):
    """Handed in, as far as a review asks: nobody writes in it now."""
    assessment.handed_in.create(by=by, at=at)


@pytest.fixture
def review(case, talked, practitioner, now):
    return actions.begin(case, occasion="week_6", talk_again=False, by=practitioner, at=now)


def decide(review, by, at, **changed):
    said = {
        "says": "continue",
        "reasons": "It holds.",
        "view": "agrees",
        "next_on": at.date() + timedelta(30),
    }
    return actions.keep(review, **{**said, **changed}, by=by, at=at)


def read(answer):
    return answer.content.decode()


def lines(review, user):
    return {line.item.id: line for line in table.of(Review.objects.whole().get(pk=review.pk), user).lines}


# Dates


def test_weeks_are_counted_from_release(case):
    case.release_on, case.opened_at = date(2026, 1, 31), timezone.make_aware(timezone.datetime(2026, 1, 5))

    days = {one.occasion: one.on for one in dates.planned(case)}

    assert days == {
        "week_6": date(2026, 3, 14),
        "week_12": date(2026, 4, 25),
        "month_6": date(2026, 7, 31),
        "closing": date(2026, 10, 31),
    }


def test_or_from_the_first_day_with_us_if_that_came_later(case):
    case.release_on, case.opened_at = date(2026, 1, 5), timezone.make_aware(timezone.datetime(2026, 2, 2))

    assert dates.planned(case)[0].on == date(2026, 3, 16)


def test_the_next_review_is_the_first_of_the_way(case):
    assert dates.coming(case, []).occasion == "week_6"


def test_a_day_that_was_agreed_comes_before_the_way(case, review, practitioner, now, today):
    decide(review, practitioner, now, next_on=today + timedelta(days=9))

    coming = dates.coming(case, list(Review.objects.select_related("decision")))

    assert (coming.occasion, coming.on) == ("other", today + timedelta(days=9))


def test_after_a_decision_to_close_no_further_day_is_set(case, review, practitioner, now):
    decide(review, practitioner, now, says="close", next_on=None)

    assert dates.coming(case, list(Review.objects.select_related("decision"))) is None


def test_only_days_that_lie_ahead_are_offered(case, today):
    offered = dates.presets(case, [], today + timedelta(days=4000))

    assert [name for name, _label, _day in offered] == ["weeks", "months"]


def test_the_next_review_of_many_is_known_in_one_query_and_closed_cases_have_none(
    case, team, practitioner, now, django_assert_num_queries
):
    other = factories.case(team, by=practitioner, name="Oda Kestrel", at=now)
    cases.close(other, reason="asked", by=practitioner, at=now)
    rows = list(Case.objects.visible_to(practitioner))

    with django_assert_num_queries(1):
        coming = dates.all_coming(practitioner, rows)

    assert {pk: one.occasion for pk, one in coming.items()} == {case.pk: "week_6"}


# Beginning


def test_it_rests_on_the_newest_talk_or_begins_one(case, talked, practitioner, now):
    assert (
        actions.begin(case, occasion="week_6", talk_again=False, by=practitioner, at=now).assessment == talked
    )


def test_talking_again_compares_with_the_talk_before(case, talked, practitioner, now):
    done(talked, practitioner, now - timedelta(days=1))

    begun = actions.begin(case, occasion="week_6", talk_again=True, by=practitioner, at=now)

    assert (begun.assessment.kind, begun.assessment.earlier) == ("review", talked)


def test_there_is_one_open_review_at_a_time(case, review, practitioner, now):
    again = actions.begin(case, occasion="month_6", talk_again=False, by=practitioner, at=now)

    assert again == review
    assert Event.objects.filter(name="review.begun").count() == 1


def test_those_who_do_not_rate_begin_and_keep_none(case, review, supervisor, colleague, mentor, now):
    for other in (supervisor, colleague, mentor):
        with pytest.raises(Refused):
            actions.begin(case, occasion="other", talk_again=False, by=other, at=now)
        with pytest.raises(Refused):
            decide(review, other, now)

    assert not Decision.objects.exists()


# What changed


def test_both_voices_then_and_now_stand_side_by_side(review, practitioner):
    line = lines(review, practitioner)["A1"]

    assert [word for _ask, word in line.then] == ["Marked", "None seen"]
    assert [word for _ask, word in line.now] == ["Some", "Some"]
    assert (line.own_then, line.own_now) == ("A sofa.", "A door.")
    assert (line.arrow, line.says, line.holds) == ("easing", "easier than then", "holds more than then")


def test_what_got_harder_is_said_and_what_is_new_is_called_new(review, practitioner):
    found = lines(review, practitioner)

    assert (found["A3"].arrow, found["A3"].says) == ("worsening", "harder than then")
    assert (found["E1"].arrow, found["E1"].then) == ("new", [])


def test_what_was_not_talked_about_again_is_not_taken_for_calm(review, practitioner):
    lies = table.of(Review.objects.whole().get(), practitioner)

    assert [item.id for item in lies.not_again] == ["B1"]
    assert "B1" not in lines(review, practitioner)


def test_evidence_older_than_the_guide_looks_back_is_stale(review, practitioner):
    old, fresh = lines(review, practitioner)["A1"].evidence

    assert (old.is_stale, fresh.is_stale) == (True, False)


def test_evidence_that_was_taken_back_is_not_shown(review, practitioner, now):
    Evidence.objects.filter(item="A1").update(taken_back_at=now)

    assert lines(review, practitioner)["A1"].evidence == []


def test_arrows_over_time_compare_with_the_talk_before(review, practitioner):
    lies = table.of(Review.objects.whole().get(), practitioner)

    ways = {way.item.id: [step[:2] for step in way.steps] for way in lies.ways}
    assert ways["A1"] == [("new", "Marked"), ("easing", "Some")]
    assert ways["B1"] == [("new", "Some"), ("", "")]


def test_what_was_done_and_not_done_is_told_apart(case, review, practitioner, now):
    plan = plans.begin(case, None, by=practitioner, at=now - timedelta(days=3))
    steps = [NextStep("Ring the bank"), NextStep("Choose curtains")]
    goal = plans.add_goal(
        plan, words="A door", item="A1", strength_item="E1", steps=steps, by=practitioner, at=now
    )
    plans.finish_step(goal.steps.first(), by=practitioner, at=now)

    lies = table.of(Review.objects.whole().get(), practitioner)

    assert [step["words"] for step in lies.done] == ["Ring the bank"]
    assert [step["words"] for step in lies.undone] == ["Choose curtains"]


# Keeping


def test_a_kept_review_stays_as_it_lay_on_the_table(review, talked, practitioner, now):
    decide(review, practitioner, now, narrative="In the kitchen")
    rate(talked, practitioner, now, "A1", "none strong", own="Another word.")

    line = lines(review, practitioner)["A1"]

    assert [word for _ask, word in line.now] == ["Some", "Some"]
    assert line.own_now == "A door."
    assert Decision.objects.get().narrative == "In the kitchen"
    facts = Event.objects.get(name="review.kept").facts
    assert set(facts) == {"says", "view", "next_on"}


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"reasons": " "}, "reasons"),
        ({"view": "differs"}, "how the person sees it"),
        ({"view": "not_asked", "view_words": ""}, "how the person sees it"),
        ({"next_on": None}, "Choose a day"),
        ({"next_on": date(2020, 1, 1)}, "lies ahead"),
    ],
)
def test_a_decision_is_whole_or_not_kept(review, practitioner, now, changed, says):
    with pytest.raises(Refused, match=says):
        decide(review, practitioner, now, **changed)

    assert not Decision.objects.exists()


def test_it_is_kept_once(review, practitioner, now):
    decide(review, practitioner, now)

    with pytest.raises(Refused, match="kept already"):
        decide(review, practitioner, now)


# Pages and papers


def test_from_the_list_to_the_kept_review(sign_in, case, talked, practitioner):
    client = sign_in(practitioner)
    page = reverse("reviews", args=[case.reference])
    assert "Week 6" in read(client.get(page))

    begun = client.post(page, {"occasion": "week_6", "rests": "newest"})
    said = {"says": "change", "reasons": "A new room", "view": "differs", "view_words": "Not new to me"}
    client.post(begun.url, {**said, "next": "weeks"})

    kept = read(client.get(begun.url))
    assert "Go on, and change something" in kept
    assert "Not new to me" in kept
    assert "not validated" in kept
    assert "Keep the review" not in kept


def test_talking_again_leads_to_the_talk(sign_in, case, published, practitioner):
    answer = sign_in(practitioner).post(
        reverse("reviews", args=[case.reference]), {"occasion": "week_6", "rests": "again"}
    )

    assert answer.url == Review.objects.get().assessment.get_absolute_url()


def test_a_review_without_any_talk_is_possible_and_says_so(sign_in, case, practitioner, now):
    review = actions.begin(case, occasion="other", talk_again=False, by=practitioner, at=now)

    page = read(sign_in(practitioner).get(review.get_absolute_url()))

    assert "Nothing was rated yet" in page


def test_the_form_keeps_the_words_and_says_what_is_missing(sign_in, review, practitioner):
    page = read(
        sign_in(practitioner).post(
            review.get_absolute_url(),
            {"says": "continue", "reasons": "These stay", "view": "agrees", "next": "day"},
        )
    )

    assert "Write the day." in page
    assert "These stay" in page


def test_the_supervisor_reads_it_and_does_not_write(sign_in, review, supervisor, case):
    client = sign_in(supervisor)

    page = read(client.get(review.get_absolute_url()))

    assert "A door." in page
    assert "Keep the review" not in page
    assert client.post(review.get_absolute_url(), {"says": "close"}).status_code == 404
    assert client.post(reverse("reviews", args=[case.reference]), {}).status_code == 404


def test_mentors_and_strangers_see_no_review(
    sign_in, case, review, mentor, stranger, colleague, practitioner, now
):
    cases.place(case, mentor, part=CaseMember.Part.MENTOR, by=practitioner, at=now)
    names = ("review", "review_pdf", "review_carried_pdf")
    pages = [reverse("reviews", args=[case.reference]), *(reverse(name, args=[review.pk]) for name in names)]

    for other in (mentor, stranger, colleague):
        assert {sign_in(other).get(page).status_code for page in pages} == {404}
    assert "Review and closing" not in read(sign_in(mentor).get(case.get_absolute_url()))


@pytest.mark.parametrize("name", ["review_pdf", "review_carried_pdf"])
@pytest.mark.parametrize("kept", [True, False])
def test_both_papers_are_printed_and_on_the_trail(sign_in, review, practitioner, now, name, kept):
    if kept:
        decide(review, practitioner, now, narrative="In the kitchen", view_words="So it is")

    answer = sign_in(practitioner).get(reverse(name, args=[review.pk]))

    assert b"".join(answer).startswith(b"%PDF")
    assert Event.objects.get(name="review.printed").facts == {"carried": name == "review_carried_pdf"}


def test_the_paper_for_the_file_says_what_the_instrument_is_not(review, practitioner, now):
    words = paper.whole(Review.objects.whole().get(), practitioner, at=now)

    assert "not validated" in words["instrument"]["disclaimer"]


def test_the_paper_to_carry_names_no_programme_and_no_judgement(review, practitioner, now):
    decide(review, practitioner, now)

    words = str(paper.to_carry(Review.objects.whole().get(), practitioner))

    assert not [said for said in ("Association", "TV-RAT", "Marked", "A place to live") if said in words]


@pytest.mark.parametrize("address", ["list", "one"])
def test_the_pages_ask_few_queries(sign_in, case, review, practitioner, count_queries, address):
    page = review.get_absolute_url() if address == "one" else reverse("reviews", args=[case.reference])
    client = sign_in(practitioner)
    client.get(page)

    with count_queries() as counted:
        client.get(page)

    assert len(counted.asked) <= 12, "\n".join(counted.asked)


def test_a_review_of_another_agency_does_not_exist(sign_in, stranger, review):
    assert sign_in(stranger).post(review.get_absolute_url(), {}).status_code == 404
    assert not Decision.objects.exists()
