"""Conditions as a spreadsheet says them (XPath 1.0, as far as forms use it), as a tree.

A small parser by hand. What is not understood raises NotCarried and says why.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from .carried import NotCarried

TOKEN = re.compile(
    r"""\s*(?:
        (?P<question>\$\{\s*[^{}]+?\s*\}) |
        (?P<text>'[^']*'|"[^"]*") |
        (?P<number>\d+(?:\.\d+)?|\.\d+) |
        (?P<sign><=|>=|!=|=|<|>|\(|\)|,|\+|-(?![\w-])|\*|\.(?!\w)) |
        (?P<name>[^\W\d][\w.:-]*) |
        (?P<minus>-)
    )""",
    re.VERBOSE,
)
CURLY = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"'})
SWAPPED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "=": "=", "!=": "!="}
LONGEST = 5000


@dataclass(frozen=True, slots=True)
class Word:
    """A part of an expression: what it is (`question`, `text`, `number`, `call` …), and of what."""

    kind: str
    value: Any = None
    parts: tuple["Word", ...] = ()


NEVER = Word("call", "false")
ALWAYS = Word("call", "true")


def parse(expression: str) -> Word:
    """The expression as a tree. Raises NotCarried when it is not of the kind that forms use."""
    if len(expression) > LONGEST:
        raise NotCarried("it is too long to be understood")
    reading = _Reading(_tokens(_straight(expression)))
    found = reading.either()
    reading.must_be_over()
    return found


def number(text: str) -> int | float:
    found = Decimal(text)
    return int(found) if found == found.to_integral_value() and "." not in text else float(found)


def _straight(expression: str) -> str:
    """Curly quotation marks, as a word processor makes them, stand for straight ones where there are none."""
    return expression if "'" in expression or '"' in expression else expression.translate(CURLY)


def _tokens(expression: str) -> list[tuple[str, str]]:
    found, place = [], 0
    text = expression.rstrip()
    while place < len(text):
        match = TOKEN.match(text, place)
        if match is None or match.lastgroup is None:
            raise NotCarried("it is written in a way that is not understood here")
        found.append((match.lastgroup, match[match.lastgroup]))
        place = match.end()
    return found


class _Reading:
    """Reads an expression from left to right."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens, self.place, self.deep = tokens, 0, 0

    def must_be_over(self) -> None:
        if self.place < len(self.tokens):
            raise NotCarried(_WHY.get(self.now[1], "it is written in a way that is not understood here"))

    @property
    def now(self) -> tuple[str, str]:
        return self.tokens[self.place] if self.place < len(self.tokens) else ("end", "")

    def next(self) -> tuple[str, str]:
        found = self.now
        self.place += 1
        return found

    def take(self, sign: str) -> bool:
        if self.now[1] == sign and self.now[0] in ("sign", "name"):
            self.place += 1
            return True
        return False

    def either(self) -> Word:
        parts = [self.both()]
        while self.take("or"):
            parts.append(self.both())
        return parts[0] if len(parts) == 1 else Word("any", parts=tuple(parts))

    def both(self) -> Word:
        parts = [self.comparison()]
        while self.take("and"):
            parts.append(self.comparison())
        return parts[0] if len(parts) == 1 else Word("all", parts=tuple(parts))

    def comparison(self) -> Word:
        left = self.one()
        if self.now[0] == "sign" and self.now[1] in SWAPPED:
            sign = self.next()[1]
            return Word("compare", sign, (left, self.one()))
        return left

    def one(self) -> Word:
        kind, text = self.next()
        if kind == "question":
            return Word("question", text[2:-1].strip())
        if kind == "text":
            return Word("text", text[1:-1])
        if kind == "number":
            return Word("number", number(text))
        if (kind == "minus" or text == "-") and self.now[0] == "number":
            return Word("number", -number(self.next()[1]))
        if text == "(" and kind == "sign":
            return self.inside()
        if text == "." and kind == "sign":
            return Word("own")
        if kind == "name":
            return self.call(text) if self.take("(") else Word("column", text)
        raise NotCarried(_WHY.get(text, "it is written in a way that is not understood here"))

    def inside(self) -> Word:
        self.deep += 1
        if self.deep > 40:
            raise NotCarried("it has too many brackets in one another")
        found = self.either()
        if not self.take(")"):
            raise NotCarried(_WHY.get(self.now[1], "a bracket is not closed"))
        self.deep -= 1
        return found

    def call(self, name: str) -> Word:
        parts: list[Word] = []
        self.deep += 1
        if self.deep > 40:
            raise NotCarried("it has too many brackets in one another")
        while not self.take(")"):
            parts.append(self.either())
            if not self.take(",") and self.now[1] != ")":
                raise NotCarried(_WHY.get(self.now[1], "a bracket is not closed"))
        self.deep -= 1
        return Word("call", name, tuple(parts))


_WHY = dict.fromkeys(
    ("+", "-", "*", "div", "mod"), "it calculates, and nothing is calculated from answers here"
)
