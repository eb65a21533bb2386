"""From a definition file to an instrument, or to everything that is wrong with it."""

from collections.abc import Mapping
from itertools import product
from typing import Any

from . import conditions, defaults, translations
from .checking import faults
from .conditions import Condition
from .definition import ClosingRule, Domain, EvidenceRule, Instrument, Item, ItemChecks, Scale, Word, Words
from .faults import BadDefinition
from .hashing import content_hash
from .questions import questions_of


def read(source: Mapping[str, Any], languages: Mapping[str, Any] | None = None) -> Instrument:
    """The instrument a definition describes, with its translations by language code.

    Raises BadDefinition, which carries every fault found.
    """
    found = faults(source, languages)
    if found:
        raise BadDefinition(found)
    english = defaults.completed(source)
    languages = languages or {}
    done = {code: translations.translate(english, language) for code, language in languages.items()}
    common: dict[str, Any] = {
        "content_hash": content_hash(source),
        "units": {code: translated.units for code, translated in done.items()},
        "editions": (editions := {}),
    }
    original = _instrument(english, review="", gaps={}, **common)
    editions[original.language] = original
    for code, translated in done.items():
        review = languages[code].get("review", "")
        editions[code] = _instrument(translated.source, review=review, gaps=translated.gaps, **common)
    return original


def text_hashes(source: Mapping[str, Any]) -> dict[str, str]:
    """The fingerprint of every unit of a definition: what a translator copies into `of_hash`.

    Units are `name`, `labels`, `domains.A`, `A1`, `evidence_rules.<id>` and so on. Raises BadDefinition.
    """
    found = faults(source)
    if found:
        raise BadDefinition(found)
    return translations.text_hashes(defaults.completed(source))


def _instrument(file: Mapping[str, Any], **common: Any) -> Instrument:
    scales = {scale: _scale(scale, values, file) for scale, values in file["scales"].items()}
    domains = tuple(Domain(**domain) for domain in file["domains"])
    by_domain = tuple((domain, _items_of(domain, file)) for domain in domains)
    items = tuple(item for _, belonging in by_domain for item in belonging)
    ids = tuple(item.id for item in items)
    evidence_rules = tuple(_evidence_rule(rule, ids) for rule in file["evidence_rules"])
    closing_rules = tuple(_closing_rule(rule, ids) for rule in file["closing_rules"])
    return Instrument(
        id=file["instrument"],
        scales=scales,
        judgements=tuple(file["judgements"]),
        not_known=frozenset(file["not_known"]),
        domains=domains,
        items=items,
        by_domain=by_domain,
        subsets={
            "pulse": tuple(item.id for item in items if item.pulse),
            **{name: tuple(id for id in ids if id in listed) for name, listed in file["subsets"].items()},
        },
        never_record=tuple(file["never_record"]),
        evidence_rules=evidence_rules,
        closing_rules=closing_rules,
        own_words=tuple((scale, frozenset(values)) for scale, values in file["own_words"].items()),
        allowed=_allowed(file),
        blanks=tuple(
            (key, frozenset(scales[key].blanks)) for key in file["judgements"] if scales[key].blanks
        ),
        evidence_kinds=frozenset(product(("for", "against"), file["scales"].get("evidence_type", ()))),
        questions=questions_of(file),
        for_whom=file["for"],
        special_category=tuple(file["special_category"]),
        map_words=tuple(
            _words(scales, file[side]) for side in ("need_scale", "strength_scale", "direction_scale")
        ),
        order={id: place for place, id in enumerate(ids)},
        checks=tuple(_checks(item, evidence_rules, closing_rules) for item in items),
        **{key: file[key] for key in _AS_THEY_STAND},
        **common,
    )


_AS_THEY_STAND = (
    "name",
    "version",
    "status",
    "licence",
    "language",
    "disclaimer",
    "window_days",
    "need_scale",
    "strength_scale",
    "direction_scale",
    "kinds_of_service",
    "categories",
    "loci",
    "references",
    "sensitive",
)


def _scale(id: str, values: list[str], file: Mapping[str, Any]) -> Scale:
    labels = file["labels"][id]
    blanks = file["blanks"][id]
    words = {
        value: Word(value, labels["values"][value], None if value in blanks else place)
        for place, value in enumerate(values)
    }
    return Scale(id, labels["ask"], words)


def _words(scales: Mapping[str, Scale], scale: str | None) -> tuple[str, Words]:
    if scale is None:
        return "", {}
    return scale, {word.id: word for word in scales[scale].words.values()}


def _items_of(domain: Domain, file: Mapping[str, Any]) -> tuple[Item, ...]:
    return tuple(_item(item) for item in file["items"] if item["domain"] == domain.code)


def _item(raw: Mapping[str, Any]) -> Item:
    lists = {key: tuple(value) for key, value in raw.items() if isinstance(value, list | tuple)}
    asked_if = conditions.parse(raw["asked_if"]) if raw["asked_if"] else None
    return Item(**{**raw, **lists, "asked_if": asked_if})


def _evidence_rule(raw: Mapping[str, Any], ids: tuple[str, ...]) -> EvidenceRule:
    evidence = raw["evidence"]
    return EvidenceRule(
        **_rule(raw, ids),
        at_least=evidence["at_least"],
        independent=evidence.get("independent", False),
        stance=evidence.get("stance", "for"),
        countersigned=raw.get("countersigned", False),
    )


def _closing_rule(raw: Mapping[str, Any], ids: tuple[str, ...]) -> ClosingRule:
    return ClosingRule(**_rule(raw, ids))


def _rule(raw: Mapping[str, Any], ids: tuple[str, ...]) -> dict[str, Any]:
    when = conditions.parse(raw["when"])
    return {
        "id": raw["id"],
        "items": ids if raw["items"] == "all" else tuple(id for id in ids if id in raw["items"]),
        "when": when,
        "judgement": raw.get("judgement") or _last_named(when),
        "message": raw["message"],
    }


def _last_named(condition: Condition) -> str:
    """The judgement a rule is about: the last one its condition names."""
    return list(conditions.places(condition))[-1].judgement


def _allowed(file: Mapping[str, Any]) -> frozenset[tuple[str, str | None]]:
    """Every judgement with every word it may hold, and with nothing said yet."""
    return frozenset(
        (judgement, value)
        for judgement in file["judgements"]
        for value in (*file["scales"][judgement], "", None)
    )


def _checks(item: Item, evidence: tuple[EvidenceRule, ...], closing: tuple[ClosingRule, ...]) -> ItemChecks:
    return ItemChecks(
        item.id,
        conditions.compiled(item.asked_if) if item.asked_if else None,
        tuple((conditions.compiled(rule.when), rule) for rule in evidence if item.id in rule.items),
        tuple((conditions.compiled(rule.when), rule) for rule in closing if item.id in rule.items),
    )
