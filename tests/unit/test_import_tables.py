"""Lists from elsewhere: what can be read, and what is hostile."""

import io
import zipfile
from datetime import date, datetime

import pytest

from r2com.imports.tables import Unreadable, open_table
from tests import lists

WORDS = [["Nome", "Notas"], ["Testa Água", "one; two, three"], ["Testa Íris", "first line\nsecond line"]]


def read(file, **more):
    with open_table(file, **more) as table:
        return table.headings, [(line.number, line.cells) for line in table.lines]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_letters_and_separators_are_found_out(encoding, delimiter):
    file = lists.as_csv(WORDS[1:], headings=WORDS[0], encoding=encoding, delimiter=delimiter)

    headings, rows = read(file)

    assert headings == ["Nome", "Notas"]
    assert rows[0] == (2, ["Testa Água", "one; two, three"])
    assert [cell.splitlines() for cell in rows[1][1]] == [["Testa Íris"], ["first line", "second line"]]


def test_a_spreadsheet_gives_days_numbers_and_formulas_as_text():
    cells = [datetime(1990, 4, 12), date(1991, 1, 2), 912345678.0, 1.5, True, '=HYPERLINK("x")', None, "end"]

    _, rows = read(lists.as_xlsx([cells]))

    said = ["1990-04-12", "1991-01-02", "912345678", "1.5", "yes", '=HYPERLINK("x")', "", "end"]
    assert rows == [(2, said)]


def test_another_sheet_can_be_named():
    with pytest.raises(Unreadable):
        read(lists.as_xlsx([["x"]]), sheet="Folha9")

    assert read(lists.as_xlsx([["x"]]), sheet="Folha1")[1] == [(2, ["x"])]


def test_every_heading_is_there_once():
    headings, _ = read(lists.as_csv([["a", "b", "c", "d"]], headings=["Phone", "phone", "", "Phone (2)"]))

    assert headings == ["Phone", "phone (2)", "Column 3", "Phone (2) (2)"]


def test_empty_rows_are_passed_over_and_counted():
    _, rows = read(io.BytesIO(b"Nome;Notas\n\n;;\nTesta;x\n"))

    assert rows == [(4, ["Testa", "x"])]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n\n",
        b"Nome;\0Notas\nx;y\n",
        b"PK\x03\x04 and nothing that follows",
        b'Nome\n"' + b"x" * 50_000,
        b"a;" * 1_000_000,
        b"x" * 5_000_000,
        b"\xff\xfeN\x00o",
        "Nome\nTesta".encode("utf-16")[:-1],
        bytes(range(256)) * 40,
    ],
    ids=["empty", "blank", "nul", "no-zip", "open-quote", "columns", "line", "odd", "cut", "binary"],
)
def test_what_is_no_list_is_refused(content):
    with pytest.raises(Unreadable):
        read(io.BytesIO(content))


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    with pytest.raises(Unreadable, match="unpacks"):
        read(lists.swollen(80 * 1024 * 1024))


def test_a_bomb_that_hides_its_size_is_refused():
    file = bytearray(lists.as_xlsx([["x"]] * 20_000).getvalue())
    at = file.rfind(b"PK\x01\x02")
    while at >= 0:
        file[at + 24 : at + 28] = (10).to_bytes(4, "little")
        at = file.rfind(b"PK\x01\x02", 0, at)

    with pytest.raises(Unreadable):
        read(io.BytesIO(bytes(file)))


def test_entities_in_a_spreadsheet_are_not_followed():
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    file = replaced("xl/worksheets/sheet1.xml", lambda text: bomb + text.split("?>", 1)[-1])

    with pytest.raises(Unreadable):
        read(file)


def test_a_spreadsheet_with_far_too_many_columns_is_refused():
    with pytest.raises(Unreadable, match="columns"):
        read(lists.as_xlsx([["x"] * 16_000], headings=["x"] * 16_000))


def test_a_spreadsheet_that_says_it_is_endless_is_read_as_it_is():
    claims = '<dimension ref="A1:XFD1048576"/><sheetData>'
    file = replaced("xl/worksheets/sheet1.xml", lambda text: text.replace("<sheetData>", claims))

    assert read(file)[1] == [(2, ["x"])]


def test_a_row_with_an_endless_number_is_refused():
    endless = 'r="99999999999"'
    file = replaced("xl/worksheets/sheet1.xml", lambda text: text.replace('r="2"', endless))

    with pytest.raises(Unreadable):
        read(file)


def replaced(part, change):
    """A spreadsheet with one of its parts changed."""
    source, file = lists.as_xlsx([["x"]]), io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, change(text.decode()).encode() if name == part else text)
    file.seek(0)
    return file
