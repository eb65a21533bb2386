"""Files row by row, in which no cell is a formula."""

import csv
import re
import tempfile
from collections.abc import Iterator
from itertools import chain

from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from openpyxl import Workbook

from . import sheets
from .models import ExportRequest, Format

# A spreadsheet calculates what begins like this (OWASP, CSV Injection).
FORMULA = re.compile(r"\s*[=+\-@\t\r\n＝＋－＠]")
NOT_IN_A_CELL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
LONGEST_CELL = 32_000
KINDS = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class Echo:
    """Gives back what is written, so that a line leaves as soon as it is made."""

    def write(self, line: str) -> str:
        return line


def answer(asked: ExportRequest) -> HttpResponseBase:
    """The file, under a name that says nothing about anybody."""
    made = _streamed(asked) if asked.format == Format.CSV else _spreadsheet(asked)
    made["Content-Disposition"] = f'attachment; filename="export.{asked.format}"'
    return made


def table(asked: ExportRequest) -> Iterator[list[str]]:
    """What stands above, the names of the columns, and the rows; each cell made harmless.

    What stands above is said now, in the reader's language; the rows leave when nobody's language is known.
    """
    head = [[line] for line in above(asked)] + [sheets.columns(asked)]
    return ([safe(cell) for cell in line] for line in chain(head, sheets.lines(asked)))


def above(asked: ExportRequest) -> list[str]:
    """What whoever opens the file has to know first."""
    lines = [
        _("With names. Keep it locked, and delete it when it has served.")
        if asked.is_identifiable
        else _("Without names. Ids are new in each export; “rare” is what fewer than five have in common."),
    ]
    if asked.has_instrument_content:
        lines.append(_("The guide is independent, not validated, and does not predict what anybody will do."))
        lines.append(_("Its words are not to be added up, compared between people or put in an order."))
    return lines


def safe(cell: str) -> str:
    """A cell that a spreadsheet shows and never calculates."""
    cell = NOT_IN_A_CELL.sub("", str(cell))[:LONGEST_CELL]
    return f"'{cell}" if FORMULA.match(cell) else cell


def _streamed(asked: ExportRequest) -> StreamingHttpResponse:
    writer = csv.writer(Echo())
    lines = (writer.writerow(line) for line in table(asked))
    return StreamingHttpResponse(lines, content_type=KINDS[Format.CSV])


def _spreadsheet(asked: ExportRequest) -> FileResponse:
    """Written row by row to a file that has no name and is gone once it was sent."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("export")
    for line in table(asked):
        sheet.append(line)
    file = tempfile.TemporaryFile()  # noqa: SIM115 (the answer closes it)
    book.save(file)
    file.seek(0)
    return FileResponse(file, content_type=KINDS[Format.XLSX])
