"""An instrument as a FHIR R4B Questionnaire, and answers as a QuestionnaireResponse that fits it."""

import json
from datetime import UTC, date, datetime

import pytest
from fhir.resources.R4B.questionnaire import Questionnaire
from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse
from hypothesis import HealthCheck, given, settings

from r2com.core.fhir import questionnaire, response, write
from r2com.core.instruments import read
from r2com.core.instruments.questions import tidy
from r2com.core.xlsform import read as bring
from r2com.instruments.reading import packaged
from tests.properties.question_forms import translated

from .question_sample import arrival, arrival_in_portuguese, question
from .sheets import KOBO, ODK, UGLY, workbook

ANSWER_TYPES = {
    "string": "answerString",
    "text": "answerString",
    "integer": "answerInteger",
    "decimal": "answerDecimal",
    "date": "answerDate",
    "time": "answerTime",
    "dateTime": "answerDateTime",
    "boolean": "answerBoolean",
    "choice": "answerCoding",
}


def every(items):
    for item in items:
        yield item
        yield from every(item.get("item", ()))


def must_be_sound(made):
    """What the standard asks and its schema does not: links, types, targets of conditions."""
    Questionnaire.model_validate(made)
    items = list(every(made["item"]))
    links = [item["linkId"] for item in items]
    types = {item["linkId"]: item["type"] for item in items}
    assert len(set(links)) == len(links)
    for place, item in enumerate(items):
        kind = item["type"]
        assert (kind == "group") <= bool(item.get("item"))
        assert not (
            kind == "display" and item.keys() & {"item", "required", "repeats", "readOnly", "initial"}
        )
        assert not (kind == "group" and item.keys() & {"answerOption", "initial", "readOnly"})
        assert ("answerOption" in item) == (kind == "choice")
        assert ("enableBehavior" in item) == (len(item.get("enableWhen", ())) > 1)
        for test in item.get("enableWhen", ()):
            must_have_a_target(test, links[:place], types)


def must_have_a_target(test, before, types):
    """A condition names a question that comes before, and an answer of its type."""
    assert test["question"] in before
    (answer,) = [key for key in test if key.startswith("answer")]
    wanted = "answerBoolean" if test["operator"] == "exists" else ANSWER_TYPES[types[test["question"]]]
    assert answer == wanted


def forms():
    yield arrival(), {"pt": arrival_in_portuguese()}
    yield packaged()
    for sheets in (KOBO, ODK, UGLY):
        brought = bring(workbook(**sheets), "form.xlsx")
        yield brought.definition, brought.languages


@pytest.mark.parametrize("form", list(forms()), ids=["arrival", "open-tv-rat", "kobo", "odk", "ugly"])
def test_a_questionnaire_keeps_to_the_standard(form):
    data, _ = write(*form)

    must_be_sound(json.loads(data))


@given(translated())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_questionnaire_keeps_to_the_standard(form):
    must_be_sound(questionnaire(*form)[0])


def made_of(*questions, **more):
    return questionnaire(arrival(questions=list(questions), choices={}, groups=[], **more), {})


def test_translations_stand_beside_the_text():
    made, _ = questionnaire(arrival(), {"pt": arrival_in_portuguese()})

    called = next(item for item in every(made["item"]) if item["linkId"] == "called")

    (translation,) = called["_text"]["extension"]
    assert translation["extension"] == [
        {"url": "lang", "valueCode": "pt"},
        {"url": "content", "valueString": "Como se chama?"},
    ]


def test_open_tv_rat_says_what_it_is_not():
    made, left = questionnaire(*packaged())

    assert made["item"][0]["type"] == "display"
    assert "does not predict" in made["item"][0]["text"]
    assert "not the R2COM consortium's TV-RAT" in made["description"]
    assert len([item for item in every(made["item"]) if item["type"] == "choice"]) == 38 * 6
    assert "evidence_rules" in {one.column for one in left}


