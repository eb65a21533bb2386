"""A line of time as a drawing: a lane for each strand of the work, a mark for each thing on its day.

The same on the page and on paper, with the list beside it. On the page the style sheet gives the colours
(`timeline` in look.css); with `standalone` the drawing carries its own. Nothing is measured but days: a
lane with few marks is not a bad one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from r2com.core.days import months_later

from .charts import EDGE, FONT, INK, QUIET, RAIL, XMLNS

WIDTH, LANE, HEAD = 360, 42, 24
START, END = 8, WIDTH - 8
MARK = 5
MOST_TICKS = 6

LOOKS = {
    "lane": f'stroke="{RAIL}"',
    "tick": f'stroke="{EDGE}" stroke-dasharray="1 3"',
    "mark": f'fill="{INK}"',
    "name": f'font-size="12" fill="{INK}"',
    "day": f'font-size="11" fill="{QUIET}" text-anchor="middle"',
    "gate": f'stroke="{INK}" stroke-width="1.5"',
}


@dataclass(frozen=True)
class Mark:
    """Something on a day, in the lane of this number, counted from 0."""

    lane: int
    day: date


def timeline_svg(
    lanes: Sequence[str], marks: Iterable[Mark], *, gate: date | None = None, standalone: bool = False
) -> SafeString:
    """The line of time, from its first day to its last. `gate` is the day of release, a line across.

    Lengths are in pixels. Several marks of one day in one lane lie on each other. Raises ValueError for a
    mark in a lane that is not there, and where there is no mark at all.
    """
    marks = sorted(marks, key=lambda mark: (mark.day, mark.lane))
    if not marks:
        raise ValueError("a line of time needs something on it")
    if any(mark.lane not in range(len(lanes)) for mark in marks):
        raise ValueError("a mark lies in no lane")
    first, last = _span(marks, gate)
    height = HEAD + LANE * len(lanes)
    size = format_html('{} width="{}" height="{}" font-family="{}"', XMLNS, WIDTH, height, FONT)
    drawn = [_tick(day, first, last, height, standalone) for day in ticks(first, last)]
    drawn += [_lane(number, name, standalone) for number, name in enumerate(lanes)]
    drawn += [_gate(gate, first, last, height, standalone)] if gate else []
    drawn += [_mark(mark, first, last, standalone) for mark in dict.fromkeys(marks)]
    return format_html(
        '<svg{} viewBox="0 0 {} {}" role="img"><title>{}</title><desc>{}</desc>{}</svg>',
        size if standalone else "",
        WIDTH,
        height,
        _("Line of time"),
        _in_words(lanes, marks),
        format_html_join("", "{}", ((part,) for part in drawn)),
    )


def ticks(first: date, last: date) -> list[date]:
    """The first days of some months between two days: every month, or as many apart as keeps them few."""
    months = (last.year - first.year) * 12 + last.month - first.month
    apart = max(1, -(-months // MOST_TICKS))
    start = first.replace(day=1)
    days = [months_later(start, number) for number in range(0, months + 1, apart)]
    return [day for day in days if first <= day <= last]


def _span(marks: list[Mark], gate: date | None) -> tuple[date, date]:
    """From the first day to the last, release among them, and at least four weeks."""
    days = [mark.day for mark in marks] + ([gate] if gate else [])
    return min(days), max(max(days), min(days) + timedelta(weeks=4))


def _place(day: date, first: date, last: date) -> float:
    return round(START + (END - START) * (day - first).days / (last - first).days, 1)


def _lane(number: int, name: str, standalone: bool) -> SafeString:
    y = HEAD + LANE * number + 28
    words = format_html('<text {} x="{}" y="{}">{}</text>', _look("name", standalone), START, y - 13, name)
    return format_html('{}<path {} d="M{} {}H{}"/>', words, _look("lane", standalone), START, y, END)


def _mark(mark: Mark, first: date, last: date, standalone: bool) -> SafeString:
    x, y = _place(mark.day, first, last), HEAD + LANE * mark.lane + 28
    return format_html('<circle {} cx="{}" cy="{}" r="{}"/>', _look("mark", standalone), x, y, MARK)


def _tick(day: date, first: date, last: date, height: int, standalone: bool) -> SafeString:
    x = _place(day, first, last)
    words = date_format(day, pgettext("month and year on a line of time, as in Nov 2026", "M Y"))
    label = format_html(
        '<text {} x="{}" y="12">{}</text>', _look("day", standalone), min(max(x, 28), WIDTH - 28), words
    )
    return format_html('{}<path {} d="M{} {}V{}"/>', label, _look("tick", standalone), x, HEAD - 6, height)


def _gate(day: date, first: date, last: date, height: int, standalone: bool) -> SafeString:
    return format_html(
        '<path {} d="M{} {}V{}"/>', _look("gate", standalone), _place(day, first, last), HEAD - 6, height
    )


def _look(look: str, standalone: bool) -> SafeString:
    return mark_safe(LOOKS[look] if standalone else f'class="{look}"')  # noqa: S308


def _in_words(lanes: Sequence[str], marks: list[Mark]) -> str:
    """The drawing as sentences, for those who hear it: between which days each lane has something."""
    said = []
    for number, name in enumerate(lanes):
        days = sorted(mark.day for mark in marks if mark.lane == number)
        said.append(f"{name}: {_between(days)}." if days else f"{name}: –.")
    return " ".join(said)


def _between(days: list[date]) -> str:
    first, last = (date_format(day, "DATE_FORMAT") for day in (days[0], days[-1]))
    return first if first == last else f"{first} – {last}"
