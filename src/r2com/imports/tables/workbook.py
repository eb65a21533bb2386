"""A spreadsheet (.xlsx), read row by row. Formulas are text; nothing is worked out or followed."""

import io
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any, BinaryIO
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from defusedxml.common import DefusedXmlException
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from .limits import (
    IN_ONE_PIECE,
    MOST_COLUMNS,
    MOST_PARTS,
    MOST_ROWS,
    RATIO,
    SMALL,
    UNPACKED,
    Unreadable,
)

BROKEN = (
    BadZipFile,
    DefusedXmlException,
    InvalidFileException,
    ParseError,
    AttributeError,
    EOFError,
    KeyError,
    OSError,
    OverflowError,
    TypeError,
    ValueError,
    IndexError,
    NotImplementedError,
)


def rows(file: BinaryIO, sheet: str = "") -> Iterator[list[str]]:
    """The cells of each row of the sheet of that name, or of the first."""
    try:
        _must_be_harmless(file)
        yield from _read(file, sheet)
    except BROKEN as fault:
        said = _("This spreadsheet cannot be read. Open it, save it again as .xlsx or as CSV, and try that.")
        raise Unreadable(said) from fault


def _read(file: BinaryIO, sheet: str) -> Iterator[list[str]]:
    book = load_workbook(file, read_only=True, data_only=False, keep_links=False)
    try:
        if not book.worksheets or (sheet and sheet not in book.sheetnames):
            raise Unreadable(_("There is no such sheet in this file. Say which one holds the list."))
        page = book[sheet] if sheet else book.worksheets[0]
        page.reset_dimensions()
        # One more than we take, so that too much is noticed and not cut off.
        for cells in page.iter_rows(max_col=MOST_COLUMNS + 1, max_row=MOST_ROWS + 1, values_only=True):
            yield [_text(cell) for cell in cells]
    finally:
        book.close()


def _must_be_harmless(file: BinaryIO) -> None:
    """A small file that unpacks into a very large one is refused before anything is unpacked."""
    file.seek(0, io.SEEK_END)
    packed = file.tell()
    file.seek(0)
    with ZipFile(file) as folder:
        parts = folder.infolist()
        if any(part.flag_bits & 1 for part in parts):
            raise Unreadable(_("This spreadsheet is locked with a password. Take the password off first."))
        sizes = [part.file_size for part in parts]
    unpacked = packed
    for size in sizes:
        unpacked += size
    is_large = unpacked > UNPACKED or len(parts) > MOST_PARTS or max(sizes, default=0) > IN_ONE_PIECE
    if is_large or (unpacked > SMALL and unpacked > RATIO * packed):
        raise Unreadable(_("This spreadsheet unpacks into far too much. Save the list as CSV, and try that."))
    file.seek(0)


def _text(cell: Any) -> str:
    """A cell as somebody would have typed it: days as 1990-04-12, whole numbers without a point."""
    match cell:
        case None:
            return ""
        case bool():
            return "yes" if cell else "no"
        case datetime():
            return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
        case date():
            return cell.isoformat()
        case float() if cell.is_integer():
            return str(int(cell))
    return str(getattr(cell, "text", cell))
