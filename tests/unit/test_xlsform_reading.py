"""What Kobo and ODK users bring becomes an instrument, and what does not fit is told by name."""

import pytest

from r2com.core.instruments import BadDefinition
from r2com.core.instruments import read as instrument
from r2com.core.refusals import Refused
from r2com.core.xlsform import read

from .sheets import KOBO, ODK, UGLY, table, workbook


def brought(sheets):
    return read(workbook(**sheets), "form.xlsx")


def questions(sheets):
    return {one["id"]: one for one in brought(sheets).definition["questions"]}


def survey(*rows, **more):
    return {"survey": [["type", "name", "label", "relevant", "constraint"], *rows], **more}


def condition(expression, *rows):
    """What a condition on one last question becomes, and why not."""
    asked = [
        ["integer", "age", "Age"],
        ["decimal", "rent", "Rent"],
        ["date", "born", "Born"],
        ["text", "called", "Called"],
        ["select_one yn", "home", "Home"],
        ["select_multiple yn", "had", "Had"],
        ["acknowledge", "read", "Read"],
    ]
    made = brought(survey(*asked, *rows, ["text", "last", "Last", expression], choices=table(YES_NO)))
    left = [one.why for one in made.left if one.column == "relevant"]
    return made.definition["questions"][-1].get("asked_if") or left[0]


YES_NO = """
| list_name | name | label |
| yn        | yes  | Yes   |
| yn        | no   | No    |
"""


def faults(sheets):
    with pytest.raises(BadDefinition) as bad:
        brought(sheets)
    return [str(fault) for fault in bad.value.faults]


def left(sheets):
    return [(one.sheet, one.row, one.column) for one in brought(sheets).left]


def test_a_form_from_kobo_is_an_instrument_in_two_languages():
    made = brought(KOBO)

    english = instrument(made.definition, made.languages)
    portuguese = english.in_language("pt")

    assert (english.id, english.name, english.version, english.sensitive) == ("intake", "Intake", "7", True)
    assert [one.id for one in english.questions.every()] == [
        *("hello", "called", "age", "has_home", "where", "papers", "child", "born")
    ]
    assert [one.label for one in portuguese.questions.every()][1] == "Como se chama?"
    assert {one.label for one in english.questions.every() if one.id == "where"} == {"Where, ${called}?"}


def test_a_translation_is_marked_as_made_from_the_wording_it_came_with():
    made = brought(KOBO)

    gaps = instrument(made.definition, made.languages).in_language("pt").gaps

    assert "stale" not in gaps.values()
    assert gaps["questions.called.hint"] == "missing"


def test_kinds_groups_and_rules_are_carried():
    found = questions(KOBO)

    assert found["called"] == {
        "id": "called",
        "kind": "text",
        "label": "What are you called?",
        "hint": "As you like it.",
        "required": True,
    }
    assert found["age"]["constraint"] == {"all": [{"at_least": ["age", 18]}, {"less": ["age", 100]}]}
    assert found["age"]["constraint_message"] == "Grown-ups only."
    assert found["where"]["kind"] == "long_text"
    assert found["where"]["asked_if"] == {"equals": ["has_home", "yes"]}
    assert found["papers"]["asked_if"] == {"any": [{"more": ["age", 15]}, {"answered": "has_home"}]}
    assert (found["papers"]["kind"], found["papers"]["other"]) == ("many", True)
    assert found["born"]["constraint"] == {"at_most": ["born", "today"]}
    assert brought(KOBO).definition["groups"][1] == {
        "id": "children",
        "title": "Children",
        "repeats": True,
        "asked_if": {"not": {"selected": ["papers", "none"]}},
    }


def test_what_kobo_adds_of_its_own_is_told_by_name():
    assert left(KOBO) == [
        *(("survey", 1, "$kuid"), ("survey", 2, "type"), ("survey", 3, "type")),
        *(("survey", 7, "appearance"), ("survey", 8, "appearance"), ("survey", 16, "type")),
        *(("survey", 17, "calculation"), ("settings", 2, "style")),
    ]


def test_a_form_from_odk_keeps_narrowed_lists_and_copies():
    found = questions(ODK)

    assert found["town"]["offered_by"] == {"land": "land"}
    assert found["why"]["asked_if"] == {"equals": ["felt", "5"]}
    assert found["rent"]["default"] == "250.5"
    assert found["rooms"]["asked_if"] == {
        "all": [
            {"more": ["rent", 0]},
            {"any": [{"equals": ["land", "pt"]}, {"equals": ["town", "breda"]}]},
        ]
    }
    assert found["sign"]["asked_if"] == {"answered": "read"}
    assert found["copy"] == {"id": "copy", "kind": "calculated", "value": {"answer": "sign"}}
    assert found["day"]["value"] == "today"
    assert found["at"]["read_only"] is True


def test_nothing_is_worked_out_about_anybody():
    made = brought(ODK)

    reasons = {one.what: one.why for one in made.left}

    assert "points" not in questions(ODK)
    assert "calculates" in reasons["points"]
    assert "not carried" in reasons["${points} > 3"]
    assert "asked_if" not in questions(ODK)["told"]


def test_an_ugly_form_is_carried_as_far_as_it_goes():
    made = brought(UGLY)

    english = instrument(made.definition, made.languages)

    assert [one.id for one in english.questions.every()] == ["op-1", "número.2", "on", "after", "steps"]
    assert [choice.label for choice in next(english.questions.every()).choices] == ["Yes", "no"]
    assert {one["id"]: one.get("in") for one in made.definition["groups"]} == {
        "outer": None,
        "inner": "outer",
        "visits": None,
        "talks": "visits",
    }


