"""Words that often stand for looks, faith, origin or opinion: reason to read one's own sentence again."""

import re
from functools import cache

from r2com.content import read_json


@cache
def _known() -> frozenset[str]:
    lists = read_json("observations", "delicate.json")
    return frozenset(word for words in lists.values() for word in words)


def found(*texts: str) -> list[str]:
    """The words to look at again, whole words only, in the order they were written."""
    written = re.findall(r"\w+", " ".join(texts).casefold())
    return list(dict.fromkeys(word for word in written if word in _known()))
