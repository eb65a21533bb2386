"""Words that are taken out of a file: a sentence that says why stands in their place, wherever they stood."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from .models import Passage


@dataclass(frozen=True)
class Covering:
    """What is taken out, and what stands in its place. The longest goes first, so that none is cut in two."""

    taken_out: list[tuple[re.Pattern, str]]

    def __bool__(self):
        return bool(self.taken_out)

    def over(self, told: Any) -> Any:
        """The same texts, lists and dictionaries, without the words that are taken out."""
        if isinstance(told, str):
            return self._over_text(told)
        if isinstance(told, dict):
            return {key: self.over(value) for key, value in told.items()}
        if isinstance(told, list | tuple):
            return [self.over(value) for value in told]
        return told

    def _over_text(self, text: str) -> str:
        for words, sign in self.taken_out:
            text = words.sub(lambda _found, sign=sign: sign, text)
        return text


def of(passages: Iterable[Passage]) -> Covering:
    """In the language that is spoken just now."""
    found = [(line, _sign(one)) for one in passages for line in lines(one.words)]
    found.sort(key=lambda pair: len(pair[0]), reverse=True)
    return Covering([(as_it_stands(line), sign) for line, sign in found])


def texts(told: Any) -> Iterator[str]:
    """Every text in lists and dictionaries."""
    if isinstance(told, str):
        yield told
    elif isinstance(told, dict | list | tuple):
        for value in told.values() if isinstance(told, dict) else told:
            yield from texts(value)


def lines(words: str) -> list[str]:
    """A passage of several lines is looked for line by line, as the file is written."""
    return [line.strip() for line in words.splitlines() if line.strip()]


def as_it_stands(words: str) -> re.Pattern:
    """These words, however they are spaced or capitalised; never the inside of a longer word."""
    spaced = r"\s+".join(re.escape(word) for word in words.split())
    return re.compile(rf"(?<!\w){spaced}(?!\w)", re.IGNORECASE)


def _sign(passage: Passage) -> str:
    return _("[Left out: %(reason)s]") % {"reason": passage.get_reason_display()}
