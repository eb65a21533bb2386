"""Typed questions: what is asked, what fits, what is kept, and which definitions are refused."""

from datetime import date

import pytest

from r2com.core.instruments import BadDefinition, read
from r2com.core.instruments.questions import Group, filled_in, offered, pages, problems, tidy, walk

from .instrument_sample import guide
from .question_sample import arrival, arrival_in_portuguese, question

TODAY = date(2026, 11, 22)


def form(**changed):
    return read(arrival(**changed)).questions


def asked(answers, questions=None):
    return [one.path for one in walk(questions or form(), answers, TODAY) if not isinstance(one.part, Group)]


def wrong(answers, completing=False, questions=None):
    found = problems(questions or form(), answers, TODAY, completing)
    return [(problem.path, problem.kind) for problem in found]


def faults(**changed):
    with pytest.raises(BadDefinition) as bad:
        read(arrival(**changed))
    return [fault.address for fault in bad.value.faults]


def with_question(**more):
    return [*arrival()["questions"], question("extra", **more)]


def test_an_instrument_may_have_questions_and_no_items():
    instrument = read(arrival())

    assert (instrument.items, instrument.judgements) == ((), ())
    assert (instrument.for_whom, instrument.sensitive) == ("person-with-worker", True)


def test_an_instrument_may_have_both():
    both = read(guide(questions=[question("called")]))

    assert len(both.items) == 4
    assert [one.id for one in both.questions.every()] == ["called"]


def test_a_guide_without_questions_asks_none():
    assert not read(guide()).questions


def test_a_question_is_asked_once_its_condition_holds():
    assert ("where",) not in asked({})
    assert ("where",) not in asked({"has_home": "no"})
    assert ("where",) in asked({"has_home": "yes"})


def test_what_is_not_asked_counts_as_not_answered():
    assert ("since",) not in asked({"has_home": "no", "where": "At my uncle’s"})
    assert ("since",) in asked({"has_home": "yes", "where": "At my uncle’s"})


def test_an_answer_of_another_kind_decides_nothing():
    assert ("where",) not in asked({"has_home": ["yes"]})
    assert not any("children" in path for path in asked({"age": "30", "children": [{}]}))


def test_a_group_is_asked_as_often_as_it_was_answered():
    children = [{"child_name": "Bo", "child_age": 7}, {"child_name": "Ada", "child_age": 2}]

    found = asked({"age": 30, "children": children})

    assert ("children", 0, "school_name") in found
    assert ("children", 1, "child_name") in found
    assert ("children", 1, "school_name") not in found
    assert not any("children" in path for path in asked({"age": 14, "children": children}))


def test_how_many_were_chosen_can_decide():
    assert ("more",) not in asked({"papers": ["passport"]})
    assert ("more",) in asked({"papers": ["passport", "id_card"]})


def test_choices_are_narrowed_by_an_earlier_answer():
    place = next(one for one in form().every() if one.id == "place")

    assert [choice.id for choice in offered(place, {"land": "nl"})] == ["breda"]
    assert offered(place, {}) == ()
    assert wrong({"land": "nl", "place": "porto"}) == [(("place",), "value")]


def test_an_answer_keeps_to_its_constraint():
    assert wrong({"age": 30, "born": "2026-11-22"}) == []
    assert wrong({"age": 3, "born": "2026-11-23"}) == [(("age",), "constraint"), (("born",), "constraint")]
    assert wrong({"age": 30, "children": [{"child_age": 31}]}) == [
        (("children", 0, "child_age"), "constraint")
    ]


@pytest.mark.parametrize(
    "answers",
    [
        {"age": "30"},
        {"age": True},
        {"born": "yesterday"},
        {"has_home": "maybe"},
        {"papers": "passport"},
        {"papers": [["passport"]]},
        {"rent": 2.5},
        {"rent": "NaN"},
        {"at": "25:00"},
        {"seen": "2026-01-01"},
        {"agreed": "yes"},
    ],
)
def test_an_answer_of_another_kind_is_told(answers):
    assert [kind for _, kind in wrong({"age": 30, **answers})] == ["value"]


def test_what_must_be_answered_is_only_owed_in_the_end():
    assert wrong({}) == []
    assert wrong({}, completing=True) == [(("called",), "required"), (("has_home",), "required")]


def test_the_form_speaks_for_itself():
    missing, built_in = problems(form(), {}, TODAY, completing=True)

    assert missing.own
    assert missing.message == "We need something to call you."
    assert not built_in.own


def test_something_else_owes_a_few_words():
    assert (("papers",), "other") in wrong({"papers": ["other"]}, completing=True)
    assert (("papers",), "other") not in wrong(
        {"papers": ["other"], "papers_other": "A letter"}, completing=True
    )


def test_in_the_end_only_what_is_asked_is_kept():
    answers = {"has_home": "no", "where": "Here", "age": 30, "children": [{}, {"child_name": "Bo"}], "x": 1}

    assert tidy(form(), answers, TODAY) == {"has_home": "no", "age": 30, "children": [{"child_name": "Bo"}]}


