"""The map of needs and strengths as drawings, for page and paper alike. Nothing is added up."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from r2com.core.instruments import Instrument, Line, Profile, Scale, Word
from r2com.ui import charts

from .models import Rating


@dataclass(frozen=True)
class Mark:
    """One judgement as a drawing and a word; a blank is only its word."""

    word: str
    drawing: str
    name: str

    @property
    def is_blank(self) -> bool:
        return not self.drawing


@dataclass(frozen=True)
class Row:
    title: str
    need: Mark
    strength: Mark
    rating: Rating | None = None


@dataclass(frozen=True)
class Area:
    title: str
    need_steps: tuple[str, ...]
    strength_steps: tuple[str, ...]
    rows: list[Row]


def map_of(
    profile: Profile,
    guide: Instrument,
    *,
    shown: set[str],
    standalone: bool = False,
    ratings: Iterable[Rating] = (),
) -> list[Area]:
    """The areas in the guide's order, with the items that may be shown, and what was kept of each."""
    kept = {rating.item: rating for rating in ratings}
    needs, strengths = guide.scales[guide.need_scale], guide.scales[guide.strength_scale]
    areas = []
    for domain in profile.domains:
        lines = [line for line in domain.lines if line.item.id in shown]
        rows = [_row(line, needs, strengths, standalone, kept.get(line.item.id)) for line in lines]
        if rows:
            areas.append(Area(domain.domain.title, tuple(reversed(_steps(needs))), _steps(strengths), rows))
    return areas


def _row(line: Line, needs: Scale, strengths: Scale, standalone: bool, rating: Rating | None) -> Row:
    need = _mark(line.need, needs, charts.need_mark, "need", standalone)
    strength = _mark(line.strength, strengths, charts.strength_mark, "strength", standalone)
    return Row(line.item.title, need, strength, rating)


def _mark(word: Word | None, scale: Scale, draw, side: str, standalone: bool) -> Mark:
    if word is None:
        return Mark(_("Not talked about"), "", "")
    if word.place is None:
        return Mark(word.label, "", "")
    label = f"{scale.ask} {word.label}"
    return Mark(word.label, draw(word.place, len(_steps(scale)), label, standalone), f"{side}-{word.id}.svg")


def _steps(scale: Scale) -> tuple[str, ...]:
    return tuple(word.label for word in scale.words.values() if word.place is not None)
