"""Papers: words and a Typst template become a tagged PDF.

Everything stays in memory: no word about a person is written to disk on the way.
"""

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import typst
from django.core.serializers.json import DjangoJSONEncoder

PACKAGE = Path(__file__).resolve().parents[1]
STANDARD = ["ua-1"]
KEEPING = ["a-3a", "ua-1"]
NO_GLYPH = "could not be displayed with font"
NOTHING: Mapping[str, bytes] = MappingProxyType({})


class PaperFault(Exception):
    """A template could not be printed. Names the template and its line, never what was to be printed."""


def pdf(
    template: Path,
    data: Mapping,
    images: Mapping[str, bytes] = NOTHING,
    *,
    inside: Mapping[str, bytes] = NOTHING,
) -> bytes:
    """Print `data` with a template, as an accessible PDF (PDF/UA-1, ISO 14289-1).

    `data` is what JSON can hold, and lazily translated words; the template says which keys it
    expects. `images` are SVG or PNG files by name; the template reads `images/<name>`. Files `inside`
    are for the template to attach; such a paper is PDF/A-3a as well (ISO 19005-3). The same
    words always give the same bytes, on every machine: no date, and only the fonts that come with
    Typst. They cover Latin, Greek, Cyrillic, Georgian and Arabic letters. A letter outside them
    prints as a box, and such a paper is tagged but does not claim the standard.

    Raises `PaperFault`.
    """
    files = {"main.typ": template.read_bytes(), "data.json": json.dumps(data, cls=DjangoJSONEncoder).encode()}
    files |= {f"images/{name}": image for name, image in images.items()} | dict(inside)
    try:
        return _compiled(files, KEEPING if inside else STANDARD)
    except typst.TypstError as fault:
        complaint = fault.diagnostic
    # Outside `except`, because Typst quotes the person's words and an exception carries the one before it.
    if NO_GLYPH in complaint:
        return _without_the_claim(files, template)
    raise PaperFault(_where(template, complaint))


def _without_the_claim(files: dict[str, bytes], template: Path) -> bytes:
    """A paper with a letter that no font here has: better a box than no paper."""
    try:
        return _compiled(files, None)
    except typst.TypstError as fault:
        complaint = fault.diagnostic
    raise PaperFault(_where(template, complaint))


def _compiled(files: dict[str, bytes], standards: list[str] | None) -> bytes:
    """One compiler for each paper: none keeps the last one’s words, and no two threads share one."""
    compiler: Any = typst.Compiler(root=PACKAGE, font_paths=_fonts())  # its stub knows no files in memory
    return compiler.compile(files, format="pdf", pdf_standards=standards, timestamp=0)


@cache
def _fonts() -> typst.Fonts:
    """The fonts that come with Typst, found once."""
    return typst.Fonts(include_system_fonts=False)


def _where(template: Path, complaint: str) -> str:
    """Which template and which of its lines, and nothing else of what Typst says."""
    line = re.search(r"main\.typ:(\d+):", complaint)
    return f"{template.name} could not be printed" + (f" (line {line[1]})" if line else "")