def test_all_of_several_conditions_or_any_of_them():
    two = [{"answered": "a"}, {"equals": ["b", 3]}]
    asked = [question("a"), question("b", "integer")]

    both, _ = made_of(*asked, question("c", asked_if={"all": two}))
    either, _ = made_of(*asked, question("c", asked_if={"any": two}))

    assert (both["item"][-1]["enableBehavior"], either["item"][-1]["enableBehavior"]) == ("all", "any")
    assert both["item"][-1]["enableWhen"][1] == {"question": "b", "operator": "=", "answerInteger": 3}


def test_conditions_in_one_another_become_groups():
    either = {"any": [{"answered": "a"}, {"answered": "b"}]}
    asked = [question("a"), question("b"), question("d", asked_if={"all": [either, {"answered": "b"}]})]

    made, _ = made_of(*asked)

    assert made["item"][-1]["linkId"] == "d/if-1"
    assert [item["linkId"] for item in made["item"][-1]["item"]] == ["d"]


def test_not_this_holds_where_nothing_was_answered_too():
    made, _ = made_of(question("a", "integer"), question("b", asked_if={"not": {"equals": ["a", 1]}}))

    assert made["item"][-1]["enableWhen"] == [
        {"question": "a", "operator": "exists", "answerBoolean": False},
        {"question": "a", "operator": "!=", "answerInteger": 1},
    ]


def test_a_condition_that_is_lost_is_named_and_nothing_is_owed():
    made, left = made_of(question("a"), question("b", required=True, asked_if={"more": [{"length": "a"}, 3]}))

    assert "enableWhen" not in made["item"][-1]
    assert "required" not in made["item"][-1]
    assert [(one.column, one.what) for one in left] == [("asked_if", "b")]


def test_borders_of_a_number_are_carried():
    made, _ = made_of(
        question("a", "integer", constraint={"all": [{"more": ["a", 1]}, {"at_most": ["a", 9]}]})
    )

    assert [(one["url"].rsplit("/", 1)[1], one["valueInteger"]) for one in made["item"][-1]["extension"]] == [
        ("minValue", 2),
        ("maxValue", 9),
    ]


ANSWERS = {
    "called": "Milo",
    "age": 30,
    "born": "1996-01-02",
    "has_home": "yes",
    "where": "At my uncle’s",
    "papers": ["id_card", "passport", "other"],
    "papers_other": "A letter",
    "number": "X1",
    "rent": "250.5",
    "land": "pt",
    "place": "porto",
    "at": "10:30",
    "seen": "2026-11-22T10:30",
    "agreed": True,
    "children": [{"child_name": "Bo", "child_age": 7, "school_name": "Hill"}, {"child_name": "Ada"}],
}
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def test_answers_fit_their_questionnaire():
    made, _ = questionnaire(arrival(), {})
    answers = tidy(read(arrival()).questions, ANSWERS, date(2026, 11, 22))

    answered = response(made, answers, is_finished=True, authored=NOW, reference="R-1")

    QuestionnaireResponse.model_validate(answered)
    said = {item["linkId"]: item for item in every(answered["item"]) if "answer" in item}
    assert {link.removesuffix("_other") for link in said} <= {one["linkId"] for one in every(made["item"])}
    assert [one["valueCoding"]["code"] for one in said["papers"]["answer"]] == [
        "id_card",
        "passport",
        "other",
    ]
    assert said["papers_other"]["answer"] == [{"valueString": "A letter"}]
    assert said["seen"]["answer"] == [{"valueDateTime": "2026-11-22T10:30:00+00:00"}]
    assert len([item for item in answered["item"] if item["linkId"] == "children"]) == 2
    assert answered["questionnaire"] == f"{made['url']}|1"
    assert answered["subject"] == {"type": "Person", "identifier": {"value": "R-1"}}


def test_an_unanswered_questionnaire_is_in_progress():
    made, _ = questionnaire(arrival(), {})

    answered = response(made, {}, is_finished=False, authored=NOW)

    assert QuestionnaireResponse.model_validate(answered).status == "in-progress"
