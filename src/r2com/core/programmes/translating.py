"""The same programme in another language, and which of its texts are missing or older than the English."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..instruments.hashing import text_hash

TOP = (
    "name",
    "status",
    "about",
    "aims",
    "for_whom",
    "leads",
    "pace",
    "is_not",
    "care",
    "to_person",
    "ending",
    "goal",
    "steps",
)
PHASE = ("title", "about")
SESSION = ("title", "when", "purpose", "happens", "takes_away")
PARTS = (("phases", PHASE), ("sessions", SESSION))


@dataclass(frozen=True, slots=True)
class Unit:
    """How far the translation of a unit is: the addresses still missing, and if the English moved on."""

    name: str
    missing: tuple[str, ...]
    is_stale: bool

    @property
    def is_complete(self) -> bool:
        return not self.missing


def units(source: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The texts of a definition by unit: `programme`, `phases.<id>` and `sessions.<id>`."""
    found = {"programme": {key: source[key] for key in TOP if key in source}}
    for part, keys in PARTS:
        for one in source.get(part, []):
            found[f"{part}.{one['id']}"] = {key: one[key] for key in keys if key in one}
    return found


def text_hashes(source: Mapping[str, Any]) -> dict[str, str]:
    """The fingerprint of every unit, as it belongs in `of_hash` of a language file."""
    return {name: text_hash(texts) for name, texts in units(source).items()}


@dataclass(frozen=True, slots=True)
class Translated:
    """A definition with its texts laid over, and what is left to do."""

    source: dict[str, Any]
    units: tuple[Unit, ...]
    gaps: dict[str, str]


def translate(source: Mapping[str, Any], language: Mapping[str, Any]) -> Translated:
    """Lay a language file over a definition. What is missing stays English; what is old is told as stale."""
    texts: dict[str, dict[str, Any]] = {}
    done: list[Unit] = []
    gaps: dict[str, str] = {}
    for name, english in units(source).items():
        texts[name], missing = _laid_over(english, in_file(language, name), name)
        stale = language.get("of_hash", {}).get(name) != text_hash(english)
        if stale:
            gaps |= dict.fromkeys((f"{name}.{key}" for key in english), "stale")
        gaps |= dict.fromkeys(missing, "missing")
        done.append(Unit(name, tuple(missing), stale))
    return Translated(_with_texts(source, texts, language["language"]), tuple(done), gaps)


def in_file(language: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Where the texts of a unit stand in a language file."""
    part, _, id = name.partition(".")
    texts = language.get(part, {}).get(id, {}) if id else language
    return texts if isinstance(texts, Mapping) else {}


def _laid_over(
    english: Mapping[str, Any], other: Mapping[str, Any], name: str
) -> tuple[dict[str, Any], list[str]]:
    laid = {key: other[key] if _fits(other.get(key), text) else text for key, text in english.items()}
    missing = [key for key, text in english.items() if text and not _fits(other.get(key), text)]
    return laid, [f"{name}.{key}" for key in missing]


def _fits(given: Any, english: Any) -> bool:
    """Whether something is written, and for a list as many texts as in the original."""
    if isinstance(english, str):
        return isinstance(given, str) and bool(given.strip())
    return isinstance(given, list) and len(given) == len(english) and all(one.strip() for one in given)


def _with_texts(source: Mapping[str, Any], texts: Mapping[str, Any], language: str) -> dict[str, Any]:
    parts = {part: list(_part(source, texts, part)) for part, _ in PARTS}
    return {**source, **texts["programme"], **parts, "language": language}


def _part(source: Mapping[str, Any], texts: Mapping[str, Any], part: str) -> Iterator[dict[str, Any]]:
    for one in source.get(part, []):
        yield {**one, **texts[f"{part}.{one['id']}"]}
