"""A list from elsewhere as rows of text: CSV or a spreadsheet, read row by row and never trusted."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext as _

from ..mapping import plain
from . import csv_file, workbook
from .limits import MOST_COLUMNS, MOST_ROWS, Unreadable

__all__ = ["Line", "Table", "Unreadable", "open_table"]
ZIP = b"PK\x03\x04"


@dataclass(frozen=True)
class Line:
    """One row: its number, as a spreadsheet counts, and its cells as text."""

    number: int
    cells: list[str]


@dataclass(frozen=True)
class Table:
    """What the columns are called, and the rows below, to be read once."""

    kind: str
    headings: list[str]
    lines: Iterator[Line]


@contextmanager
def open_table(file: BinaryIO, *, sheet: str = "") -> Iterator[Table]:
    """Open a list. Raises Unreadable, also later while reading, with what to do about it."""
    file.seek(0)
    is_workbook = file.read(4) == ZIP
    file.seek(0)
    source = workbook.rows(file, sheet) if is_workbook else csv_file.rows(file)
    try:
        yield _table("xlsx" if is_workbook else "csv", source)
    finally:
        source.close()


def _table(kind: str, source: Iterator[list[str]]) -> Table:
    lines = _filled(source)
    first = next(lines, None)
    if first is None:
        raise Unreadable(_("The file is empty. Choose the one that holds the list."))
    return Table(kind, _headings(first.cells), lines)


def _filled(source: Iterator[list[str]]) -> Iterator[Line]:
    """The rows in which something stands, with the numbers they have in the file."""
    for number, cells in enumerate(source, 1):
        if number > MOST_ROWS:
            raise Unreadable(
                _("The list has more than %(most)d rows. Move it in in parts.") % {"most": MOST_ROWS}
            )
        while cells and not cells[-1].strip():
            cells.pop()
        if len(cells) > MOST_COLUMNS:
            said = _("Row %(row)d has more than %(most)d columns. Keep those that are needed.")
            raise Unreadable(said % {"row": number, "most": MOST_COLUMNS})
        if cells:
            yield Line(number, [cell.strip() for cell in cells])


def _headings(cells: list[str]) -> list[str]:
    """Each column's name once: a second “Phone” is “Phone (2)”, one without a name is “Column 3”."""
    found: dict[str, str] = {}
    for place, cell in enumerate(cells, 1):
        bare = name = " ".join(cell.split())[:100] or f"Column {place}"
        times = 1
        while plain(name) in found:
            times += 1
            name = f"{bare} ({times})"
        found[plain(name)] = name
    return list(found.values())
