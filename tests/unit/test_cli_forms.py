"""The commands that bring a form from elsewhere, and write one for elsewhere. They need no database."""

import io
import json

import pytest
from fhir.resources.R4B.questionnaire import Questionnaire
from pyxform.xls2xform import convert

from r2com.config.cli import main

from .sheets import KOBO, UGLY, workbook


@pytest.fixture
def kobo(tmp_path):
    """A form from Kobo in a file."""
    path = tmp_path / "intake.xlsx"
    path.write_bytes(workbook(**KOBO))
    return path


def test_a_form_is_brought_checked_and_written_again(kobo, tmp_path, capsys):
    out, again = tmp_path / "intake", tmp_path / "again.xlsx"

    assert main(["instruments", "import", str(kobo), "--out", str(out)]) == 0
    assert main(["instruments", "check", str(out)]) == 0
    assert main(["instruments", "hashes", str(out)]) == 0
    assert main(["instruments", "export", str(out), "--format", "xlsform", "--out", str(again)]) == 0

    said = capsys.readouterr().out
    assert "holds 8 questions from intake.xlsx" in said
    assert "survey, row 16, type: place (geopoint): where somebody is is not recorded." in said
    assert "Everything was carried." in said
    assert sorted(path.name for path in out.rglob("*.json")) == ["instrument.json", "pt.json"]


def test_what_is_not_carried_is_told_to_programs_too(tmp_path, capsys):
    path = tmp_path / "ugly.xlsx"
    path.write_bytes(workbook(**UGLY))

    main(["instruments", "import", str(path), "--out", str(tmp_path / "ugly"), "--json"])

    told = json.loads(capsys.readouterr().out)
    assert told["questions"] == 5
    assert told["languages"] == ["fr"]
    assert {
        "sheet": "survey",
        "row": 6,
        "column": "constraint",
        "what": "regex(., '^[0-9]+$')",
        "why": "regex() has no counterpart here",
    } in told["not_carried"]


def test_open_tv_rat_is_taken_along_as_a_form(tmp_path):
    out = tmp_path / "guide.xlsx"

    assert main(["instruments", "export", "open-tv-rat", "--format", "xlsform", "--out", str(out)]) == 0

    made = convert(io.BytesIO(out.read_bytes()), validate=False, file_type=".xlsx").xform
    assert made.count("<select1 ") == 38 * 6
    assert "not the R2COM consortium's TV-RAT" in made
    assert "It is not validated and it does not predict." in made
    assert "Onde" in made


def test_open_tv_rat_is_taken_along_as_fhir(tmp_path, capsys):
    out = tmp_path / "guide.json"

    assert (
        main(["instruments", "export", "open-tv-rat", "--format", "fhir", "--out", str(out), "--json"]) == 0
    )

    assert "does not predict" in Questionnaire.model_validate_json(out.read_bytes()).description
    assert "evidence_rules" in {one["column"] for one in json.loads(capsys.readouterr().out)["not_carried"]}


def test_nothing_is_overwritten(kobo, tmp_path, capsys):
    out = tmp_path / "intake"
    main(["instruments", "import", str(kobo), "--out", str(out)])
    before = (out / "instrument.json").read_text(encoding="utf-8")

    assert main(["instruments", "import", str(kobo), "--out", str(out)]) == 1
    assert main(["instruments", "export", str(out), "--format", "fhir", "--out", str(kobo)]) == 1

    assert (out / "instrument.json").read_text(encoding="utf-8") == before
    assert "holds an instrument already" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("data", "sentence"), [(None, "is not there"), (b"hello", "is not an .xlsx workbook"), (b"", "is not an")]
)
def test_what_is_no_form_is_refused_in_a_sentence(tmp_path, capsys, data, sentence):
    path = tmp_path / "form.xlsx"
    if data is not None:
        path.write_bytes(data)

    assert main(["instruments", "import", str(path), "--out", str(tmp_path / "out")]) == 1
    assert sentence in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_form_with_faults_is_refused_with_its_rows(tmp_path, capsys):
    path = tmp_path / "form.xlsx"
    path.write_bytes(workbook(survey=[["type", "name", "label"], ["wheel", "a", "A"]]))

    assert main(["instruments", "import", str(path), "--out", str(tmp_path / "out")]) == 1
    assert capsys.readouterr().err.startswith("form.xlsx, sheet survey, row 2, column type: There is no type")


def test_an_unsound_instrument_is_not_written(kobo, tmp_path, capsys):
    out = tmp_path / "intake"
    main(["instruments", "import", str(kobo), "--out", str(out)])
    (out / "instrument.json").write_text("{}", encoding="utf-8")

    assert (
        main(["instruments", "export", str(out), "--format", "fhir", "--out", str(tmp_path / "a.json")]) == 1
    )
    assert not (tmp_path / "a.json").exists()
