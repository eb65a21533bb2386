"""Is a condition on questions sound? It speaks only of what was asked before, and compares like with like."""

from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..conditions import DEEPEST
from ..faults import Fault
from ..shapes import at, is_number
from .conditions import COMPARISONS, KINDS_OF_CONDITION, measured
from .definition import CHOOSING, NUMBERS, TEXTS, TIMES, TODAY

ONE_OF_THESE = ", ".join(KINDS_OF_CONDITION[:-1]) + " or not"


@dataclass(frozen=True, slots=True)
class Known:
    """A question that was asked before: its kind, its choices, and the groups it stands in."""

    id: str
    kind: str
    choices: tuple[str, ...]
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Around:
    """What a condition may speak of."""

    known: Mapping[str, Known]


def faults_in(raw: Any, address: str, around: Around, depth: int = 1) -> Iterator[Fault]:
    """What is wrong with a condition, at any depth."""
    if depth > DEEPEST:
        yield Fault(address, f"Say this more simply: conditions go {DEEPEST} levels deep at most.")
        return
    if not isinstance(raw, Mapping) or len(raw) != 1:
        yield Fault(address, f"Give one condition: {ONE_OF_THESE}.")
        return
    ((kind, body),) = raw.items()
    inside = at(address, str(kind))
    if kind == "answered":
        yield from _question(body, inside, around)
    elif kind == "not":
        yield from faults_in(body, inside, around, depth + 1)
    elif kind in ("any", "all"):
        yield from _parts(body, inside, around, depth)
    elif kind in ("equals", "selected") or kind in COMPARISONS:
        yield from _pair(kind, body, inside, around)
    else:
        yield Fault(inside, f"Use one of these conditions: {ONE_OF_THESE}.")


def _parts(body: Any, address: str, around: Around, depth: int) -> Iterator[Fault]:
    if not isinstance(body, list | tuple) or not body:
        yield Fault(address, "Give a list with at least one condition.")
        return
    for number, part in enumerate(body):
        yield from faults_in(part, f"{address}[{number}]", around, depth + 1)


def _question(name: Any, address: str, around: Around) -> Iterator[Fault]:
    if not isinstance(name, str) or name not in around.known:
        yield Fault(address, f"Name a question before this one that has one answer here; {name} is none.")


def _pair(kind: str, body: Any, address: str, around: Around) -> Iterator[Fault]:
    if not isinstance(body, list | tuple) or len(body) != 2:
        yield Fault(address, 'Give two sides, like ["age", 18].')
        return
    left, right = body
    if kind in COMPARISONS:
        yield from _comparison(left, right, address, around)
        return
    found = list(_question(left, f"{address}[0]", around))
    yield from found or _same(kind, around.known[left], right, address, around)


def _same(kind: str, left: Known, right: Any, address: str, around: Around) -> Iterator[Fault]:
    here = f"{address}[1]"
    if kind == "selected" and left.kind not in CHOOSING:
        yield Fault(f"{address}[0]", "Name a question with choices.")
    elif left.kind in CHOOSING:
        if not isinstance(right, str) or right not in left.choices:
            yield Fault(here, f"Name one of its choices: {', '.join(left.choices)}.")
    elif left.kind == "acknowledge":
        yield Fault(address, "Use answered; whoever read it has ticked it.")
    elif isinstance(right, Mapping):
        yield from _other(left.kind, right, here, around)
    elif not _suits(left.kind, right):
        yield Fault(here, f"Give what somebody could answer to a question of the kind {left.kind}.")


def _comparison(left: Any, right: Any, address: str, around: Around) -> Iterator[Fault]:
    kind = yield from _measure(left, f"{address}[0]", around)
    if kind is None:
        return
    if isinstance(right, Mapping):
        yield from _other(kind, right, f"{address}[1]", around)
    elif not _suits(kind, right):
        yield Fault(f"{address}[1]", f"Give something that a {kind} can be compared with.")


def _measure(side: Any, address: str, around: Around) -> Generator[Fault, None, str | None]:
    """What the left side of a comparison is: a kind with an order, or None when it is none."""
    if isinstance(side, Mapping):
        ((what, name),) = side.items() if len(side) == 1 else (("", None),)
        kinds = {"chosen": CHOOSING, "length": TEXTS}.get(str(what), ())
        if isinstance(name, str) and name in around.known and around.known[name].kind in kinds:
            return "integer"
        yield Fault(address, 'Count choices with {"chosen": …}, or measure a text with {"length": …}.')
        return None
    found = list(_question(side, address, around))
    yield from found
    if found:
        return None
    kind = around.known[side].kind
    if kind in (*NUMBERS, *TIMES):
        return kind
    yield Fault(address, "Only numbers, days and hours can be compared; name such a question.")
    return None


def _other(kind: str, side: Mapping[str, Any], address: str, around: Around) -> Iterator[Fault]:
    name = side.get("answer")
    if list(side) != ["answer"] or not isinstance(name, str) or name not in around.known:
        yield Fault(address, 'Name a question before this one, like {"answer": "age"}.')
    elif not _alike(kind, around.known[name].kind):
        yield Fault(address, f"Name a question of the same kind: {kind}.")


def _alike(one: str, other: str) -> bool:
    families = (NUMBERS, (*TEXTS, "calculated"))
    return one == other or any(one in family and other in family for family in families)


def _suits(kind: str, value: Any) -> bool:
    if kind in NUMBERS:
        return is_number(value)
    if kind in TIMES:
        wanted = {"date": "date", "time": "time", "date_time": "datetime"}[kind]
        return (kind == "date" and value == TODAY) or (
            isinstance(value, str) and type(measured(value)).__name__ == wanted
        )
    return kind in (*TEXTS, "calculated") and isinstance(value, str) and bool(value)
