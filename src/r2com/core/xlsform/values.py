"""Values in cells: what a question begins with, what a row works out, and the ends of a range."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from r2com.core.instruments.questions.checking_conditions import Around, Known
from r2com.core.instruments.questions.conditions import measured
from r2com.core.instruments.questions.definition import TEXTS, TODAY

from .carried import NotCarried
from .parsing import Word, parse

WORKED_OUT = re.compile(r"\$\{|^[\w:-]+\(.*\)$")


def calculation(said: str, around: Around) -> Any:
    """What a calculated row stands for, as far as nothing is calculated. Raises NotCarried."""
    if not said:
        raise NotCarried("it has no calculation")
    match parse(said):
        case Word("question", name) if name in around.known:
            return {"answer": name}
        case Word("question", name):
            raise NotCarried(
                f"it speaks of {name}, which is not carried, comes later, or may be answered several times"
            )
        case Word("text", text) if text and text != TODAY:
            return text
        case Word("number", figure):
            return figure
        case Word("call", "today", ()):
            return TODAY
    raise NotCarried(
        "nothing is worked out about somebody here; only a text, a copy of an answer, or today is carried"
    )


def beginning(said: str, known: Known) -> dict[str, Any]:
    """What a question begins with, if it is an answer that could be given. Raises NotCarried."""
    if not said:
        return {}
    if known.kind == "date" and said == "today()":
        return {"default": TODAY}
    if WORKED_OUT.search(said):
        raise NotCarried("what a question begins with is written down, not worked out")
    found = _answer(said, known)
    if found is None:
        raise NotCarried("it is no answer to this question")
    return {"default": found}


def _answer(said: str, known: Known) -> Any:
    if known.kind in TEXTS:
        return said
    if known.kind == "integer":
        return int(said) if re.fullmatch(r"-?\d{1,15}", said) else None
    if known.kind == "one":
        return said if said in known.choices else None
    if known.kind == "many":
        chosen = said.split()
        return chosen if set(chosen) <= set(known.choices) else None
    if known.kind == "acknowledge":
        return True if said == "OK" else None
    wanted = {"decimal": "Decimal", "date": "date", "time": "time", "date_time": "datetime"}[known.kind]
    return said if type(measured(said)).__name__ == wanted else None


@dataclass(frozen=True, slots=True)
class Ends:
    """The two ends of a range, as they were written."""

    given: Mapping[str, str]

    @property
    def is_whole(self) -> bool:
        """Whether a range runs in whole steps."""
        return {"start", "end"} <= self.given.keys() and all("." not in one for one in self.given.values())

    def conditions(self, question: str) -> list[dict[str, Any]]:
        if not {"start", "end"} <= self.given.keys():
            return []
        start, end = (_figure(self.given[key]) for key in ("start", "end"))
        return [{"at_least": [question, start]}, {"at_most": [question, end]}]


def within(parameters: str) -> Ends:
    """The parameters of a range: `start=0 end=10 step=1`."""
    return Ends(dict(re.findall(r"(start|end|step)\s*=\s*(-?\d+(?:\.\d+)?)", parameters)))


def _figure(text: str) -> int | float:
    return float(text) if "." in text else int(text)
