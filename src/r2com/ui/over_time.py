"""Arrows over time as a drawing, the same on the page and on paper.

One thing through several days, earliest first, four a line like words on a page. Each arrow has its word
and its day under it; what was left empty is a dashed circle with its word, so that silence is never calm.
Nothing joins the arrows and nothing is added up. On the page the style sheet gives the colours; with
`standalone` the drawing carries its own: dark on nothing, so that it survives grey ink.
"""

from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .charts import ARROWS, FONT, INK, QUIET, XMLNS, _joined, _lines, _look, _moved, _n, _path

A_LINE = 4
STEP, MARK, ROW, LETTERS = 79, 24, 15, 12
WIDTH = A_LINE * STEP


@dataclass(frozen=True)
class Arrow:
    """What was said on one day: a direction of `charts.ARROWS`, or nothing; and the word for it."""

    day: str
    direction: str
    word: str


def arrows_over_time(title: str, arrows: list[Arrow], standalone: bool = False) -> SafeString:
    """The arrows of one thing in the order given. Its label says all of it in words."""
    drawn, top = [], 0
    for first in range(0, len(arrows), A_LINE):
        line = [_cell(arrow, standalone) for arrow in arrows[first : first + A_LINE]]
        drawn += [_moved(place * STEP, top, drawing) for place, (drawing, _high) in enumerate(line)]
        top += max(high for _drawing, high in line)
    size = format_html('{} width="{}" height="{}" font-family="{}"', XMLNS, WIDTH, top, FONT)
    return format_html(
        '<svg{} viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
        *(size if standalone else "", WIDTH, top, in_words(title, arrows), _joined(drawn)),
    )


def in_words(title: str, arrows: list[Arrow]) -> str:
    """The same as the drawing, to be read aloud."""
    return f"{title}: " + "; ".join(f"{arrow.day} {arrow.word}" for arrow in arrows)


def _cell(arrow: Arrow, standalone: bool) -> tuple[SafeString, int]:
    """One arrow over its word and its day, and how high that is."""
    words = _lines(arrow.word, LETTERS)
    foot = MARK + ROW * (len(words) + 1)
    parts = [_mark(arrow.direction, standalone), _written(words, MARK + ROW, INK, "word")]
    return _joined([*parts, _written([arrow.day], foot, QUIET, "day")]), foot + ROW


def _mark(direction: str, standalone: bool) -> SafeString:
    if direction in ARROWS:
        return _path(*ARROWS[direction], standalone)
    return format_html('<circle {} cx="12" cy="12" r="8"/>', _look("line dash", standalone))


def _written(lines: list[str], y: int, colour: str, name: str) -> SafeString:
    placed = ((_n(y + place * ROW), line) for place, line in enumerate(lines))
    spans = format_html_join("", '<tspan x="2" y="{}">{}</tspan>', placed)
    return format_html('<text class="{}" font-size="12" fill="{}">{}</text>', name, colour, spans)
