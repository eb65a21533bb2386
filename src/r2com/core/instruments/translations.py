"""The same instrument in another language, text by text.

A unit is what a translator does in one go: an item, a domain, the labels, a rule. Each carries the
fingerprint of the English it was made from, so that a later change of the English shows.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .hashing import text_hash

TOP = ("name", "status", "disclaimer", "labels", "kinds_of_service", "categories", "loci", "never_record")
DOMAIN = ("title", "about")
ITEM = ("title", "look_for", "opening_question", "anchors", "strength", "services", "caution", "together")
RULES = ("evidence_rules", "closing_rules")
GROUP = ("title", "hint")
QUESTION = ("label", "hint", "required_message", "constraint_message")


@dataclass(frozen=True, slots=True)
class Unit:
    """How far the translation of a unit is: the addresses still missing, and if the English moved on."""

    name: str
    missing: tuple[str, ...]
    is_stale: bool

    @property
    def is_complete(self) -> bool:
        return not self.missing


def units(english: Mapping[str, Any]) -> dict[str, Any]:
    """The texts of a completed definition by unit: `name`, `labels`, `domains.A`, `A1` and so on."""
    return {name: texts for name, _, texts in _units(english)}


def text_hashes(english: Mapping[str, Any]) -> dict[str, str]:
    """The fingerprint of every unit, as it belongs in `of_hash` of a language file."""
    return {name: text_hash(texts) for name, texts in units(english).items()}


@dataclass(frozen=True, slots=True)
class Translated:
    """A definition with its texts laid over, and what is left to do."""

    source: dict[str, Any]
    units: tuple[Unit, ...]
    gaps: Mapping[str, str]


def translate(english: Mapping[str, Any], language: Mapping[str, Any]) -> Translated:
    """Lay a language file over a completed definition. What is missing stays English.

    A text whose English has changed since keeps its translation and is told as stale.
    """
    done: list[Unit] = []
    gaps: dict[str, str] = {}
    texts: dict[str, Any] = {}
    for name, path, unit in _units(english):
        missing: list[str] = []
        texts[name] = _overlay(unit, _follow(language, path), ".".join(path), missing)
        stale = _is_stale(name, unit, english, language)
        done.append(Unit(name, tuple(missing), stale))
        if stale:
            gaps.update(dict.fromkeys(_addresses(unit, ".".join(path)), "stale"))
        gaps.update(dict.fromkeys(missing, "missing"))
    return Translated(_with_texts(english, texts, language["language"]), tuple(done), gaps)


def _units(english: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, ...], Any]]:
    """Name, path in a language file, and texts of every unit."""
    for key in TOP:
        yield key, (key,), english[key]
    for domain in english["domains"]:
        code = domain["code"]
        yield f"domains.{code}", ("domains", code), {key: domain[key] for key in DOMAIN}
    for item in english["items"]:
        yield item["id"], ("items", item["id"]), {key: item[key] for key in ITEM}
    for kind in RULES:
        for rule in english[kind]:
            yield f"{kind}.{rule['id']}", (kind, rule["id"]), rule["message"]
    for group in english["groups"]:
        yield f"groups.{group['id']}", ("groups", group["id"]), {key: group[key] for key in GROUP}
    for name, choices in english["choices"].items():
        yield f"choices.{name}", ("choices", name), {choice["id"]: choice["label"] for choice in choices}
    for question in english["questions"]:
        id = question["id"]
        yield f"questions.{id}", ("questions", id), {key: question[key] for key in QUESTION}


def _is_stale(name: str, unit: Any, english: Mapping[str, Any], language: Mapping[str, Any]) -> bool:
    """A unit without a fingerprint is as old as the version it was made from."""
    made_from = language.get("of_hash", {}).get(name)
    if made_from:
        return bool(made_from != text_hash(unit))
    return bool(language.get("of_version", english["version"]) != english["version"])


def _follow(tree: Any, path: tuple[str, ...]) -> Any:
    for step in path:
        tree = tree.get(step) if isinstance(tree, Mapping) else None
    return tree


def _overlay(english: Any, other: Any, address: str, missing: list[str]) -> Any:
    if isinstance(english, str):
        if isinstance(other, str) and other.strip():
            return other
        missing.extend([address] if english else [])
        return english
    if isinstance(english, Mapping):
        return {
            key: _overlay(text, _follow(other, (key,)), f"{address}.{key}", missing)
            for key, text in english.items()
        }
    others = (
        other if isinstance(other, list | tuple) and len(other) == len(english) else [None] * len(english)
    )
    pairs = zip(english, others, strict=True)
    return [_overlay(one, two, f"{address}[{number}]", missing) for number, (one, two) in enumerate(pairs)]


def _addresses(texts: Any, address: str) -> Iterator[str]:
    everything: list[str] = []
    _overlay(texts, None, address, everything)
    return iter(everything)


def _with_texts(english: Mapping[str, Any], texts: Mapping[str, Any], language: str) -> dict[str, Any]:
    return {
        **english,
        **{key: texts[key] for key in TOP},
        "language": language,
        "domains": [{**domain, **texts[f"domains.{domain['code']}"]} for domain in english["domains"]],
        "items": [{**item, **texts[item["id"]]} for item in english["items"]],
        **{
            kind: [{**rule, "message": texts[f"{kind}.{rule['id']}"]} for rule in english[kind]]
            for kind in RULES
        },
        "groups": [{**group, **texts[f"groups.{group['id']}"]} for group in english["groups"]],
        "choices": {
            name: [{**choice, "label": texts[f"choices.{name}"][choice["id"]]} for choice in choices]
            for name, choices in english["choices"].items()
        },
        "questions": [{**one, **texts[f"questions.{one['id']}"]} for one in english["questions"]],
    }
