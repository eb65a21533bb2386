"""Reminders: worked out from what is known, and gone with their reason."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from r2com.core import reminders as rules
from r2com.core.days import months_later, next_time
from r2com.core.reminders import PUT_OFF, Fact, reminders

RULES = [
    *(rules.notice, rules.release, rules.choices, rules.first_look, rules.full_guide),
    *(rules.review, rules.sign_off, rules.plan, rules.step, rules.question),
]
TODAY = date(2027, 3, 10)
KINDS = ["opened", "release", "told", "choice", "first_look", "full", "review", "handed_in", "plan", "step"]


def day(offset):
    return TODAY + timedelta(days=offset)


def fact(kind, offset, about="", word="", case="c"):
    return Fact(case, kind, about, day(offset), word)


def due(*facts, today=TODAY):
    return [(one.kind, one.about, (one.day - TODAY).days) for one in reminders(facts, RULES, today)]


def kinds(*facts):
    return {kind for kind, _about, _day in due(*facts)}


TOLD = fact("told", -1)
FULL = fact("full", -1, word="handed_in")


def test_a_new_case_asks_for_the_notice_within_a_week_and_for_the_guide_within_thirty_days():
    assert due(fact("opened", 0)) == [("notice", "", 7), ("full_guide", "", 30)]


def test_who_was_told_is_not_told_again():
    assert "notice" not in kinds(fact("opened", -30), TOLD)


def test_the_first_look_is_due_a_week_before_release_and_not_once_they_are_out():
    before = (fact("opened", -5), fact("release", 20), TOLD)

    assert ("first_look", "", 13) in due(*before)
    assert "first_look" not in kinds(*before, fact("first_look", -1))
    assert "first_look" not in kinds(fact("opened", -5), fact("release", 0), TOLD)


@pytest.mark.parametrize(("offset", "is_shown"), [(0, True), (30, True), (31, False), (-1, False)])
def test_a_release_is_announced_thirty_days_ahead(offset, is_shown):
    assert ("release" in kinds(fact("opened", -60), fact("release", offset), TOLD)) is is_shown


@pytest.mark.parametrize(("opened", "out", "expected"), [(-60, -10, 20), (-3, -10, 27), (-3, None, 27)])
def test_the_full_guide_counts_from_release_or_from_the_day_we_met(opened, out, expected):
    known = [fact("opened", opened), TOLD, *([fact("release", out)] if out else [])]

    assert ("full_guide", "", expected) in due(*known)


def test_a_guide_that_was_begun_is_still_asked_for_until_it_is_handed_in():
    known = (fact("opened", -10), TOLD)

    assert "full_guide" in kinds(*known, fact("full", -2, word="open"))
    assert "full_guide" not in kinds(*known, fact("full", -2, word="handed_in"))


@pytest.mark.parametrize(
    ("since", "expected"),
    [(-20, None), (-28, ("week6", 14)), (-50, ("week6", -8)), (-70, ("week12", 14)), (-180, ("month6", 1))],
)
def test_reviews_come_in_weeks_six_and_twelve_and_in_month_six(since, expected):
    found = [(about, on) for kind, about, on in due(fact("opened", since), TOLD, FULL) if kind == "review"]

    assert found == ([expected] if expected else [])


def test_a_review_that_was_held_is_not_asked_for_but_the_next_one_is():
    known = (fact("opened", -84), TOLD, FULL)

    assert "review" not in kinds(*known, fact("review", -5))
    assert "review" in kinds(*known, fact("review", -40))


@pytest.mark.parametrize(("until", "is_shown"), [(0, True), (14, True), (15, False), (-1, False)])
def test_a_choice_is_asked_again_two_weeks_before_it_runs_out(until, is_shown):
    assert ("choice" in kinds(fact("choice", until, "a", "gp:care"))) is is_shown


def test_a_later_yes_to_the_same_takes_the_place_of_the_first_and_one_to_another_does_not():
    ending = fact("choice", 5, "a", "gp:care")

    assert kinds(ending, fact("choice", 90, "b", "gp:care")) == set()
    assert due(ending, fact("choice", 90, "b", "gp:help")) == [("choice", "a", 5)]


def test_what_was_handed_in_waits_a_week_and_so_does_a_plan():
    assert due(fact("handed_in", -2, "a"), fact("plan", -1, "b")) == [
        ("sign_off", "a", 5),
        ("plan", "b", 6),
    ]


@pytest.mark.parametrize(("by", "is_shown"), [(7, True), (8, False), (-40, True)])
def test_a_step_shows_a_week_ahead_and_until_it_is_done(by, is_shown):
    assert ("step" in kinds(fact("step", by, "s"))) is is_shown


@pytest.mark.parametrize(("wanted", "is_shown"), [(-1, True), (0, False)])
def test_a_question_is_recalled_when_its_day_has_passed(wanted, is_shown):
    assert ("question" in kinds(fact("question", wanted, "q"))) is is_shown


def test_what_was_put_off_comes_back_on_its_day():
    known = (fact("step", 0, "s"), fact(PUT_OFF, 3, "s", "step"))

    assert due(*known) == []
    assert due(*known, today=day(3)) == [("step", "s", 0)]


def test_putting_off_one_does_not_hide_another():
    assert due(fact("step", 0, "s"), fact("step", 0, "t"), fact(PUT_OFF, 3, "s", "step")) == [
        ("step", "t", 0)
    ]


facts = st.builds(
    Fact,
    case=st.sampled_from("ab"),
    kind=st.sampled_from([*KINDS, "question", PUT_OFF]),
    about=st.sampled_from(["", "x", "week6"]),
    day=st.dates() | st.dates(day(-400), day(400)),
    word=st.sampled_from(["", "open", "handed_in", "step", "review", "notice"]),
)


@given(st.lists(facts, max_size=12), st.randoms())
def test_the_order_of_what_is_known_changes_nothing(known, chance):
    """Of facts of which there is one, the first counts; so each kind of those stands there once."""
    once = {(one.case, one.kind): one for one in known if one.kind in ("opened", "release")}
    known = [*once.values(), *(one for one in known if one.kind not in ("opened", "release"))]
    mixed = list(known)
    chance.shuffle(mixed)

    assert reminders(mixed, RULES, TODAY) == reminders(known, RULES, TODAY)


@given(st.lists(facts, max_size=12))
def test_reminders_come_by_day_and_one_case_never_speaks_for_another(known):
    found = reminders(known, RULES, TODAY)
    apart = [one for case in "ab" for one in reminders([f for f in known if f.case == case], RULES, TODAY)]

    assert [one.day for one in found] == sorted(one.day for one in found)
    assert sorted((one.case, one) for one in found) == sorted((one.case, one) for one in apart)


@given(st.lists(facts, max_size=12))
def test_whatever_was_put_off_is_not_there_before_its_day(known):
    found = reminders(known, RULES, TODAY)

    off = [Fact(one.case, PUT_OFF, one.about, day(5), one.kind) for one in found]
    assert reminders([*known, *off], RULES, TODAY) == []


@given(
    st.dates(max_value=date(9000, 1, 1)),
    st.sampled_from([{"days": 7}, {"days": 14}, {"months": 1}]),
    st.integers(0, 900),
)
def test_what_comes_round_lies_after_the_day_it_was_done(first, every, further):
    done = first + timedelta(days=further)

    again = next_time(first, after=done, **every)

    assert again > done
    assert (again - done).days <= 31


def test_the_thirty_first_comes_back_after_a_shorter_month():
    assert next_time(date(2027, 1, 31), months=1, after=date(2027, 2, 1)) == date(2027, 2, 28)
    assert next_time(date(2027, 1, 31), months=1, after=date(2027, 3, 1)) == date(2027, 3, 31)
    assert months_later(date(2027, 11, 30), 3) == date(2028, 2, 29)
