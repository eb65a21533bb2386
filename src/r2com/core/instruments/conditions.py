"""When a rule holds: a small closed language of five words.

    {"answered": "A1.vulnerability"}            something was said here; "not known" counts
    {"equals": ["A1.vulnerability", "marked"]}  exactly this was said
    {"any": [...]}  {"all": [...]}  {"not": ...}

In a rule that runs item by item, a bare "vulnerability" means the item at hand.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .faults import Fault
from .responses import Judgements, Response
from .shapes import at

DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Place:
    """A judgement of an item; `item` is empty when it means the item at hand."""

    item: str
    judgement: str


@dataclass(frozen=True, slots=True)
class Answered:
    place: Place


@dataclass(frozen=True, slots=True)
class Equals:
    place: Place
    value: str


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: "Condition"


Condition = Answered | Equals | AnyOf | AllOf | Not
Test = Callable[[Judgements, Response], bool]


def parse(raw: Mapping[str, Any]) -> Condition:
    """A condition from its JSON, which must be free of faults."""
    ((kind, body),) = raw.items()
    if kind == "answered":
        return Answered(_place(body))
    if kind == "equals":
        return Equals(_place(body[0]), body[1])
    if kind == "not":
        return Not(parse(body))
    parts = tuple(map(parse, body))
    return AnyOf(parts) if kind == "any" else AllOf(parts)


def applies(condition: Condition, response: Response, item: str = "") -> bool:
    """Whether a condition holds; `item` is the item at hand, for bare judgements."""
    here = response.get(item)
    return compiled(condition)(here.judgements if here else {}, response)


def compiled(condition: Condition) -> Test:
    """The condition as a function of the judgements at hand and the whole response."""
    match condition:
        case Answered(Place("", judgement)):
            return lambda here, response: bool(here.get(judgement))
        case Answered(place):
            look = _look(place)
            return lambda here, response: bool(look(here, response))
        case Equals(Place("", judgement), value):
            return lambda here, response: here.get(judgement) == value
        case Equals(place, value):
            look = _look(place)
            return lambda here, response: look(here, response) == value
        case Not(part):
            test = compiled(part)
            return lambda here, response: not test(here, response)
        case AnyOf(parts) if words := _one_of_these(parts):
            judgement, values = words
            return lambda here, response: here.get(judgement) in values
        case AnyOf(parts):
            return _until(True, tuple(map(compiled, parts)))
        case AllOf(parts):
            return _until(False, tuple(map(compiled, parts)))


def places(condition: Condition) -> Iterator[Place]:
    """Every judgement the condition looks at, as read from left to right."""
    match condition:
        case Answered(place) | Equals(place, _):
            yield place
        case Not(part):
            yield from places(part)
        case AnyOf(parts) | AllOf(parts):
            for part in parts:
                yield from places(part)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a condition may speak of: the items, the judgements with their values, and the item at hand."""

    items: frozenset[str]
    judgements: Mapping[str, tuple[str, ...]]
    bare: bool
    own: str = ""


def faults_in(raw: Any, address: str, around: Surroundings, depth: int = 1) -> Iterator[Fault]:
    """What is wrong with a condition, at any depth. Twelve levels are enough for anybody."""
    if depth > DEEPEST:
        yield Fault(address, f"Say this more simply: conditions go {DEEPEST} levels deep at most.")
        return
    if not isinstance(raw, Mapping) or len(raw) != 1:
        yield Fault(address, "Give one condition: answered, equals, any, all or not.")
        return
    ((kind, body),) = raw.items()
    inside = at(address, str(kind))
    if kind == "answered":
        yield from _place_faults(body, inside, around)
    elif kind == "equals":
        yield from _equals_faults(body, inside, around)
    elif kind == "not":
        yield from faults_in(body, inside, around, depth + 1)
    elif kind in ("any", "all"):
        yield from _parts_faults(body, inside, around, depth)
    else:
        yield Fault(inside, "Use one of these conditions: answered, equals, any, all or not.")


def _place(raw: str) -> Place:
    item, _, judgement = raw.rpartition(".")
    return Place(item, judgement)


def _look(place: Place) -> Callable[[Judgements, Response], str | None]:
    item, judgement = place.item, place.judgement
    if not item:
        return lambda here, response: here.get(judgement)

    def look(here: Judgements, response: Response) -> str | None:
        there = response.get(item)
        return there.judgements.get(judgement) if there else None

    return look


def _one_of_these(parts: tuple[Condition, ...]) -> tuple[str, frozenset[str]] | None:
    """The judgement and its words, when `any` only lists words of one judgement at hand."""
    equal = [part for part in parts if isinstance(part, Equals)]
    named = {part.place for part in equal}
    if len(equal) < len(parts) or len(named) != 1 or equal[0].place.item:
        return None
    return equal[0].place.judgement, frozenset(part.value for part in equal)


def _until(settled: bool, tests: tuple[Test, ...]) -> Test:
    """Ask one after the other until the matter is settled: by one yes for `any`, by one no for `all`."""

    def test(here: Judgements, response: Response) -> bool:
        for part in tests:
            if part(here, response) is settled:
                return settled
        return not settled

    return test


def _parts_faults(body: Any, address: str, around: Surroundings, depth: int) -> Iterator[Fault]:
    if not isinstance(body, list | tuple) or not body:
        yield Fault(address, "Give a list with at least one condition.")
        return
    for number, part in enumerate(body):
        yield from faults_in(part, f"{address}[{number}]", around, depth + 1)


def _equals_faults(body: Any, address: str, around: Surroundings) -> Iterator[Fault]:
    if not isinstance(body, list | tuple) or len(body) != 2 or not all(isinstance(one, str) for one in body):
        yield Fault(address, 'Give a judgement and a value, like ["A1.vulnerability", "marked"].')
        return
    found = list(_place_faults(body[0], f"{address}[0]", around))
    yield from found
    values = around.judgements.get(_place(body[0]).judgement, ())
    if not found and body[1] not in values:
        yield Fault(f"{address}[1]", f"Choose a value of that scale: {', '.join(values)}.")


def _place_faults(raw: Any, address: str, around: Surroundings) -> Iterator[Fault]:
    if not isinstance(raw, str):
        yield Fault(address, "Name a judgement, like A1.vulnerability.")
        return
    place = _place(raw)
    if place.judgement not in around.judgements:
        yield Fault(address, f"Name one of the judgements: {', '.join(around.judgements)}.")
    if not place.item and not around.bare:
        yield Fault(address, "Say of which item, like A1.vulnerability.")
    if place.item and place.item not in around.items:
        yield Fault(address, f"There is no item {place.item}; name one that exists.")
    if place.item and place.item == around.own:
        yield Fault(address, "An item cannot depend on itself; name another item.")
