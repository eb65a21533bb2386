"""Reading pulses: what is asked, what was said last, and the arrows over time. Nothing is added up."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from r2com.core.instruments import Instrument, Item, Scale, Word
from r2com.ui.over_time import Arrow, arrows_over_time
from r2com.ui.templatetags.ui import when

from .models import Pulse
from .responses import instrument_of

WORSENING = "worsening"


@dataclass(frozen=True)
class LastSaid:
    """What was said about an item when it was last spoken of, and on which day."""

    word: Word
    at: datetime

    @property
    def in_words(self) -> SafeString:
        day = when(timezone.localtime(self.at).date())
        return format_html(_("Last time: {word}, {day}"), word=self.word.label, day=day)


@dataclass(frozen=True)
class Line:
    """One item through several pulses, the earliest first, in words and as a drawing."""

    item: Item
    said: list[tuple[Pulse, Word | None]]
    drawing: SafeString


def direction(guide: Instrument) -> Scale:
    """The scale of the arrows."""
    return guide.scales[guide.direction_scale or ""]


def items(guide: Instrument, *, with_sensitive: bool) -> list[Item]:
    """What a pulse asks, in the guide's order; for other eyes the sensitive ones do not exist."""
    return [item for item in guide.subset("pulse") if with_sensitive or not item.sensitive]


def word(pulse: Pulse, item: str) -> Word | None:
    """What was said about an item, in the words of the guide that the pulse stays with."""
    return direction(instrument_of(pulse)).words.get(pulse.arrows.get(item, ""))


def said(pulse: Pulse, *, with_sensitive: bool) -> list[tuple[Item, Word | None]]:
    """Everything that was asked, in the guide's order, with what was said."""
    return [
        (item, word(pulse, item.id)) for item in items(instrument_of(pulse), with_sensitive=with_sensitive)
    ]


def worsened(pulse: Pulse, *, with_sensitive: bool) -> list[str]:
    """The parts of life that were said to worsen, by name and in the guide's order."""
    told = said(pulse, with_sensitive=with_sensitive)
    return [item.title for item, word in told if word and word.id == WORSENING]


def last_said(pulses: Iterable[Pulse], asked: Iterable[Item]) -> dict[str, LastSaid]:
    """For each item the newest arrow among pulses that come newest first."""
    found: dict[str, LastSaid] = {}
    for pulse in pulses:
        for item in asked:
            if item.id not in found and (there := word(pulse, item.id)):
                found[item.id] = LastSaid(there, pulse.said_at)
    return found


def words_for(pulse: Pulse, reader, *, with_sensitive: bool) -> str:
    """The person's own words may be about anything: for who reads everything, or wrote them down."""
    return pulse.own_words if with_sensitive or pulse.kept_by_id == reader.pk else ""


def lines(pulses: list[Pulse], *, with_sensitive: bool, standalone: bool = False) -> list[Line]:
    """Each item through these pulses, which come earliest first; items in the newest guide's order."""
    asked: dict[str, Item] = {}
    for pulse in reversed(pulses):
        for item in items(instrument_of(pulse), with_sensitive=with_sensitive):
            asked.setdefault(item.id, item)
    return [_line(item, pulses, standalone) for item in asked.values()]


def _line(item: Item, pulses: list[Pulse], standalone: bool) -> Line:
    told = [(pulse, word(pulse, item.id)) for pulse in pulses]
    drawing = arrows_over_time(item.title, [arrow(*one) for one in told], standalone=standalone)
    return Line(item, told, drawing)


def arrow(pulse: Pulse, word: Word | None) -> Arrow:
    """What was said on the day of a pulse, for a drawing; nothing said is no calm."""
    day = short(pulse.said_at)
    return Arrow(day, word.id, word.label) if word else Arrow(day, "", _("Left empty"))


def short(at: datetime) -> str:
    """A day as it stands under an arrow."""
    return date_format(timezone.localtime(at), _("j M"))
