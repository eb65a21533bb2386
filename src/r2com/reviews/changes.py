"""What has changed between two talks, in both voices. Nothing is added up, and silence is not calm."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from r2com.assessments.models import Assessment, Evidence, Rating
from r2com.contests.models import Contest
from r2com.core.change import direction, strength_direction
from r2com.core.instruments import Instrument, Item, Word

ARROWS = {"eased": "easing", "held": "steady", "worsened": "worsening", "unclear": "unclear"}
SAYS = {
    "easing": _("easier than then"),
    "steady": _("as it was"),
    "worsening": _("harder than then"),
    "new": _("talked about for the first time"),
    "unclear": _("cannot be compared"),
}
HOLDS = {"grown": _("holds more than then"), "held": _("holds as before"), "faded": _("holds less than then")}
MOST_TALKS = 6

Told = Mapping[str, dict]  # by item: {"judged": {scale: word}, "own": words}


@dataclass(frozen=True)
class Piece:
    """A line of evidence, and whether it is older than what the guide looks back on."""

    words: str
    source: str
    dated: date
    is_stale: bool


@dataclass(frozen=True)
class Line:
    """One item then and now: the worker’s words, the person’s own, and what they rest on.

    `then` and `now` hold what makes it hard and what holds; `rest` the other questions.
    """

    item: Item
    then: list[tuple[str, str]]
    now: list[tuple[str, str]]
    rest: list[tuple[str, str, str]]
    own_then: str
    own_now: str
    arrow: str
    says: str
    holds: str
    evidence: list[Piece]
    contests: list[Contest] = field(default_factory=list)


@dataclass(frozen=True)
class Way:
    """One item over the talks so far: an arrow and a word for each, empty where nothing was said."""

    item: Item
    steps: list[tuple[str, str, date]]


def told(ratings: list[Rating]) -> dict[str, dict]:
    """What was said about each item in one talk, as it can be kept."""
    said = [rating for rating in ratings if rating.judgements or rating.own_words]
    return {rating.item: {"judged": rating.judgements, "own": rating.own_words} for rating in said}


def lines(guide: Instrument, then: Told, now: Told, evidence: list[Evidence], on: date) -> list[Line]:
    """Every item that was talked about now, in the guide's order."""
    pieces = _by_item(evidence, guide, on)
    return [_line(guide, item, then.get(item.id), now[item.id], pieces[item.id]) for item in _in(guide, now)]


def not_again(guide: Instrument, then: Told, now: Told) -> list[Item]:
    """What was talked about then and not now: it stays as old as it is."""
    return [item for item in _in(guide, then) if item.id not in now]


def over_time(guide: Instrument, talks: list[Assessment], ratings: dict) -> list[Way]:
    """How each item went from talk to talk, the oldest first. One talk alone shows no way."""
    if len(talks) < 2:
        return []
    said = [(day_of(talk.begun_at), ratings[talk.pk]) for talk in talks]
    return [_way(item, said, guide) for item in guide.items if any(item.id in one for _day, one in said)]


def _way(item: Item, said: list[tuple[date, dict]], guide: Instrument) -> Way:
    steps, before = [], None
    for day, ratings in said:
        word = _word(guide, guide.lead, ratings.get(item.id))
        if word is None:
            steps.append(("", "", day))
            continue
        steps.append((ARROWS[direction(before, word)] if before else "new", word.label, day))
        before = word
    return Way(item, steps)


def _line(guide: Instrument, item: Item, then: dict | None, now: dict, evidence: list[Piece]) -> Line:
    need, before = _word(guide, guide.lead, now), _word(guide, guide.lead, then)
    holds = strength_direction(
        _word(guide, guide.strength_scale, then), _word(guide, guide.strength_scale, now)
    )
    arrow = ARROWS[direction(before, need)] if then else "new"
    return Line(
        item,
        _main(guide, then),
        _main(guide, now),
        _rest(guide, then, now),
        then["own"] if then else "",
        now["own"],
        arrow,
        str(SAYS[arrow]),
        str(HOLDS.get(holds, "")),
        evidence,
    )


def _word(guide: Instrument, scale: str | None, said: dict | None) -> Word | None:
    words = guide.scales[scale].words if scale else {}
    return words.get(said["judged"].get(scale, "")) if said else None


def _main(guide: Instrument, said: dict | None) -> list[tuple[str, str]]:
    """What makes it hard and what holds, in words, each after its question."""
    found = [(scale, _word(guide, scale, said)) for scale in (guide.lead, guide.strength_scale) if scale]
    return [(guide.scales[scale].ask, word.label) for scale, word in found if word]


def _rest(guide: Instrument, then: dict | None, now: dict) -> list[tuple[str, str, str]]:
    """The other judgements: the question, the word then and the word now."""
    asked = [scale for scale in guide.judgements if scale not in (guide.lead, guide.strength_scale)]
    pairs = [
        (guide.scales[scale].ask, _word(guide, scale, then), _word(guide, scale, now)) for scale in asked
    ]
    return [(ask, a.label if a else "", b.label if b else "") for ask, a, b in pairs if a or b]


def _in(guide: Instrument, told: Told) -> list[Item]:
    return [item for item in guide.items if item.id in told]


def _by_item(evidence: list[Evidence], guide: Instrument, on: date) -> dict[str, list[Piece]]:
    oldest = on - timedelta(days=guide.window_days)
    found = defaultdict(list)
    for row in evidence:
        found[row.item].append(Piece(row.words, row.source, row.dated, row.dated < oldest))
    return found


def day_of(moment) -> date:
    return timezone.localdate(moment)
