"""The board as it stands: which lamps are lit, which are not, and with whom those are."""

from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile

from r2com.cases.models import Case
from r2com.core.checklists import Line

from . import clock, content
from .models import BOARD, Begun, HandedOn, Light

DARK = (Light.Says.OUT, Light.Says.NOT_YET)


@dataclass(frozen=True)
class Lamp:
    """One lamp, what was said since it last changed, and to whom it went while it is dark."""

    line: Line
    said: tuple[Light, ...]
    dark_since: datetime | None
    handed_on: HandedOn | None

    @property
    def is_lit(self) -> bool:
        return bool(self.said) and self.said[0].says == Light.Says.LIT

    @property
    def is_not_needed(self) -> bool:
        return bool(self.said) and self.said[0].says == Light.Says.NOT_NEEDED

    @property
    def is_dark(self) -> bool:
        return not (self.is_lit or self.is_not_needed)

    @property
    def light(self) -> Light | None:
        """Who lit it or put it out, and when."""
        return self.said[0] if self.said and self.said[0].says != Light.Says.NOT_YET else None


def lamps(case: Case, begun: Begun | None, language: str | None = None) -> list[Lamp]:
    """Every lamp in the order of the list. What was said before the day of release does not count."""
    start = clock.starts(case.release_on) if case.release_on else None
    lights = [row for row in begun.lights.all() if start and row.at >= start] if begun else []
    handed = {(row.lamp, row.dark_since): row for row in begun.handed_on.all()} if begun else {}
    lines = content.of(begun, BOARD, language).lines
    return [_lamp(line, [row for row in lights if row.lamp == line.id], start, handed) for line in lines]


def _lamp(line: Line, lights: list[Light], start: datetime | None, handed: dict) -> Lamp:
    """What was said before it last changed between lit, dark and not needed is over."""
    run = _since_it_changed(lights)
    dark_since = run[0].at if run and run[0].says == Light.Says.OUT else start
    found = Lamp(line, run, dark_since, handed.get((line.id, dark_since)))
    return found if found.is_dark else Lamp(line, run, None, None)


def _since_it_changed(lights: list[Light]) -> tuple[Light, ...]:
    run = list(takewhile(lambda light: _state(light) == _state(lights[-1]), reversed(lights)))
    return tuple(reversed(run))


def _state(light: Light) -> str:
    return "dark" if light.says in DARK else light.says
