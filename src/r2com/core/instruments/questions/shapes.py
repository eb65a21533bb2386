"""What the names in a form look like, and where a text speaks of an answer."""

import re
from collections.abc import Iterator
from typing import Any

from ..faults import Fault

QUESTION_NAME = re.compile(r"[^\W\d][\w.-]*")
COLUMN = re.compile(r"[^\W\d]?[\w.-]*")
CHOICE_NAME = re.compile(r"[^\s'\"]+(?: [^\s'\"]+)*")
PLACEHOLDER = re.compile(r"\$\{\s*([^{}]*?)\s*\}")


def question_name(value: Any, address: str) -> Iterator[Fault]:
    if not isinstance(value, str) or not QUESTION_NAME.fullmatch(value):
        yield Fault(
            address, "Begin with a letter; then letters, figures, hyphens, full stops and underscores."
        )


def column(value: Any, address: str) -> Iterator[Fault]:
    """The name of a list, or of one of its further columns."""
    if not isinstance(value, str) or not value or not COLUMN.fullmatch(value):
        yield Fault(address, "Use letters, figures, hyphens, full stops and underscores, without spaces.")


def choice_name(value: Any, address: str) -> Iterator[Fault]:
    if not isinstance(value, str) or not CHOICE_NAME.fullmatch(value):
        yield Fault(address, "Give a short word, without quotation marks.")


def placeholders(value: str) -> list[str]:
    """The questions whose answers a text speaks of, as in “How old is ${name}?”."""
    return PLACEHOLDER.findall(value)
