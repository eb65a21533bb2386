from datetime import date

import pytest

from r2com.core.instruments import Evidence, ItemResponse, problems, read
from tests.unit.instrument_sample import bare, guide, mood

VISIT = Evidence("for", "observed", "Home visit", date(2026, 3, 2))
LETTER = Evidence("for", "document", "Letter from the court")
DENIAL = Evidence("against", "said_by_person", "The person")


@pytest.fixture(scope="module")
def instrument():
    return read(guide())


def told(instrument, response, *, completing=False):
    return [
        (problem.item, problem.judgement, problem.kind, problem.rule)
        for problem in problems(instrument, response, completing)
    ]


def test_nothing_said_is_no_problem_until_the_assessment_is_completed(instrument):
    assert told(instrument, {}) == []
    assert told(instrument, {}, completing=True) == [
        (item, "person_view", "closing", "person-view") for item in ("A1", "A2", "G3", "G4")
    ]


def test_a_word_on_the_scale_is_taken_and_another_is_not(instrument):
    response = {"A1": ItemResponse({"vulnerability": "none", "strength": "huge", "mood": "fine"})}

    assert told(instrument, response) == [
        ("A1", "strength", "value", "value"),
        ("A1", "mood", "value", "value"),
    ]


def test_a_judgement_may_still_be_empty(instrument):
    assert told(instrument, {"A1": ItemResponse({"vulnerability": "", "strength": None})}) == []


def test_an_item_the_instrument_does_not_have_is_refused(instrument):
    assert told(instrument, {"Z9": ItemResponse()}) == [("Z9", "", "item", "item")]


@pytest.mark.parametrize("word", ["some", "marked"])
def test_a_need_rests_on_evidence_that_speaks_for_it(instrument, word):
    def rated(*evidence):
        return {"A1": ItemResponse({"vulnerability": word}, evidence=evidence)}

    owed = [("A1", "vulnerability", "evidence", "rests-on-something")]
    assert told(instrument, rated(VISIT)) == []
    assert told(instrument, rated()) == owed
    assert told(instrument, rated(DENIAL)) == owed


@pytest.mark.parametrize("word", ["none", "unknown", "not_applicable"])
def test_not_seen_and_not_known_owe_no_evidence(instrument, word):
    assert told(instrument, {"A1": ItemResponse({"vulnerability": word})}) == []


def test_violence_needs_two_sources_and_a_second_signature(instrument):
    def rated(*evidence, countersigned=True):
        return {"G3": ItemResponse({"vulnerability": "marked"}, evidence, countersigned=countersigned)}

    same_again = Evidence("for", "said_by_person", " home  VISIT ")
    nameless = Evidence("for", "document")
    short = [("G3", "vulnerability", "evidence", "violence-needs-two")]
    assert told(instrument, rated(VISIT, LETTER)) == []
    assert told(instrument, rated(VISIT, same_again)) == short
    assert told(instrument, rated(VISIT, nameless)) == short
    assert told(instrument, rated(VISIT, DENIAL)) == short
    assert told(instrument, rated(VISIT, LETTER, countersigned=False)) == [
        ("G3", "vulnerability", "countersignature", "violence-needs-two")
    ]


def test_the_rule_for_violence_stays_with_its_item_and_its_word(instrument):
    response = {
        "G3": ItemResponse({"vulnerability": "some"}, (VISIT,)),
        "G4": ItemResponse({"vulnerability": "marked"}, (VISIT,)),
    }

    assert told(instrument, response) == []


def test_evidence_says_where_it_comes_from_and_which_way_it_speaks(instrument):
    strange = (Evidence("for", "rumour"), Evidence("perhaps", "observed"))

    found = told(instrument, {"A1": ItemResponse(evidence=strange)})

    assert found == [("A1", "", "evidence_value", "evidence_value")] * 2


def test_a_view_that_differs_needs_own_words_and_an_unasked_one_a_reason(instrument):
    def viewed(view, words=""):
        said = ItemResponse({"person_view": view}, words={"person_view": words})
        return dict.fromkeys(("A1", "A2", "G3", "G4"), said)

    owed = [(item, "person_view", "own_words", "own_words") for item in ("A1", "A2", "G3", "G4")]
    assert told(instrument, viewed("agrees"), completing=True) == []
    assert told(instrument, viewed("differs"), completing=True) == owed
    assert told(instrument, viewed("not_asked", "  "), completing=True) == owed
    assert told(instrument, viewed("not_asked", "She was ill."), completing=True) == []
    assert told(instrument, viewed("differs")) == []


def test_an_item_that_does_not_apply_is_not_waited_for(instrument):
    response = {"A1": ItemResponse({"vulnerability": "not_applicable", "person_view": "agrees"})}

    waiting = {item for item, *_ in told(instrument, response, completing=True)}

    assert waiting == {"G3", "G4"}


def test_evidence_is_owed_even_where_the_item_does_not_apply(instrument):
    response = {
        "A1": ItemResponse({"vulnerability": "not_applicable"}),
        "A2": ItemResponse({"vulnerability": "marked"}),
    }

    assert told(instrument, response) == [("A2", "vulnerability", "evidence", "rests-on-something")]


def test_the_message_of_a_rule_is_the_files_own(instrument):
    (problem,) = problems(instrument, {"A1": ItemResponse({"vulnerability": "some"})}, completing=False)

    assert problem.message == "Add at least one piece of evidence."


def test_a_bare_definition_keeps_the_rules_of_the_guide():
    instrument = read(bare())
    response = {
        "A1": ItemResponse({"vulnerability": "some"}),
        "A2": ItemResponse({"vulnerability": "none", "person_view": "agrees"}),
    }

    assert told(instrument, response, completing=True) == [
        ("A1", "vulnerability", "evidence", "some_needs_evidence"),
        ("A1", "person_view", "closing", "person_view_asked"),
    ]


def test_an_instrument_of_another_shape_is_kept_to_its_own_words():
    instrument = read(mood())

    assert told(instrument, {"sleep": ItemResponse({"felt": "badly"})}, completing=True) == []
    assert told(instrument, {"sleep": ItemResponse({"felt": "marked"})}) == [
        ("sleep", "felt", "value", "value")
    ]