def test_a_calculated_answer_is_known_but_not_kept():
    found = {one.path: one.value for one in walk(form(), {}, TODAY)}

    assert found["today_is",] == "2026-11-22"
    assert "today_is" not in tidy(form(), {}, TODAY)


def test_a_form_begins_with_its_defaults():
    assert filled_in(form(), TODAY) == {"since": "2026-11-22"}


def test_pages_follow_the_groups_of_the_first_order():
    assert [page.key for page in pages(form())] == ["page-1", "home", "children", "page-4"]


def test_questions_are_translated_one_by_one():
    instrument = read(arrival(), {"pt": arrival_in_portuguese()}).in_language("pt")

    labels = {one.id: one.label for one in instrument.questions.every()}

    assert labels["called"] == "Como se chama?"
    assert labels["rent"] == "What about rent?"
    assert instrument.gaps["questions.rent.label"] == "missing"
    assert "questions.called.label" not in instrument.gaps


def test_a_translated_question_is_stale_once_the_original_moved_on():
    portuguese = {**arrival_in_portuguese(), "of_hash": {"questions.called": "0" * 64}}

    instrument = read(arrival(), {"pt": portuguese}).in_language("pt")

    assert instrument.gaps["questions.called.label"] == "stale"


@pytest.mark.parametrize(
    ("more", "address"),
    [
        ({"id": "9th"}, "questions[20].id"),
        ({"id": "called"}, "questions[1].id"),
        ({"id": "papers_other"}, "questions[20].id"),
        ({"kind": "signature"}, "questions[20].kind"),
        ({"label": " "}, "questions[20].label"),
        ({"label": "And ${nobody}?"}, "questions[20].label"),
        ({"score": 3}, "questions[20].score"),
        ({"weight": 3}, "questions[20].weight"),
        ({"group": "garden"}, "questions[20].group"),
        ({"group": "home"}, "questions[20].group"),
        ({"kind": "one"}, "questions[20].choices"),
        ({"choices": "yes_no"}, "questions[20].choices"),
        ({"value": "x"}, "questions[20].value"),
        ({"kind": "calculated", "value": {"answer": "extra"}}, "questions[20].value"),
        ({"kind": "note", "required": True}, "questions[20].required"),
        ({"kind": "integer", "default": "3"}, "questions[20].default"),
        ({"kind": "one", "choices": "town", "offered_by": {"sea": "land"}}, "questions[20].offered_by.sea"),
        ({"asked_if": {"answered": "extra"}}, "questions[20].asked_if.answered"),
        ({"asked_if": {"answered": "child_name"}}, "questions[20].asked_if.answered"),
        ({"asked_if": {"equals": ["has_home", "maybe"]}}, "questions[20].asked_if.equals[1]"),
        ({"asked_if": {"equals": ["age", "30"]}}, "questions[20].asked_if.equals[1]"),
        ({"asked_if": {"equals": ["agreed", "OK"]}}, "questions[20].asked_if.equals"),
        ({"asked_if": {"selected": ["age", "30"]}}, "questions[20].asked_if.selected[0]"),
        ({"asked_if": {"more": ["called", 3]}}, "questions[20].asked_if.more[0]"),
        ({"asked_if": {"more": ["age", "today"]}}, "questions[20].asked_if.more[1]"),
        ({"asked_if": {"more": ["age", {"answer": "born"}]}}, "questions[20].asked_if.more[1]"),
        ({"asked_if": {"more": [{"sum": "papers"}, 3]}}, "questions[20].asked_if.more[0]"),
        ({"asked_if": {"more": ["age", float("nan")]}}, "questions[20].asked_if.more[1]"),
        ({"asked_if": {"all": []}}, "questions[20].asked_if.all"),
        ({"asked_if": {"plus": ["age", 1]}}, "questions[20].asked_if.plus"),
    ],
)
def test_a_bad_question_is_refused_with_its_address(more, address):
    assert address in faults(questions=[*arrival()["questions"], {**question("extra"), **more}])


@pytest.mark.parametrize(
    ("groups", "address"),
    [
        ([{"id": "empty", "title": "Nothing"}], "groups[3]"),
        ([{"id": "loop", "in": "loop"}], "groups[3].in"),
        ([{"id": "lost", "in": "garden"}], "groups[3].in"),
        ([{"id": "home"}], "groups[0].id"),
    ],
)
def test_a_bad_group_is_refused_with_its_address(groups, address):
    assert address in faults(groups=[*arrival()["groups"], *groups])


def test_a_condition_goes_twelve_deep_at_most():
    deep = {"answered": "called"}
    for _ in range(12):
        deep = {"not": deep}

    assert any(
        address.startswith("questions[20].asked_if.not")
        for address in faults(questions=with_question(asked_if=deep))
    )


def test_a_translation_of_a_question_that_is_not_there_is_refused():
    portuguese = {"language": "pt", "questions": {"gone": {"label": "Foi-se"}}}

    with pytest.raises(BadDefinition, match=r"languages\.pt\.questions\.gone"):
        read(arrival(), {"pt": portuguese})
