"""The strengths-and-needs map as drawings, the same on the page and on paper.

Circles for needs run outward to the start side, diamonds for strengths to the end side; hollow,
partly filled, full. Each drawing shows one judgement. Nothing is added up, areas keep the order in
which they are given, and what is not known is a word in a dashed pill, never an empty place.

On the page the style sheet gives the colours (classes `rail`, `stop`, `blank`, `solid`, `line`).
With `standalone`, a drawing carries its own: dark on nothing, so that it survives grey ink.
"""

from collections.abc import Callable
from dataclasses import dataclass
from textwrap import wrap

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

INK, QUIET, EDGE, RAIL, PAPER = "#1d2525", "#4c5654", "#6f7873", "#a9ada6", "#ffffff"
FONT = "Libertinus Serif, Georgia, serif"
XMLNS = mark_safe(' xmlns="http://www.w3.org/2000/svg"')

LOOKS = {
    "rail": f'fill="none" stroke="{RAIL}"',
    "stop": f'fill="{PAPER}" stroke="{EDGE}"',
    "blank": f'fill="{PAPER}" stroke="{INK}" stroke-width="2"',
    "solid": f'fill="{INK}"',
    "line": f'fill="none" stroke="{INK}" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"',
    "dash": 'stroke-dasharray="3 3"',
    "flips": "",
}

LENGTH, MIDDLE = 200, 12
TITLE, HEAD, NOTE = 14, 13, 11
COLUMN, MARGIN, BESIDE = 240, 20, 34
WIDTH = 2 * MARGIN + 2 * LENGTH + COLUMN

ARROWS = {
    "easing": ("line", "M5 5l13 13M18 8v10H8"),
    "steady": ("line", "M3 12h17M14 6l6 6-6 6"),
    "worsening": ("line", "M5 19L18 6M8 6h10v10"),
    "new": ("line", "M12 4v16M4 12h16"),
    "unclear": ("line dash", "M3 12h18"),
}
FLIPPED = {"steady"}


@dataclass(frozen=True)
class MapRow:
    """One item of the map: a step and its word on each side, or the word of an honest blank.

    Positions count from 0, the lightest need or the least strength. `same` says the row in words.
    """

    title: str
    need: str | None
    need_position: int | None
    need_blank: str | None
    strength: str | None
    strength_position: int | None
    strength_blank: str | None
    same: str


@dataclass(frozen=True)
class MapWords:
    """What stands around the rows: the domain, the two sides, and the words of each scale from 0 up."""

    title: str
    need: str
    strength: str
    need_steps: tuple[str, ...]
    strength_steps: tuple[str, ...]


def need_mark(position: int | None, steps: int, label: str, standalone: bool = False) -> SafeString:
    """A need on its rail of `steps` stops, 0 innermost. Without a position, `label` in a dashed pill.

    Raises ValueError for a position that is not on the rail.
    """
    return _mark(_on_rail(_to_the_start(steps), position, standalone), label, standalone)


def strength_mark(position: int | None, steps: int, label: str, standalone: bool = False) -> SafeString:
    """A strength on its rail of `steps` stops, 0 innermost. Without a position, `label` in a dashed pill.

    Raises ValueError for a position that is not on the rail.
    """
    return _mark(_on_rail(_to_the_end(steps), position, standalone), label, standalone)


def arrow(direction: str, label: str = "", standalone: bool = False) -> SafeString:
    """The way something is going, 24 by 24: easing, steady, worsening, new or unclear.

    Without a label it is for the eye only: write the word beside it. Raises KeyError for another word.
    """
    look, path = ARROWS[direction]
    flips = mark_safe(' class="flips"') if direction in FLIPPED and not standalone else ""
    says = format_html(' role="img" aria-label="{}"', label) if label else mark_safe(' aria-hidden="true"')
    size = XMLNS + mark_safe(' width="24" height="24"') if standalone else ""
    drawing = _path(look, path, standalone)
    return format_html('<svg{} viewBox="0 0 24 24"{}{}>{}</svg>', size, flips, says, drawing)


