"""When a question is asked, and what its answer must keep to: a closed language.

    {"answered": "age"}                    something was said
    {"equals": ["age", 18]}                exactly this; for several choices, only this one
    {"selected": ["papers", "passport"]}   this is among what was chosen
    {"more": ["age", 18]}  {"less": …}  {"at_least": …}  {"at_most": …}
    {"any": [...]}  {"all": [...]}  {"not": ...}

The left side of a comparison is a question, {"chosen": question} for how many were chosen, or
{"length": question} for how long a text is. The right side is a number, a day or hour as text, "today" for
a day, or {"answer": question}. Nothing is added up, and what was not asked counts as not answered.
"""

import operator
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from .definition import TODAY, Answers, Condition

COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "more": operator.gt,
    "less": operator.lt,
    "at_least": operator.ge,
    "at_most": operator.le,
}
KINDS_OF_CONDITION = ("answered", "equals", "selected", *COMPARISONS, "any", "all", "not")


def holds(condition: Condition | None, said: Answers, today: date) -> bool:
    """Whether a condition, free of faults, holds for what was said so far. None always holds."""
    if condition is None:
        return True
    ((kind, body),) = condition.items()
    match kind:
        case "answered":
            return filled(said.get(body))
        case "equals":
            return _equals(body, said, today)
        case "selected":
            chosen = said.get(body[0])
            return body[1] in chosen if isinstance(chosen, list) else chosen == body[1]
        case "not":
            return not holds(body, said, today)
        case "any":
            return any(holds(part, said, today) for part in body)
        case "all":
            return all(holds(part, said, today) for part in body)
    return _compares(COMPARISONS[kind], body, said, today)


def filled(value: Any) -> bool:
    return value not in (None, "", []) and value is not False


def questions_in(condition: Condition) -> Iterator[str]:
    """Every question that a sound condition speaks of, as read from left to right."""
    ((kind, body),) = condition.items()
    if kind == "answered":
        yield body
    elif kind == "not":
        yield from questions_in(body)
    elif kind in ("any", "all"):
        for part in body:
            yield from questions_in(part)
    else:
        yield from (name for side in body[:1] for name in _named(side))
        yield from _named(body[1]) if isinstance(body[1], Mapping) else ()


def _named(side: Any) -> Iterator[str]:
    yield from side.values() if isinstance(side, Mapping) else (side,)


def _equals(body: Any, said: Answers, today: date) -> bool:
    left, right = said.get(body[0]), _right(body[1], said, today)
    if isinstance(left, list):
        return left == [right] if not isinstance(right, list) else left == right
    if not filled(left) or not filled(right):
        return False
    one, other = measured(left), measured(right)
    return left == right or (one is not None and type(one) is type(other) and one == other)


def _compares(compare: Callable[[Any, Any], bool], body: Any, said: Answers, today: date) -> bool:
    """Whether both sides are there, are of one kind, and compare so."""
    left, right = measured(_left(body[0], said)), measured(_right(body[1], said, today))
    if left is None or right is None or type(left) is not type(right):
        return False
    return compare(left, right)


def _left(side: Any, said: Answers) -> Any:
    match side:
        case {"chosen": question}:
            chosen = said.get(question)
            return len(chosen) if isinstance(chosen, list) else int(filled(chosen))
        case {"length": question}:
            return len(str(said.get(question) or ""))
    return said.get(side)


def _right(side: Any, said: Answers, today: date) -> Any:
    if isinstance(side, Mapping):
        return said.get(side["answer"])
    return today.isoformat() if side == TODAY else side


def measured(value: Any) -> Decimal | date | datetime | time | None:
    """A value that can stand on one side of a comparison: a number, a day, an hour, a moment, or nothing."""
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        return None
    text = str(value)
    for read in (_number, _day, _hour, _moment):
        if (found := read(text)) is not None:
            return found
    return None


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text) if len(text) < 40 and text.isascii() and "_" not in text else None
    except InvalidOperation:
        return None
    return number if number is not None and number.is_finite() else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def _hour(text: str) -> time | None:
    try:
        hour = time.fromisoformat(text) if len(text) in (5, 8) and text[2] == ":" else None
    except ValueError:
        return None
    return hour if hour is not None and hour.tzinfo is None else None


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text) if len(text) in (16, 19) and text[10] == "T" else None
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo is None else None