def test_nothing_in_an_ugly_form_is_dropped_in_silence():
    told = {(one.row, one.column): one.why for one in brought(UGLY).left if one.sheet == "survey"}

    assert {row for row, _ in told} == {1, 3, 4, 6, 14, 15, 16, 18, 19, 22} - {1}
    assert "nobody" in told[3, "relevant"]
    assert "always asked" in told[4, "required"]
    assert "regex()" in told[6, "constraint"]
    assert "calculates" in told[14, "constraint"]
    assert {one.sheet for one in brought(UGLY).left} == {"survey", "choices", "notes to self"}


@pytest.mark.parametrize(
    ("expression", "meaning"),
    [
        ("${age} = 5", {"equals": ["age", 5]}),
        ("${age}='5'", {"equals": ["age", 5]}),
        ("5 < ${age}", {"more": ["age", 5]}),
        ("${age} != 5", {"not": {"equals": ["age", 5]}}),
        ("${age} = -5.5", {"equals": ["age", -5.5]}),
        ("${age}=''", {"not": {"answered": "age"}}),
        ("${age} != ''", {"answered": "age"}),
        ("not(${age} = '')", {"not": {"not": {"answered": "age"}}}),
        ("${rent} <= ${age}", {"at_most": ["rent", {"answer": "age"}]}),
        ("${born} < date('2000-01-31')", {"less": ["born", "2000-01-31"]}),
        ("${born} >= '2000-01-31'", {"at_least": ["born", "2000-01-31"]}),
        ("today() > ${born}", {"less": ["born", "today"]}),
        ("${called} = \"Ana’s\"", {"equals": ["called", "Ana’s"]}),
        ('${called} = "it\'s"', {"equals": ["called", "it's"]}),
        ("${home} = yes", None),
        ("${home} = 'perhaps'", None),
        ("selected(${had}, 'yes') and not(selected(${had}, 'no'))", {
            "all": [{"selected": ["had", "yes"]}, {"not": {"selected": ["had", "no"]}}]
        }),
        ("count-selected(${had}) >= 2", {"at_least": [{"chosen": "had"}, 2]}),
        ("string-length(${called}) < 3", {"less": [{"length": "called"}, 3]}),
        ("((${age} > 1))", {"more": ["age", 1]}),
        ("true()", None),
        ("${age} > 1 or true()", None),
        ("${age} + 1 > 2", None),
        ("${age} - 1 > 2", None),
        ("${had} > 2", None),
        ("${called} > 2", None),
        ("${age}", None),
        ("if(${age} > 1, 'a', 'b') = 'a'", None),
        ("../age > 1", None),
        ("${later} = 1", None),
        ("${last} = 1", None),
        ("pulldata('a', 'b')", None),
        ("${age} > ", None),
        ("(${age} > 1", None),
        ("'", None),
        ("(" * 500 + "1" + ")" * 500, None),
    ],
)  # fmt: skip
def test_an_expression_means_this_or_is_told(expression, meaning):
    found = condition(expression) if expression != "true()" else None

    if meaning is None:
        assert found is None or (isinstance(found, str) and found)
    else:
        assert found == meaning


def test_two_condition_words_bind_as_they_do_elsewhere():
    assert condition("${age} > 1 or ${age} > 2 and ${age} > 3") == {
        "any": [{"more": ["age", 1]}, {"all": [{"more": ["age", 2]}, {"more": ["age", 3]}]}]
    }


def test_a_question_inside_a_repeat_has_no_one_answer_outside():
    rows = [["begin repeat", "r", "R"], ["integer", "inside", "I"], ["end repeat"]]

    assert "several times" in condition("${inside} = 1", *rows)


@pytest.mark.parametrize(
    ("rows", "where"),
    [
        ([["wheel", "a", "A"]], "row 2, column type: There is no type wheel"),
        ([[None, "a", "A"]], "row 2, column type: Say what kind"),
        ([["text", "two words", "A"]], "row 2, column name: Give the row a name"),
        ([["text", "a", "A"], ["text", "a", "B"]], "row 3, column name: a stands here twice"),
        ([["select_one gone", "a", "A"]], "row 2, column type: The sheet choices has no list gone"),
        ([["begin group", "g", "G"], ["text", "a", "A"]], "row 2, column type: The group begins here"),
        ([["text", "a", "A"], ["end group"]], "row 3, column type: This ends a group"),
    ],
)  # fmt: skip
def test_what_cannot_be_understood_is_refused_with_file_sheet_and_row(rows, where):
    (fault,) = faults(survey(*rows))

    assert fault.startswith(f"form.xlsx, sheet survey, {where}")


def test_all_faults_are_told_at_once():
    rows = [["wheel", "a", "A"], ["text", "two words", "B"]]

    assert len(faults(survey(*rows, choices=[["list_name", "name"], ["l", "a"], ["l", "a"]]))) == 3


def test_a_formula_is_refused_and_not_worked_out():
    (fault,) = faults(survey(["text", "a", "=1+1"]))

    assert fault.startswith("form.xlsx, sheet survey, row 2, column C: This is a formula.")


def test_a_language_nobody_knows_is_told():
    sheets = {"survey": [["type", "name", "label", "label::Klingon"], ["text", "a", "A", "nuq"]]}

    assert ("survey", 1, "label::Klingon") in left(sheets)
    assert brought(sheets).languages == {}


@pytest.mark.parametrize(
    ("sheets", "sentence"),
    [({"sheet1": [["a"]]}, "has no sheet called survey"), ({"survey": [["type", "name"]]}, "asks nothing")],
)
def test_a_workbook_that_is_no_form_is_refused_in_a_sentence(sheets, sentence):
    with pytest.raises(Refused, match=sentence):
        brought(sheets)
