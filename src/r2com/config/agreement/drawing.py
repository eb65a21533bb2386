"""A drawing of coefficients: one row each, a dot for the value, a line for its interval, all of it in words.

One ink, no colour that judges, no line that says from where on agreement is good.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from r2com.config.speech import translated
from r2com.core.agreement import Estimate

if TYPE_CHECKING:
    from .commands import Answer

INK, QUIET, RAIL = "#1d2525", "#4c5654", "#a9ada6"
ROW, NAMES, LENGTH, MARGIN = 30, 230, 440, 24
WIDTH = NAMES + LENGTH + 150


def gettext_noop(text: str) -> str:
    """Only marks a text for translation."""
    return text


TITLE = gettext_noop("How far raters agree")
BETWEEN = gettext_noop("%(name)s: %(value)s, between %(low)s and %(high)s.")
ALONE = gettext_noop("%(name)s: %(value)s, without an interval.")
UNDEFINED = gettext_noop("%(name)s: not defined here.")
NOT_DEFINED = gettext_noop("not defined")


def draw(answers: list[Answer], language: str) -> str:
    """All items one below the other as one SVG, from -1 to 1; what lies below -1 ends at the edge."""
    top = MARGIN + 16
    drawn, told = [_text(MARGIN, top, translated(TITLE, language), bold=True)], []
    top += ROW
    drawn.append(_axis(top))
    for answer in answers:
        if answer.item:
            top += ROW
            drawn.append(_text(MARGIN, top, answer.item, bold=True))
            told.append(f"{answer.item}.")
        for estimate in answer.estimates:
            top += ROW
            drawn.append(_row(estimate, top, language))
            told.append(_told(estimate, language))
    height = top + MARGIN
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
        f'height="{height}" role="img" aria-labelledby="title desc" xml:lang="{language}" '
        f'font-family="system-ui, sans-serif" font-size="14" fill="{INK}">\n'
        f'<title id="title">{escape(translated(TITLE, language))}</title>\n'
        f'<desc id="desc">{escape(" ".join(told))}</desc>\n' + "\n".join(drawn) + "\n</svg>\n"
    )


def _axis(top: float) -> str:
    """The numbers from -1 to 1; 0 is what chance gives, and the line there is no different."""
    return "\n".join(_text(_at(place), top, f"{place:g}", anchor="middle") for place in (-1, -0.5, 0, 0.5, 1))


def _row(one: Estimate, top: float, language: str) -> str:
    middle = top - 5
    parts = [
        _text(MARGIN, top, one.name),
        f'<path d="M{_at(-1)} {middle}H{_at(1)}" stroke="{RAIL}" fill="none"/>',
    ]
    if one.low is not None and one.high is not None:
        span = f"M{_at(one.low):.1f} {middle}H{_at(one.high):.1f}"
        parts.append(f'<path d="{span}" stroke="{INK}" stroke-width="3" fill="none"/>')
    if one.value is None:
        parts.append(_text(_at(1) + 16, top, translated(NOT_DEFINED, language)))
    else:
        parts.append(f'<circle cx="{_at(one.value):.1f}" cy="{middle}" r="6"/>')
        parts.append(_text(_at(1) + 16, top, f"{one.value:.3f}"))
    return "".join(parts)


def _told(one: Estimate, language: str) -> str:
    if one.value is None:
        return translated(UNDEFINED, language) % {"name": one.name}
    says = BETWEEN if one.low is not None else ALONE
    facts = {"name": one.name, "value": f"{one.value:.3f}"}
    if one.low is not None:
        facts |= {"low": f"{one.low:.3f}", "high": f"{one.high:.3f}"}
    return translated(says, language) % facts


def _at(value: float) -> float:
    return NAMES + LENGTH * (min(max(value, -1), 1) + 1) / 2


def _text(x: float, y: float, words: str, *, bold: bool = False, anchor: str = "start") -> str:
    looks = ' font-weight="bold"' if bold else ""
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}"{looks}>{escape(words)}</text>'
