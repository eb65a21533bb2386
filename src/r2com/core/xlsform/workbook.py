"""A workbook from outside, read so that it can do no harm: no entities, no formulas, no bombs."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import openpyxl
from openpyxl.utils import column_index_from_string, get_column_letter

from r2com.core.instruments.faults import BadDefinition, Fault
from r2com.core.refusals import Refused

LARGEST_FILE = 10_000_000
LARGEST_UNPACKED = 60_000_000
UNDER_NOTHING = "column"
SHEETS = ("survey", "choices", "settings")
MOST_PARTS = 500
MOST_ROWS = 10_000
MOST_COLUMNS = 250
FILLED_CELL = re.compile(rb"<(?:\w+:)?c\b[^>]*?\br=\"([A-Z]{1,3})(\d{1,7})\"[^>]*(?<!/)>")
DECLARATION = re.compile(rb"<\s*!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a sheet: its number, and its texts by column. Empty cells are left out."""

    number: int
    cells: Mapping[str, str]

    def get(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with the columns of its first row."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def sheets(data: bytes, file: str) -> dict[str, Sheet]:
    """The sheets of a workbook by their names in small letters. Raises Refused, or BadDefinition."""
    _must_be_harmless(data, file)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        found = {sheet.title.strip().lower(): list(_rows(sheet)) for sheet in book.worksheets}
    except Exception:
        raise Refused(
            f"{file} cannot be read as a workbook. Open it, save it anew as .xlsx, and try again."
        ) from None
    faults = [
        fault
        for name, rows in found.items()
        for fault in (*_formulas(file, name, rows), *_twice(file, name, rows))
    ]
    if faults:
        raise BadDefinition(faults)
    return {name: _sheet(name, rows) for name, rows in found.items()}


def _must_be_harmless(data: bytes, file: str) -> None:
    """Refuse what is no workbook, unpacks to more than any form needs, or declares entities."""
    if len(data) > LARGEST_FILE:
        raise Refused(f"{file} is larger than {LARGEST_FILE // 1_000_000} MB; no form needs that much.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
            if len(parts) > MOST_PARTS or sum_of_sizes(parts) > LARGEST_UNPACKED:
                raise Refused(f"{file} unpacks to far more than any form needs; it was not opened.")
            if "xl/workbook.xml" not in packed.namelist():
                raise Refused(f"{file} is not an .xlsx workbook. Save it as .xlsx and try again.")
            texts = {part.filename: packed.read(part) for part in parts if _is_text(part.filename)}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError):
        raise Refused(f"{file} is not an .xlsx workbook. Save it as .xlsx and try again.") from None
    if any(map(_declares, texts.values())):
        raise Refused(f"{file} declares entities, which no form needs; it was not opened.")
    far = next((cell for name, text in texts.items() if "worksheets/" in name for cell in _far(text)), "")
    if far:
        raise Refused(
            f"{file} has something in the cell {far}, far outside any form. Remove it and try again."
        )


def sum_of_sizes(parts: list[zipfile.ZipInfo]) -> int:
    """How many bytes a packed file says it unpacks to."""
    size = 0
    for part in parts:
        size += part.file_size
    return size


def _is_text(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels", ".vml"))


def _declares(part: bytes) -> bool:
    """Whether a part declares a document type; also when it is written in two bytes a letter."""
    return bool(DECLARATION.search(part) or DECLARATION.search(part.replace(b"\0", b"")))


def _far(part: bytes) -> Iterator[str]:
    """Cells with content where no form has any. Empty ones that only have a look do not matter."""
    for letters, number in FILLED_CELL.findall(part):
        if int(number) > MOST_ROWS or column_index_from_string(letters.decode()) > MOST_COLUMNS:
            yield f"{letters.decode()}{int(number)}"


def _rows(sheet: Any) -> Iterator[tuple[int, list[Any]]]:
    sheet.reset_dimensions()
    for number, cells in enumerate(sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS), 1):
        if any(cell.value is not None for cell in cells):
            yield number, [(cell.value, getattr(cell, "data_type", "n")) for cell in cells]


def _formulas(file: str, name: str, rows: list[tuple[int, list[Any]]]) -> Iterator[Fault]:
    for number, cells in rows:
        for place, (value, kind) in enumerate(cells, 1):
            if kind == "f" or not isinstance(value, str | int | float | date | time | None):
                address = f"{file}, sheet {name}, row {number}, column {get_column_letter(place)}"
                yield Fault(
                    address, "This is a formula. Formulas are not worked out here: paste its value instead."
                )


def _twice(file: str, name: str, rows: list[tuple[int, list[Any]]]) -> Iterator[Fault]:
    """Two columns with one heading: nobody could say which of them counts."""
    headings = [" ".join(_text(value).split()) for value, _ in rows[0][1]] if rows else []
    for place, heading in enumerate(headings, 1):
        if heading and heading in headings[: place - 1] and name in SHEETS:
            address = f"{file}, sheet {name}, row {rows[0][0]}, column {get_column_letter(place)}"
            yield Fault(address, f"{heading} stands twice in this row; rename or remove one column.")


def _sheet(name: str, rows: list[tuple[int, list[Any]]]) -> Sheet:
    if not rows:
        return Sheet(name, (), ())
    (_, first), *others = rows
    columns = [" ".join(_text(value).split()) for value, _ in first]
    read = [Row(number, dict(_cells(columns, cells))) for number, cells in others]
    return Sheet(name, tuple(column for column in columns if column), tuple(row for row in read if row.cells))


def _cells(columns: list[str], cells: list[Any]) -> Iterator[tuple[str, str]]:
    """Texts by column. What stands under no heading goes by the letter of its column."""
    for place, (value, _) in enumerate(cells):
        column = columns[place] if place < len(columns) else ""
        if text := _text(value):
            yield column or f"{UNDER_NOTHING} {get_column_letter(place + 1)}", text


def _text(value: Any) -> str:
    """A cell as somebody would type it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(timespec="minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value).replace("\r\n", "\n").strip()
