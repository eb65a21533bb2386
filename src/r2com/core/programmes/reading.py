"""From a definition file to a programme, or to everything that is wrong with it."""

from collections.abc import Mapping
from typing import Any

from ..instruments import hashing
from ..instruments.faults import BadDefinition
from .checking import faults
from .definition import Phase, Programme, Session, Source
from .translating import TOP, translate


def read(source: Mapping[str, Any], languages: Mapping[str, Any] | None = None) -> Programme:
    """The programme a definition describes, with its translations by language code.

    Raises BadDefinition, which carries every fault found.
    """
    found = faults(source, languages)
    if found:
        raise BadDefinition(found)
    languages = languages or {}
    done = {code: translate(source, language) for code, language in languages.items()}
    editions: dict[str, Programme] = {}
    common = {"units": {code: one.units for code, one in done.items()}, "editions": editions}
    original = _programme(source, review="", gaps={}, **common)
    editions[original.language] = original
    for code, one in done.items():
        review = languages[code].get("review", "")
        editions[code] = _programme(one.source, review=review, gaps=one.gaps, **common)
    return original


def content_hash(source: Mapping[str, Any], languages: Mapping[str, Any]) -> str:
    """SHA-256 of a definition with its languages: what pins a programme that was begun."""
    return hashing.content_hash({"definition": source, "languages": languages})


def _programme(file: Mapping[str, Any], **common: Any) -> Programme:
    texts = {key: file.get(key, () if key in ("care", "steps") else "") for key in TOP}
    texts = {key: tuple(text) if isinstance(text, list) else text for key, text in texts.items()}
    return Programme(
        id=file["programme"],
        version=file["version"],
        licence=file["licence"],
        language=file.get("language", "en"),
        guard=file.get("guard", ""),
        phases=tuple(Phase(one["id"], one["title"], one.get("about", "")) for one in file.get("phases", [])),
        sessions=tuple(Session(**{**one, "happens": tuple(one["happens"])}) for one in file["sessions"]),
        sources=tuple(Source(**one) for one in file.get("sources", [])),
        **texts,
        **common,
    )
