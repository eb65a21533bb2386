"""A condition, written as an expression that a form understands."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from r2com.core.instruments.questions.definition import TODAY

from .carried import NotCarried

SIGNS = {"more": ">", "less": "<", "at_least": ">=", "at_most": "<="}


def written(raw: Mapping[str, Any], kinds: Mapping[str, str], own: str = "") -> str:
    """A sound condition as an expression. `kinds` gives the kind of each question. Raises NotCarried."""
    ((kind, body),) = raw.items()
    if kind == "answered":
        return f"{_place(body, own)} != ''"
    if kind == "not":
        return f"not({written(body, kinds, own)})"
    if kind in ("any", "all"):
        joint = " or " if kind == "any" else " and "
        return joint.join(_bracketed(part, kinds, own) for part in body)
    if kind == "selected":
        return f"selected({_place(body[0], own)}, {quoted(body[1])})"
    left = _written_left(body[0], own)
    of_kind = kinds.get(body[0], "") if isinstance(body[0], str) else "integer"
    return f"{left} {SIGNS.get(kind, '=')} {_written_right(body[1], of_kind, own)}"


def quoted(text: str) -> str:
    if "'" in text and '"' in text:
        raise NotCarried("a text with both kinds of quotation marks cannot stand in an expression")
    return f'"{text}"' if "'" in text else f"'{text}'"


def shown(value: float) -> str:
    return format(Decimal(str(value)), "f")


def _bracketed(part: Mapping[str, Any], kinds: Mapping[str, str], own: str) -> str:
    said = written(part, kinds, own)
    return f"({said})" if next(iter(part)) in ("any", "all") else said


def _place(name: str, own: str) -> str:
    return "." if name == own else f"${{{name}}}"


def _written_left(side: Any, own: str) -> str:
    match side:
        case {"chosen": name}:
            return f"count-selected({_place(name, own)})"
        case {"length": name}:
            return f"string-length({_place(name, own)})"
    return _place(side, own)


def _written_right(side: Any, kind: str, own: str) -> str:
    if isinstance(side, Mapping):
        return _place(side["answer"], own)
    if not isinstance(side, str):
        return shown(side)
    if side == TODAY and kind == "date":
        return "today()"
    wrapped = {"date": "date({})", "date_time": "date-time({})"}.get(kind, "{}")
    return wrapped.format(quoted(side))