def map_svg(rows: list[MapRow], words: MapWords) -> SafeString:
    """One domain as a drawing of its own, for a paper: each shape has its word under it.

    The rows stay in the order given. `desc` says the whole map in words. Lengths are in pixels.
    """
    head, top = _head(words)
    drawn = []
    for row in rows:
        drawing, height = _row(row, words)
        drawn.append(_moved(0, top, drawing))
        top += height
    return format_html(
        '<svg{} viewBox="0 0 {} {}" width="{}" height="{}" role="img" font-family="{}">'
        "<title>{}</title><desc>{}</desc>{}{}</svg>",
        *(XMLNS, WIDTH, top, WIDTH, top, FONT, words.title),
        *(" ".join(str(row.same) for row in rows), head, _joined(drawn)),
    )


@dataclass(frozen=True)
class _Rail:
    """Where each step stands on a rail 200 long, step 0 first; the line they stand on; their shape."""

    places: tuple[float, ...]
    line: str
    shape: Callable


def _to_the_start(steps):
    places = tuple(LENGTH * (steps - step - 0.5) / steps for step in range(steps))
    return _Rail(places, f"M{_n(places[-1])} {MIDDLE}H{LENGTH}", _circle)


def _to_the_end(steps):
    places = tuple(LENGTH * (step + 0.5) / steps for step in range(steps))
    return _Rail(places, f"M0 {MIDDLE}H{_n(places[-1])}", _diamond)


def _on_rail(rail, position, standalone):
    """Rail, stops and shape, 200 by 24; nothing without a position."""
    places = rail.places
    if position is None:
        return None
    if position not in range(len(places)):
        raise ValueError(f"step {position} is not one of {len(places)}")
    stops = [_dot("stop", x, 2, standalone) for step, x in enumerate(places) if step != position]
    share = position / max(len(places) - 1, 1)
    return _joined(
        [_path("rail", rail.line, standalone), *stops, rail.shape(places[position], share, standalone)]
    )


def _circle(x, share, standalone):
    """Hollow at share 0, full at 1, else filled from below to that share of its height."""
    if share == 1:
        return _dot("solid", x, 7.5, standalone)
    ring = _dot("blank", x, 6.5, standalone)
    if share == 0:
        return ring
    level = 6.5 - 13 * share
    half = (6.5**2 - level**2) ** 0.5
    arc = f"A6.5 6.5 0 {int(share > 0.5)} 0 {_n(x + half)} {_n(MIDDLE + level)}z"
    return _joined([ring, _path("solid", f"M{_n(x - half)} {_n(MIDDLE + level)}{arc}", standalone)])


def _diamond(x, share, standalone):
    """Hollow at share 0, full at 1, else filled from below to that share of its height."""
    if share == 1:
        return _path("solid", _corners(x, 8.5), standalone)
    ring = _path("blank", _corners(x, 7.5), standalone)
    if share == 0:
        return ring
    level = 7.5 - 15 * share
    half = 7.5 - abs(level)
    right, left = (f"L{_n(x + 7.5)} 12", f"L{_n(x - 7.5)} 12") if level < 0 else ("", "")
    edge = f"M{_n(x - half)} {_n(MIDDLE + level)}H{_n(x + half)}"
    return _joined([ring, _path("solid", f"{edge}{right}L{_n(x)} 19.5{left}z", standalone)])


def _corners(x, reach):
    return f"M{_n(x)} {_n(MIDDLE - reach)}l{reach} {reach}-{reach} {reach}-{reach}-{reach}z"


def _mark(drawing, label, standalone):
    if drawing is None and not standalone:
        return format_html('<p class="unsaid">{}</p>', label)
    if drawing is None:
        drawing = _pill(LENGTH / 2, label)
    size = XMLNS + mark_safe(' width="200" height="24"') if standalone else ""
    return format_html(
        '<svg{} viewBox="0 0 200 24" role="img" aria-label="{}">{}</svg>', size, label, drawing
    )


