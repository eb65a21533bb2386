"""From a definition file to a checklist, or to everything that is wrong with it."""

from collections.abc import Mapping
from typing import Any

from r2com.core.instruments import BadDefinition, content_hash

from .checking import TEXTS, faults
from .definition import Checklist, Kind, Line


def read(source: Mapping[str, Any], languages: Mapping[str, Any] | None = None) -> Checklist:
    """The checklist that a definition describes, with its translations by language code.

    A text that a language does not have stands as it was written first. Raises BadDefinition, which
    carries every fault found.
    """
    languages = languages or {}
    if found := faults(source, languages):
        raise BadDefinition(found)
    editions: dict[str, Checklist] = {}
    fingerprint = content_hash({"definition": source, "languages": languages})
    for texts in ({"language": source["language"]}, *languages.values()):
        editions[texts["language"]] = _edition(source, texts, fingerprint, editions)
    return editions[source["language"]]


def _edition(
    source: Mapping[str, Any], texts: Mapping[str, Any], fingerprint: str, editions: dict[str, Checklist]
) -> Checklist:
    said = texts.get("lines", {})
    return Checklist(
        id=source["checklist"],
        version=source["version"],
        kind=Kind(source["kind"]),
        language=texts["language"],
        name=texts.get("name", source["name"]),
        about=texts.get("about", source["about"]),
        status=texts.get("status", source["status"]),
        lines=tuple(_line(line, said.get(line["id"], {})) for line in source["lines"]),
        content_hash=fingerprint,
        editions=editions,
    )


def _line(line: Mapping[str, Any], said: Mapping[str, str]) -> Line:
    return Line(**{**line, **{key: said[key] for key in TEXTS if key in said}})
