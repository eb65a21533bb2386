"""CSV as it comes out of other programs: its letters and its separator are found out, not asked."""

import codecs
import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from django.utils.translation import gettext as _

from .limits import LONGEST_CELL, Unreadable

CHUNK = 1 << 16
LONGEST_LINE = 1 << 22
SEPARATORS = ";,\t"
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def rows(file: BinaryIO) -> Iterator[list[str]]:
    """The cells of each row. A quoted cell may hold separators and line ends."""
    letters = _letters(file)
    text = io.TextIOWrapper(file, encoding=letters, newline="")
    csv.field_size_limit(LONGEST_CELL)
    try:
        separator = _separator(text)
        yield from csv.reader(_without_nul(text), delimiter=separator)
    except csv.Error as fault:
        said = _("A cell is longer than %(most)d signs, or a quotation mark is never closed.")
        raise Unreadable(said % {"most": LONGEST_CELL}) from fault
    except UnicodeError as fault:
        raise Unreadable(_("The file is cut off in the middle of a letter. Save it once more.")) from fault
    finally:
        text.detach()


def _letters(file: BinaryIO) -> str:
    """How the letters are written: UTF-8 where that fits, UTF-16 where it says so, else Latin-1."""
    if file.read(2) in UTF_16:
        file.seek(0)
        return "utf-16"
    file.seek(0)
    found = "utf-8-sig" if _fits("utf-8", file) else "cp1252" if _fits("cp1252", file) else "latin-1"
    file.seek(0)
    return found


def _fits(letters: str, file: BinaryIO) -> bool:
    file.seek(0)
    decoder = codecs.getincrementaldecoder(letters)()
    try:
        while chunk := file.read(CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _separator(text: io.TextIOWrapper) -> str:
    """What stands most often in the first line, outside quotation marks."""
    first = text.readline(LONGEST_CELL)
    text.seek(0)
    outside = "".join(first.split('"')[::2])
    return max(SEPARATORS, key=outside.count)


def _without_nul(text: io.TextIOWrapper) -> Iterator[str]:
    while line := text.readline(LONGEST_LINE):
        if "\0" in line or len(line) == LONGEST_LINE:
            raise Unreadable(_("This is no list of text. Save it as CSV or as a spreadsheet (.xlsx)."))
        yield line