def _head(words):
    """The two sides with their steps, the domain between them and a line below; and how high that is."""
    titles = _lines(words.title, BESIDE)
    needs = _steps(words.need_steps[::-1])
    strengths = _steps(words.strength_steps)
    low = max(28 + 13 * max(needs[1], strengths[1]), 10 + 18 * len(titles))
    parts = [
        _text([words.need], MARGIN + LENGTH / 2, 16, HEAD, bold=True),
        _text([words.strength], MARGIN + LENGTH * 1.5 + COLUMN, 16, HEAD, bold=True),
        _text(titles, WIDTH / 2, 16, TITLE, bold=True),
        _moved(MARGIN, 32, needs[0]),
        _moved(MARGIN + LENGTH + COLUMN, 32, strengths[0]),
        format_html('<path d="M0 {}H{}" stroke="{}" stroke-width="2"/>', low, WIDTH, INK),
    ]
    return _joined(parts), low + 2


def _steps(words):
    """The words of a scale above their stops, and the number of lines they take."""
    room = LENGTH / len(words)
    folded = [_lines(word, max(int(room / 5.5), 4)) for word in words]
    texts = [_text(one, room * (place + 0.5), 0, NOTE, QUIET) for place, one in enumerate(folded)]
    return _joined(texts), max(len(one) for one in folded)


def _row(row, words):
    """One item between its two rails, and how high it is."""
    titles = _lines(row.title, BESIDE)
    height = max(46, 14 + 17 * len(titles))
    top = height / 2 - 18
    need = _side(_to_the_start(len(words.need_steps)), row.need_position, row.need, row.need_blank)
    strength = _side(
        _to_the_end(len(words.strength_steps)), row.strength_position, row.strength, row.strength_blank
    )
    parts = [
        _moved(MARGIN, top, need),
        _moved(MARGIN + LENGTH + COLUMN, top, strength),
        _text(titles, WIDTH / 2, height / 2 + 5 - 8.5 * (len(titles) - 1), HEAD),
        format_html('<path d="M0 {}H{}" stroke="{}"/>', _n(height - 0.5), WIDTH, RAIL),
    ]
    return _joined(parts), height


def _side(rail, position, word, blank):
    """A shape with its word under it, or the word of a blank in its pill."""
    drawing = _on_rail(rail, position, standalone=True)
    if drawing is None:
        return _moved(0, 6, _pill(LENGTH / 2, blank))
    reach = len(str(word)) * NOTE / 4
    x = min(max(rail.places[position], reach - MARGIN), LENGTH + MARGIN - reach)
    return _joined([drawing, _text([word], x, 33, NOTE)])


def _pill(x, word):
    wide = min(len(str(word)) * 6 + 24, LENGTH)
    outline = format_html(
        '<rect x="{}" y="1" width="{}" height="22" rx="11" fill="none" stroke="{}" stroke-dasharray="3 3"/>',
        *(_n(x - wide / 2), _n(wide), EDGE),
    )
    return _joined([outline, _text([word], x, 16, NOTE, QUIET)])


def _text(lines, x, y, size, colour=INK, bold=False):
    weight = mark_safe(' font-weight="bold"') if bold else ""
    placed = ((_n(x), _n(y + place * size * 1.25), line) for place, line in enumerate(lines))
    spans = format_html_join("", '<tspan x="{}" y="{}">{}</tspan>', placed)
    return format_html(
        '<text font-size="{}" fill="{}" text-anchor="middle"{}>{}</text>', size, colour, weight, spans
    )


def _lines(text, width):
    return wrap(str(text), width) or [""]


def _look(look, standalone):
    if not standalone:
        return format_html('class="{}"', look)
    return mark_safe(" ".join(LOOKS[one] for one in look.split()))  # noqa: S308


def _path(look, path, standalone):
    return format_html('<path {} d="{}"/>', _look(look, standalone), path)


def _dot(look, x, radius, standalone):
    return format_html('<circle {} cx="{}" cy="12" r="{}"/>', _look(look, standalone), _n(x), radius)


def _moved(x, y, drawing):
    return format_html('<g transform="translate({} {})">{}</g>', _n(x), _n(y), drawing)


def _joined(drawings):
    return format_html_join("", "{}", ((one,) for one in drawings))


def _n(number):
    """A number as SVG writes it, whatever the language: a point, and no more places than are seen."""
    return f"{number:.1f}".removesuffix(".0")
