"""One text for one meaning: a JSON-LD document as sorted N-Quads (W3C, RDF Dataset Canonicalization).

PyLD does the work; it calls RDFC-1.0 by its earlier name, URDNA2015. Three things are added here:

- Nothing may be left out. A word that no vocabulary knows would vanish and could be written in later, so
  it is refused (`NotCovered`), as are relative addresses.
- The work is bounded. A few hundred bytes can be built so that naming their nodes takes hours; the number of
  orders that are tried is counted, and `TooMuch` is raised long before (W3C, RDFC-1.0, section 7.1).
- Where URDNA2015 and RDFC-1.0 write a text differently (control characters), it is refused.
"""

import re
from collections.abc import Iterator, Mapping
from math import factorial
from threading import Lock
from typing import Any, NoReturn

from cachetools import LRUCache
from pyld import jsonld
from pyld.canon import URDNA2015
from pyld.context_resolver import ContextResolver

from . import contexts
from .reading import must_be_plain
from .refusing import Doubt, NotACredential, NotCovered, TooMuch, Why

ORDERS = 4_000
NODES = 400
ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
CONTROL = re.compile(r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
# PyLD keeps what it learned about vocabularies for the whole process, in stores not made for threads.
ONE_AT_A_TIME = Lock()


class _Learned(ContextResolver):
    """Vocabularies, worked out once. Only pinned ones come this far, so nothing a stranger sends is kept."""

    def __init__(self) -> None:
        super().__init__(LRUCache(maxsize=500), contexts.load)
        self.scoped: dict[int, tuple[Any, list[Any]]] = {}

    def resolve(self, active_ctx: Any, context: Any, base: Any, cycles: Any = None) -> list[Any]:
        """The words of one kind of thing stand inside a pinned file, so the object itself is the key."""
        if not isinstance(context, dict):
            found: list[Any] = super().resolve(active_ctx, context, base, cycles)
            return found
        if id(context) not in self.scoped:
            self.scoped[id(context)] = context, super().resolve(active_ctx, context, base, cycles)
        return self.scoped[id(context)][1]


LEARNED = _Learned()


def canonical(document: Mapping[str, Any]) -> bytes:
    """The canonical N-Quads of a JSON-LD document, UTF-8.

    Raises NotACredential (not JSON-LD), NotCovered (a word or address that would be left out),
    UnknownVocabulary and TooMuch. A vocabulary of the document's own is never read.
    """
    must_be_plain(document)
    for url in document["@context"]:
        contexts.vocabulary(url)
    with ONE_AT_A_TIME:
        dataset = _dataset(document)
    bounded = _Bounded()
    written: str = bounded.main(dataset, {"format": "application/n-quads"})
    return written.encode()


def _dataset(document: Mapping[str, Any]) -> dict[str, Any]:
    options = {
        "documentLoader": contexts.load,
        "contextResolver": LEARNED,
        "base": None,
        "processingMode": "json-ld-1.1",
    }
    processor = jsonld.JsonLdProcessor(on_property_dropped=_left_out)
    try:
        expanded = processor.expand(document, dict(options))
        _must_be_whole(expanded)
        dataset: dict[str, Any] = processor.to_rdf(expanded, dict(options))
    except (jsonld.JsonLdError, ValueError, TypeError, LookupError, AttributeError) as bad:
        _say(bad)
    return dataset


def _say(bad: BaseException) -> NoReturn:
    """Raise what lies behind PyLD's own way of saying no."""
    cause: BaseException | None = bad
    while cause is not None:
        if isinstance(cause, Doubt):
            raise cause
        cause = cause.__cause__ or cause.__context__
    raise NotACredential(Why.NOT_LINKED_DATA) from bad


def _left_out(word: str | None) -> None:
    raise NotCovered(Why.NOT_COVERED, str(word)[:100])


def _must_be_whole(expanded: Any) -> None:
    for key, value in _pairs(expanded):
        if key == "@id" and not ABSOLUTE.fullmatch(value):
            raise NotCovered(Why.NOT_COVERED, value[:100])
        if key == "@type":
            for kind in value if isinstance(value, list) else [value]:
                if kind != "@json" and not ABSOLUTE.fullmatch(kind):
                    raise NotCovered(Why.NOT_COVERED, kind[:100])
        if key == "@value" and isinstance(value, str) and CONTROL.search(value):
            raise NotACredential(Why.MISSHAPEN, value[:40])


def _pairs(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, list):
        for entry in value:
            yield from _pairs(entry)
    elif isinstance(value, dict):
        for key, entry in value.items():
            yield key, entry
            if key not in ("@value", "@id", "@type"):
                yield from _pairs(entry)


class _Bounded(URDNA2015):
    """PyLD's canonicalization that stops when somebody built a document to keep it busy."""

    def __init__(self) -> None:
        super().__init__()
        self.orders = 0

    def create_hash_to_related(self, id_: str, issuer: Any) -> dict[str, list[str]]:
        if len(self.blank_node_info) > NODES:
            raise TooMuch(Why.TOO_MUCH)
        related: dict[str, list[str]] = super().create_hash_to_related(id_, issuer)
        self.orders += 1
        for nodes in related.values():
            self.orders += factorial(min(len(set(nodes)), 20))
        if self.orders > ORDERS:
            raise TooMuch(Why.TOO_MUCH)
        return related
