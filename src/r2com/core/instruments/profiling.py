"""A response laid out as a map of needs and strengths.

Nothing is added up, weighed or put in order here. The only counts say how far the form is filled in.
"""

from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from .definition import Domain, Instrument, Item, Word
from .responses import Judgements, Response

NOTHING: Judgements = {}


class Line(NamedTuple):
    """One item on the map, in words. None means that nothing was said yet.

    `blanks` are the judgements that were left open on purpose, as not known or not asked.
    """

    item: Item
    need: Word | None
    strength: Word | None
    direction: Word | None
    blanks: tuple[str, ...]
    is_asked: bool
    is_talked_about: bool
    is_not_known: bool


@dataclass(frozen=True, slots=True)
class DomainLines:
    """The lines of one domain, in the guide's order."""

    domain: Domain
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """The map by domain, what is not known, the lines of the pulse, and how far the form is filled in.

    `asked`, `talked_about` and `unknown` count items of the form, never anything about the person.
    """

    domains: tuple[DomainLines, ...]
    not_known: tuple[Item, ...]
    pulse: tuple[Line, ...]
    asked: int
    talked_about: int
    unknown: int


def profile(instrument: Instrument, response: Response) -> Profile:
    """The map of a response. It has every item in the guide's order, whatever was said about it."""
    lines = _lines(instrument, response)
    asked = [line for line in lines if line.is_asked]
    not_known = tuple([line.item for line in asked if line.is_not_known])
    return Profile(
        domains=_by_domain(instrument, lines),
        not_known=not_known,
        pulse=tuple([line for line in lines if line.item.pulse]),
        asked=len(asked),
        talked_about=len([line for line in asked if line.is_talked_about]),
        unknown=len(not_known),
    )


def _lines(instrument: Instrument, response: Response) -> list[Line]:
    (need, needs), (strength, strengths), (direction, directions) = instrument.map_words
    lead, not_known, all_blanks = instrument.lead, instrument.not_known, instrument.blanks
    lines = []
    for item, check in zip(instrument.items, instrument.checks, strict=True):
        said = response.get(check.item)
        here = said.judgements if said else NOTHING
        line = Line(
            item,
            needs.get(here.get(need)),
            strengths.get(here.get(strength)),
            directions.get(here.get(direction)),
            tuple([judgement for judgement, blanks in all_blanks if here.get(judgement) in blanks]),
            check.asked is None or check.asked(NOTHING, response),
            any(here.values()),
            here.get(lead) in not_known,
        )
        lines.append(line)
    return lines


def _by_domain(instrument: Instrument, lines: list[Line]) -> tuple[DomainLines, ...]:
    remaining = iter(lines)
    return tuple(
        DomainLines(domain, tuple(islice(remaining, len(items)))) for domain, items in instrument.by_domain
    )
