"""JSON as strangers send it, read strictly: nothing twice, nothing null, nothing endless.

A document in which one name stands twice means different things to different readers: here it means nothing.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from .refusing import NotACredential, TooMuch, Why

LARGEST = 1_000_000
VALUES = 3_000
DEPTH = 24
HALVES = re.compile(r"[\ud800-\udfff]")
# `id` and `type` are written without the @ of JSON-LD (VCDM 2.0, 4.2), so that nothing has two spellings.
KEYWORDS = frozenset({"@context", "@value", "@language", "@direction"})


def read(data: bytes | str) -> dict[str, Any]:
    """The JSON object in `data` (UTF-8, at most a million bytes, 3,000 values, 24 levels).

    Raises NotACredential or TooMuch. Only vocabulary addresses may stand in `@context`, and only at the top.
    """
    text = _text(data)
    try:
        document = json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except (ValueError, RecursionError) as bad:
        if isinstance(bad, RecursionError):
            raise TooMuch(Why.TOO_MUCH) from None
        raise NotACredential(Why.NOT_JSON) from bad
    if not isinstance(document, dict):
        raise NotACredential(Why.NO_CREDENTIAL)
    must_be_plain(document)
    return document


def must_be_plain(document: Mapping[str, Any]) -> None:
    """Raise unless a document keeps to the limits, wherever it came from."""
    contexts = document.get("@context")
    if not isinstance(contexts, list | str) or not all(isinstance(url, str) for url in contexts):
        raise NotACredential(Why.NO_CREDENTIAL, "@context")
    for count, (path, key, value, depth) in enumerate(_walk(document, "", 0)):
        if count > VALUES or depth > DEPTH:
            raise TooMuch(Why.TOO_MUCH)
        if key.startswith("@") and (key not in KEYWORDS or (key == "@context" and depth > 1)):
            raise NotACredential(Why.MISSHAPEN, path)
        if value is None or HALVES.search(key) or (isinstance(value, str) and not _is_sound(value)):
            raise NotACredential(Why.MISSHAPEN, path)


def _is_sound(text: str) -> bool:
    """Whether a text names no node of its own and holds no half of a letter."""
    return not text.startswith("_:") and not HALVES.search(text)


def _text(data: bytes | str) -> str:
    if len(data) > LARGEST:
        raise TooMuch(Why.TOO_LARGE)
    try:
        text = data.decode("utf-8-sig") if isinstance(data, bytes) else data
        text.encode()
    except UnicodeError as bad:
        raise NotACredential(Why.NOT_JSON) from bad
    return text


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def _no_constant(word: str) -> None:
    raise ValueError(word)


def _walk(value: Any, path: str, depth: int) -> Iterator[tuple[str, str, Any, int]]:
    if depth > DEPTH:
        raise TooMuch(Why.TOO_MUCH)
    entries = (
        value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, entry in entries:
        place = f"{path}/{key}"
        yield place, key if isinstance(key, str) else "", entry, depth + 1
        yield from _walk(entry, place, depth + 1)
