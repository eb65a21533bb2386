"""What holds for every form: it is read or refused, and it survives the way to a spreadsheet and back."""

import io

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyxform.xls2xform import convert

from r2com.core.instruments import BadDefinition, faults
from r2com.core.instruments import read as instrument
from r2com.core.instruments.defaults import completed
from r2com.core.refusals import Refused
from r2com.core.xlsform import read, write
from r2com.core.xlsform.carried import NotCarried
from r2com.core.xlsform.parsing import parse
from tests.unit.question_sample import arrival
from tests.unit.sheets import KOBO, ODK, UGLY, workbook

from .question_forms import forms, translated


def at_leisure(examples):
    """How many forms are made up, however long it takes."""
    return settings(max_examples=examples, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def there_and_back(definition, languages):
    data, left = write(definition, languages)
    assert [one for one in left if one.what] == []
    return read(data, "form.xlsx")


def as_read(definition):
    """A definition with everything filled in, whatever stood in the file."""
    return completed(definition)


@given(translated())
@at_leisure(60)
def test_a_form_is_the_same_after_the_way_to_a_spreadsheet_and_back(form):
    definition, languages = form
    assert faults(definition, languages) == []

    back = there_and_back(definition, languages)

    assert as_read(back.definition) == as_read(definition)
    assert back.languages == languages
    assert back.left == []


@given(translated())
@at_leisure(15)
def test_every_form_that_is_written_is_taken_by_others(form):
    data, _ = write(*form)

    made = convert(io.BytesIO(data), validate=False, file_type=".xlsx")

    assert all(f"/{one['id']}" in made.xform for one in form[0]["questions"])


def test_a_narrowed_list_with_other_is_offered_whole_elsewhere_and_that_is_said():
    form = arrival()
    [place] = [one for one in form["questions"] if one["id"] == "place"]
    place["other"] = True

    data, left = write(form, {})

    assert convert(io.BytesIO(data), validate=False, file_type=".xlsx").xform
    assert [(one.column, one.what) for one in left] == [("choice_filter", "place")]


def test_forms_from_elsewhere_are_the_same_after_another_way_round():
    for sheets in (KOBO, ODK, UGLY):
        first = read(workbook(**sheets), "form.xlsx")

        second = there_and_back(first.definition, first.languages)

        assert as_read(second.definition) == as_read(first.definition)
        assert second.languages == first.languages


likely = [
    "text",
    "select_one l",
    "begin group",
    "end group",
    "begin repeat",
    "${a} > 1",
    "a",
    "b",
    "yes",
    "=1",
    "l",
]
cells = st.none() | st.text(max_size=6) | st.integers() | st.booleans() | st.sampled_from(likely)
headings = [
    "type",
    "name",
    "label",
    "label::pt",
    "relevant",
    "constraint",
    "required",
    "default",
    "calculation",
]
rows = st.lists(st.lists(cells, max_size=9), max_size=6)
few = st.lists(st.lists(cells, max_size=3), max_size=3)


@given(rows, few, few)
@at_leisure(100)
def test_any_sheet_is_read_or_refused(survey, choices, rest):
    sheets = {"survey": [headings, *survey], "choices": [["list_name", "name", "label"], *choices], "x": rest}
    data = workbook(**{name: [list(map(_printable, row)) for row in rows] for name, rows in sheets.items()})

    made, refused = attempt(lambda: read(data, "f"))

    assert bool(made) != bool(refused)
    if made:
        assert instrument(made.definition, made.languages).questions


def attempt(do):
    """What comes out, or the sentence with which it is refused. Anything else is a broken promise."""
    try:
        return do(), ""
    except (BadDefinition, Refused, NotCarried) as refused:
        return None, str(refused)


def _printable(cell):
    return "".join(letter for letter in cell if letter.isprintable()) if isinstance(cell, str) else cell


@given(st.text(max_size=30) | st.text("${}()'\"<>=!andor.1 -+", max_size=30))
def test_any_expression_is_understood_or_told(expression):
    understood, told = attempt(lambda: parse(expression))

    assert bool(understood) != bool(told)


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_in_a_sentence(data):
    _, refused = attempt(lambda: read(data, "form.xlsx"))

    assert refused.startswith("form.xlsx ")


@given(forms())
@at_leisure(30)
def test_made_up_forms_are_sound(form):
    assert faults(form) == []
