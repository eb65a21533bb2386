"""What has changed between two assessments, item by item and never in sum."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from r2com.core.instruments import Instrument, Response, Word

Direction = Literal["eased", "held", "worsened", "unclear"]
StrengthDirection = Literal["grown", "held", "faded", "unclear"]
Ratings = Mapping[str, Word | None]


@dataclass(frozen=True, slots=True)
class Change:
    """How one item moved. A need and a strength move each on its own: one never makes up for the other."""

    need: Direction
    strength: StrengthDirection


def changes(earlier: Ratings, later: Ratings) -> dict[str, Direction]:
    """Which items eased, held or worsened between two assessments.

    An item not known at either time is `unclear`, never `steady`: silence is not calm.
    """
    return {item: direction(earlier.get(item), later[item]) for item in later}


def strength_changes(earlier: Ratings, later: Ratings) -> dict[str, StrengthDirection]:
    """Which strengths grew, held or faded. As with needs, what is not known is `unclear`."""
    return {item: strength_direction(earlier.get(item), later[item]) for item in later}


def compare(instrument: Instrument, earlier: Response, later: Response) -> dict[str, Change]:
    """How every item of the instrument moved, in the guide's order."""
    needs = changes(needs_in(instrument, earlier), needs_in(instrument, later))
    strengths = strength_changes(strengths_in(instrument, earlier), strengths_in(instrument, later))
    return {item: Change(needs[item], strengths[item]) for item in needs}


def direction(earlier: Word | None, later: Word | None) -> Direction:
    moved = _moved(earlier, later)
    if moved is None:
        return "unclear"
    return "held" if moved == 0 else "worsened" if moved > 0 else "eased"


def strength_direction(earlier: Word | None, later: Word | None) -> StrengthDirection:
    moved = _moved(earlier, later)
    if moved is None:
        return "unclear"
    return "held" if moved == 0 else "grown" if moved > 0 else "faded"


def needs_in(instrument: Instrument, response: Response) -> dict[str, Word | None]:
    """The word on the scale of needs for every item, or None where nothing was said."""
    return _ratings(instrument, response, instrument.need_scale)


def strengths_in(instrument: Instrument, response: Response) -> dict[str, Word | None]:
    """The word on the scale of strengths for every item, or None where nothing was said."""
    return _ratings(instrument, response, instrument.strength_scale)


def _ratings(instrument: Instrument, response: Response, scale: str | None) -> dict[str, Word | None]:
    words = instrument.scales[scale].words if scale else {}
    return {item.id: words.get(_said(response, item.id, scale) or "") for item in instrument.items}


def _said(response: Response, item: str, scale: str | None) -> str | None:
    there = response.get(item)
    return there.judgements.get(scale or "") if there else None


def _moved(earlier: Word | None, later: Word | None) -> int | None:
    if earlier is None or later is None or earlier.place is None or later.place is None:
        return None
    return later.place - earlier.place
