"""A workbook from outside can do no harm: it is refused with one sentence."""

import io
import zipfile

import pytest

from r2com.core.refusals import Refused
from r2com.core.xlsform import read, workbook

from .sheets import workbook as made


def packed(**parts):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name.replace("__", "/"), text)
    return data.getvalue()


def with_part(name, change):
    """A sound workbook in which one part was changed."""
    sound = made(survey=[["type", "name", "label"], ["text", "a", "A"]])
    data = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sound)) as old, zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            text = old.read(part)
            new.writestr(part.filename, change(text) if part.filename == name else text)
    return data.getvalue()


ENTITY = b'<!DOCTYPE x [<!ENTITY lol "lol">]>'
SHEET = "xl/worksheets/sheet1.xml"

HOSTILE = {
    "empty": b"",
    "text": b"type,name,label\ntext,a,A",
    "half a file": made(survey=[["type"]])[:900],
    "old excel": bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600,
    "another zip": packed(readme="hello"),
    "only the name": packed(xl__workbook_xml="x").replace(b"workbook_xml", b"workbook.xml"),
    "entities": with_part(SHEET, lambda text: text.replace(b"<worksheet", ENTITY + b"<worksheet")),
    "entities in two bytes": with_part(SHEET, lambda text: (ENTITY.decode() + "<a/>").encode("utf-16")),
    "broken": with_part(SHEET, lambda text: text[:-30]),
    "another kind of part": with_part("xl/workbook.xml", lambda text: b"<html/>"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_is_no_workbook_is_refused_with_one_sentence(kind):
    with pytest.raises(Refused) as refused:
        read(HOSTILE[kind], "form.xlsx")

    assert str(refused.value).startswith("form.xlsx ")
    assert str(refused.value).count("\n") == 0


def test_a_bomb_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(workbook, "LARGEST_UNPACKED", 100_000)
    bomb = with_part(SHEET, lambda text: text + b" " * 200_000)

    with pytest.raises(Refused, match="unpacks to far more"):
        read(bomb, "form.xlsx")


def test_a_large_file_is_not_opened(monkeypatch):
    monkeypatch.setattr(workbook, "LARGEST_FILE", 100)

    with pytest.raises(Refused, match="larger than"):
        read(made(survey=[["type"]]), "form.xlsx")


@pytest.mark.parametrize("cell", ["A20000", "XFD1", "ZZ9"])
def test_a_cell_far_outside_is_not_dropped_in_silence(cell):
    row = b'<row r="20000"><c r="%s"><v>1</v></c></row></sheetData>' % cell.encode()

    with pytest.raises(Refused, match=f"in the cell {cell}, far outside"):
        read(with_part(SHEET, lambda text: text.replace(b"</sheetData>", row)), "form.xlsx")


def test_an_empty_cell_far_outside_does_not_matter():
    row = b'<row r="20000"><c r="XFD20000" s="0"/></row></sheetData>'

    found = read(with_part(SHEET, lambda text: text.replace(b"</sheetData>", row)), "form.xlsx")

    assert [one["id"] for one in found.definition["questions"]] == ["a"]


def test_a_sound_workbook_is_not_refused():
    assert read(with_part("", lambda text: text), "form.xlsx").definition["questions"][0]["id"] == "a"
