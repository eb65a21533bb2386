"""From an expression to a condition, for questions that are known."""

import re
from decimal import Decimal
from typing import Any

from r2com.core.instruments.questions.checking_conditions import Around, Known, faults_in
from r2com.core.instruments.questions.definition import NUMBERS, TODAY

from .carried import NotCarried
from .parsing import ALWAYS, NEVER, SWAPPED, Word, number, parse
from .saying import shown

NAMES = {">": "more", "<": "less", ">=": "at_least", "<=": "at_most"}


def condition(expression: str, around: Around, own: str = "") -> dict[str, Any] | None:
    """The condition that an expression says, or None when it always holds. `own` is what a full stop means.

    Raises NotCarried, also when it would never hold.
    """
    tree = parse(expression)
    if tree == ALWAYS:
        return None
    found = _Meaning(around, own).of(tree)
    if faults := list(faults_in(found, "", around)):
        raise NotCarried(_first_small(faults[0].advice))
    return found


def is_never(expression: str) -> bool:
    """Whether an expression only says “never”."""
    try:
        return parse(expression) == NEVER
    except NotCarried:
        return False


def column_filter(expression: str) -> dict[str, str]:
    """How a list is narrowed: column → question, as in `land = ${country} and selected(${needs}, kind)`.

    Raises NotCarried for any other way to narrow it.
    """
    tree = parse(expression)
    found: dict[str, str] = {}
    for part in tree.parts if tree.kind == "all" else (tree,):
        match part:
            case Word("compare", "=", (Word("column", name), Word("question", question))):
                found[name] = question
            case Word("compare", "=", (Word("question", question), Word("column", name))):
                found[name] = question
            case Word("call", "selected", (Word("question", question), Word("column", name))):
                found[name] = question
            case _:
                raise NotCarried("lists are narrowed by a column that equals an answer, and no other way")
    return found


class _Meaning:
    """From a tree to a condition, for questions that are known."""

    def __init__(self, around: Around, own: str) -> None:
        self.around, self.own = around, own

    def of(self, word: Word) -> dict[str, Any]:
        match word:
            case Word("any" | "all"):
                return {word.kind: [self.of(part) for part in word.parts]}
            case Word("compare", sign, (left, right)):
                return self.compared(sign, left, right)
            case Word("call", "not", (part,)):
                return {"not": self.of(part)}
            case Word("call", "selected", (place, Word("text" | "number", chosen))):
                return {"selected": [self.known(place).id, _plain(chosen)]}
            case Word("call", "true" | "false"):
                raise NotCarried("“always” and “never” cannot stand beside another condition")
            case Word("call", name):
                raise NotCarried(f"{name}() has no counterpart here")
        raise NotCarried("it does not say what the answer is compared with")

    def compared(self, sign: str, left: Word, right: Word) -> dict[str, Any]:
        if left.kind in ("text", "number") or (_is_call(left, *_VALUES) and not _is_call(right, *_VALUES)):
            left, right, sign = right, left, SWAPPED[sign]
        if sign == "!=":
            equal = self.compared("=", left, right)
            return equal["not"] if list(equal) == ["not"] else {"not": equal}
        if _is_call(left, "count-selected", "string-length"):
            return self.counted(sign, left, right)
        known = self.known(left)
        if right == Word("text", "") and sign == "=":
            return {"not": {"answered": known.id}}
        if known.kind == "acknowledge" and sign == "=" and right == Word("text", "OK"):
            return {"answered": known.id}
        if sign == "=":
            return {"equals": [known.id, self.value(right, known)]}
        if known.kind == "one":
            return self.among(sign, known, right)
        return {NAMES[sign]: [known.id, self.value(right, known)]}

    def counted(self, sign: str, left: Word, right: Word) -> dict[str, Any]:
        """How many were chosen, or how long a text is, against a number."""
        if len(left.parts) != 1 or right.kind != "number":
            raise NotCarried("it is compared with something else than a number")
        side = {"chosen" if left.value == "count-selected" else "length": self.known(left.parts[0]).id}
        if sign == "=":
            return {"all": [{"at_least": [side, right.value]}, {"at_most": [side, right.value]}]}
        return {NAMES[sign]: [side, right.value]}

    def among(self, sign: str, known: Known, right: Word) -> dict[str, Any]:
        """A comparison with choices that are named by numbers, as the choices it means."""
        if right.kind != "number" or not all(re.fullmatch(r"-?\d+(\.\d+)?", name) for name in known.choices):
            raise NotCarried("words cannot be compared by size; name the choices that are meant")
        tests = {"<": Decimal.__lt__, ">": Decimal.__gt__, "<=": Decimal.__le__, ">=": Decimal.__ge__}
        border = Decimal(str(right.value))
        meant = [{"equals": [known.id, name]} for name in known.choices if tests[sign](Decimal(name), border)]
        if not meant:
            raise NotCarried("no choice fits it, so that it would never hold")
        return meant[0] if len(meant) == 1 else {"any": meant}

    def known(self, word: Word) -> Known:
        name = self.own if word.kind == "own" else word.value
        if word.kind not in ("own", "question") or not name:
            raise NotCarried(_what(word))
        if name not in self.around.known:
            raise NotCarried(
                f"it speaks of {name}, which is not carried, comes later, or may be answered several times"
            )
        return self.around.known[name]

    def value(self, word: Word, known: Known) -> Any:
        """The right side, in the words of the question on the left."""
        match word:
            case Word("question" | "own"):
                return {"answer": self.known(word).id}
            case Word("call", "today", ()):
                return TODAY
            case Word("call", "date" | "date-time", (Word("text", text),)):
                return text
            case Word("text", text) if known.kind in NUMBERS:
                if not re.fullmatch(r"-?\d+(\.\d+)?", text):
                    raise NotCarried("a number is compared with a text")
                return number(text)
            case Word("text", text):
                return text[:16] if known.kind == "date_time" else text
            case Word("number", figure):
                return figure if known.kind in NUMBERS else _plain(figure)
        raise NotCarried(_what(word))


_VALUES = ("today", "date", "date-time")


def _is_call(word: Word, *names: str) -> bool:
    return word.kind == "call" and word.value in names


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else shown(value)


def _what(word: Word) -> str:
    if word.kind == "call":
        return f"{word.value}() has no counterpart here"
    if word.kind == "column":
        return f"{word.value} is no question; write ${{{word.value}}}"
    return "it does not compare a question with an answer"


def _first_small(sentence: str) -> str:
    return (sentence[:1].lower() + sentence[1:]).rstrip(".")
