"""The circle of people as a drawing: the person in the middle, a bead for each on their ring.

The same on the page and on paper, with the list beside it. On the page the style sheet gives the colours
(`circle` in look.css); with `standalone` the drawing carries its own. Nothing is measured: a ring is where
the person put somebody.
"""

from dataclasses import dataclass
from math import cos, pi, sin

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from .charts import EDGE, FONT, INK, PAPER, XMLNS

SIZE, MIDDLE = 320, 160
RADII = (48, 100, 152)
LONGEST = 14
FIRST_TURN = (0.125, 0.0, 0.25)

LOOKS = {
    "ring": f'fill="none" stroke="{EDGE}"',
    "bead": f'fill="{INK}"',
    "name": f'font-size="13" fill="{INK}" text-anchor="middle" paint-order="stroke" stroke="{PAPER}"'
    ' stroke-width="4"',
    "self": f'font-size="18" fill="{INK}" text-anchor="middle"',
}


@dataclass(frozen=True)
class Bead:
    """Somebody on a ring, counted from 1, the innermost."""

    ring: int
    name: str


def circle_svg(me: str, beads: list[Bead], *, rings: list[str], standalone: bool = False) -> SafeString:
    """The circle with the person in the middle. Long names are cut; the list beside it has them whole.

    `rings` are the words for the rings from the inside out, at most three; `desc` says the whole circle in
    words. Lengths are in pixels. Raises ValueError for a bead on a ring that is not there.
    """
    if any(bead.ring not in range(1, len(rings) + 1) for bead in beads):
        raise ValueError("a bead lies on no ring")
    size = format_html('{} width="{}" height="{}" font-family="{}"', XMLNS, SIZE, SIZE, FONT)
    lines = ((_look("ring", standalone), MIDDLE, MIDDLE, radius) for radius in RADII[: len(rings)])
    return format_html(
        '<svg{} viewBox="0 0 {} {}" role="img"><title>{}</title><desc>{}</desc>{}{}{}</svg>',
        *(size if standalone else "", SIZE, SIZE, me, _in_words(beads, rings)),
        format_html_join("", '<circle {} cx="{}" cy="{}" r="{}"/>', lines),
        _text("self", _short(me, 9), MIDDLE, MIDDLE + 6, standalone),
        format_html_join("", "{}", ((_bead(*one, standalone),) for one in placed(beads))),
    )


def placed(beads: list[Bead]) -> list[tuple[str, int, int]]:
    """Name and place of each bead: evenly round its ring, with the clock."""
    found = []
    for bead in beads:
        alike = [one for one in beads if one.ring == bead.ring]
        place = next(number for number, one in enumerate(alike) if one is bead)
        turn = 2 * pi * (place / len(alike) + FIRST_TURN[bead.ring - 1]) - pi / 2
        radius = RADII[bead.ring - 1]
        found.append((bead.name, round(MIDDLE + radius * cos(turn)), round(MIDDLE + radius * sin(turn))))
    return found


def _bead(name, x, y, standalone):
    dot = format_html('<circle {} cx="{}" cy="{}" r="6"/>', _look("bead", standalone), x, y)
    label = _short(name, LONGEST)
    reach = 3.6 * len(label)
    within = round(min(max(x, reach), SIZE - reach))
    below = y + 20 if y < 24 else y - 11
    return format_html("{}{}", dot, _text("name", label, within, below, standalone))


def _text(look, words, x, y, standalone):
    return format_html('<text {} x="{}" y="{}">{}</text>', _look(look, standalone), x, y, words)


def _look(look, standalone):
    return mark_safe(LOOKS[look] if standalone else f'class="{look}"')  # noqa: S308


def _short(words, most):
    return words if len(words) <= most else f"{words[: most - 1]}…"


def _in_words(beads, rings):
    """The whole circle as sentences, for those who hear it."""
    said = []
    for place, words in enumerate(rings, start=1):
        names = [bead.name for bead in beads if bead.ring == place]
        said.append(f"{words}: {', '.join(names) or '–'}.")
    return " ".join(said)
