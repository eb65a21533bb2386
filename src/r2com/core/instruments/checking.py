"""Is a definition sound? Everything that is wrong is told at once, each with its address."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from . import defaults, shapes
from .checking_languages import language_faults
from .conditions import Surroundings, faults_in
from .faults import Fault
from .questions.checking import PARTS, question_faults
from .shapes import Record, anything, at, flag, list_of, map_of, name, note, one_of, text, word, word_or_null
from .translations import TOP

DOMAIN = Record(must={"code": name, "title": text}, may={"about": note})
ITEM = Record(
    must={"id": name, "domain": name, "title": text},
    may={
        "look_for": text,
        "opening_question": text,
        "anchors": map_of(text, at_least=1),
        "strength": text,
        "services": list_of(text),
        "service_kinds": list_of(name, unique=True),
        "sources": list_of(name, unique=True),
        "locus": name,
        "pulse": flag,
        "sensitive": flag,
        "caution": note,
        "special_category": list_of(name, unique=True),
        "together": map_of(text),
        "asked_if": anything,
    },
)
EVIDENCE = Record(
    must={"at_least": shapes.count}, may={"independent": flag, "stance": one_of("for", "against", None)}
)
RULE = {"id": name, "items": anything, "when": anything, "message": text}
EVIDENCE_RULE = Record(must={**RULE, "evidence": EVIDENCE}, may={"countersigned": flag, "judgement": word})
CLOSING_RULE = Record(must=RULE, may={"judgement": word})
LABELS = Record(must={"values": map_of(text)}, may={"ask": note})
HEAD: dict[str, shapes.Check] = {
    "instrument": name,
    "name": text,
    "version": text,
    "status": text,
    "licence": text,
}
JUDGED: dict[str, shapes.Check] = {
    "scales": map_of(list_of(word, at_least=1, unique=True), at_least=1),
    "domains": list_of(DOMAIN, at_least=1),
    "items": list_of(ITEM, at_least=1),
}
FOR_WHOM = ("person-with-worker", "person-alone", "organisation")
FILE = Record(
    must={**HEAD, **JUDGED},
    may={
        **PARTS,
        "for": one_of(*FOR_WHOM),
        "sensitive": flag,
        "special_category": list_of(name, unique=True),
        "language": name,
        "disclaimer": note,
        "window_days": shapes.count,
        "judgements": list_of(word, at_least=1, unique=True),
        "need_scale": word_or_null,
        "strength_scale": word_or_null,
        "direction_scale": word_or_null,
        "labels": map_of(LABELS),
        "blanks": map_of(list_of(word, unique=True)),
        "own_words": map_of(list_of(word, unique=True)),
        "not_known": list_of(word, unique=True),
        "kinds_of_service": map_of(text, key=name),
        "categories": map_of(text, key=name),
        "loci": map_of(text, key=name),
        "never_record": list_of(text),
        "subsets": map_of(list_of(name, at_least=1, unique=True)),
        "evidence_rules": list_of(EVIDENCE_RULE),
        "closing_rules": list_of(CLOSING_RULE),
        "references": map_of(Record(must={"title": text}, may={"url": text}), key=name),
    },
)
ASKING = Record(must={**HEAD, "questions": PARTS["questions"]}, may={**JUDGED, **FILE.may})
EVERY_ITEM_OR_NONE = ("look_for", "opening_question", "anchors", "strength", "together")


def faults(source: Any, languages: Any = None) -> list[Fault]:
    """Everything wrong with a definition and its language files, for any JSON values whatsoever.

    Language files are held against the English texts, so they are looked at once those are sound.
    """
    found = list(_shape(source)(source, ""))
    if isinstance(source, Mapping):
        found.extend(_meaning(source))
        found.extend(question_faults(source) if "questions" in source else ())
    if not found:
        found.extend(language_faults(defaults.completed(source), {} if languages is None else languages))
    return found


def _shape(source: Any) -> Record:
    """A file with questions needs no items; but who begins with items brings all that belongs to them."""
    asks = isinstance(source, Mapping) and "questions" in source
    return ASKING if asks and not any(key in source for key in JUDGED) else FILE


def _meaning(source: Mapping[str, Any]) -> Iterator[Fault]:
    """What is wrong although every part has the right shape. Misshapen parts are left out."""
    file = FILE.sound_parts(source)
    file.update({key: _records(source.get(key), kind) for key, kind in _LISTS.items()})
    judgements = file.get("judgements", list(defaults.SIX))
    scales = file.get("scales", {})
    yield from _twice(file)
    if scales:
        yield from _scales(file, scales, judgements)
        yield from _items(_listed(source.get("items")), file, scales, judgements)
    yield from _references(file, source)
    yield from _rules(file, scales, judgements)


_LISTS = {
    "domains": DOMAIN,
    "items": ITEM,
    "evidence_rules": EVIDENCE_RULE,
    "closing_rules": CLOSING_RULE,
}


def _records(value: Any, kind: Record) -> list[dict[str, Any]]:
    return [kind.sound_parts(one) for one in _listed(value)]


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else []


def _twice(file: Mapping[str, Any]) -> Iterator[Fault]:
    for key, named in (
        ("domains", "code"),
        ("items", "id"),
        ("evidence_rules", "id"),
        ("closing_rules", "id"),
    ):
        times = Counter(one.get(named) for one in file[key])
        for number, one in enumerate(file[key]):
            if named in one and times[one[named]] > 1:
                advice = f"{one[named]} stands here more than once; rename one."
                yield Fault(f"{key}[{number}].{named}", advice)
    for number, item in enumerate(file["items"]):
        if item.get("id") in TOP:
            yield Fault(f"items[{number}].id", "Choose another id; this one means a text of the whole file.")


def _scales(file: Mapping[str, Any], scales: Mapping[str, Any], judgements: list[str]) -> Iterator[Fault]:
    for judgement in judgements:
        if judgement not in scales:
            yield Fault(at("scales", judgement), "Add this scale, or list the judgements without it.")
    for key in ("need_scale", "strength_scale", "direction_scale"):
        scale = file.get(key)
        if scale is not None and scale not in judgements:
            yield Fault(key, f"Name one of the judgements ({', '.join(judgements)}) or null.")
    for key in ("blanks", "own_words"):
        for scale, values in file.get(key, {}).items():
            yield from _known(values, scales.get(scale, ()), f"{key}.{scale}", f"the scale {scale}")
    for scale, labels in file.get("labels", {}).items():
        yield from _same(labels["values"], scales.get(scale, ()), f"labels.{scale}.values")


def _items(
    items: Any, file: Mapping[str, Any], scales: Mapping[str, Any], judgements: list[str]
) -> Iterator[Fault]:
    """Whether every item has the texts that the others have, one for each word of the scale of needs."""
    usual = defaults.sides(judgements)["need"]
    need = file.get("need_scale", usual)
    blanks = file.get("blanks", {}).get(need, defaults.HONEST_BLANKS)
    anchored = (
        [value for value in scales.get(need, ()) if value not in blanks] if isinstance(need, str) else []
    )
    raw = {number: item for number, item in enumerate(items) if isinstance(item, Mapping)}
    held = [key for key in EVERY_ITEM_OR_NONE if any(key in item for item in raw.values())]
    for number, item in raw.items():
        address = f"items[{number}]"
        missing = [key for key in held if key not in item]
        yield from (Fault(at(address, key), "Add this; other items have it.") for key in missing)
        if isinstance(item.get("anchors"), Mapping) and anchored:
            yield from _same(item["anchors"], anchored, at(address, "anchors"))
        if isinstance(item.get("together"), Mapping):
            yield from _together(item["together"], anchored, scales, at(address, "together"))


def _together(
    texts: Mapping[str, str], anchored: list[str], scales: Mapping[str, list[str]], address: str
) -> Iterator[Fault]:
    for key in ("question", *anchored):
        if key not in texts:
            yield Fault(at(address, key), "Add this in plain words.")
    known = {"question", *(value for values in scales.values() for value in values)}
    yield from _known(texts, known, address, "any scale")


def _references(file: Mapping[str, Any], source: Mapping[str, Any]) -> Iterator[Fault]:
    """Whatever an item or a list names must exist. A list that is not there at all is not held against it."""
    items, domains = _ids(source.get("items"), "id"), _ids(source.get("domains"), "code")
    used = {item.get("domain") for item in file["items"]}
    for number, domain in enumerate(file["domains"]):
        if domain.get("code", None) not in used and "code" in domain:
            yield Fault(f"domains[{number}]", "Give this domain an item, or remove it.")
    for number, item in enumerate(file["items"]):
        address = f"items[{number}]"
        if "domain" in item and item["domain"] not in domains:
            yield Fault(
                at(address, "domain"), f"There is no domain {item['domain']}; add it or name another."
            )
        for key, home in _HOMES.items():
            named = [item[key]] if isinstance(item.get(key), str) else item.get(key, ())
            if home in file:
                yield from _known(named, file[home], at(address, key), home)
    if "categories" in file:
        named = file.get("special_category", ())
        yield from _known(named, file["categories"], "special_category", "categories")
    for subset, ids in file.get("subsets", {}).items():
        yield from _known(ids, items, at("subsets", subset), "the items")


_HOMES = {
    "service_kinds": "kinds_of_service",
    "sources": "references",
    "locus": "loci",
    "special_category": "categories",
}


def _rules(file: Mapping[str, Any], scales: Mapping[str, Any], judgements: list[str]) -> Iterator[Fault]:
    items = frozenset(_ids(file["items"], "id"))
    known = {judgement: tuple(scales.get(judgement, ())) for judgement in judgements}
    for number, item in enumerate(file["items"]):
        if item.get("asked_if") is not None:
            around = Surroundings(items, known, bare=False, own=item.get("id", ""))
            yield from faults_in(item["asked_if"], f"items[{number}].asked_if", around)
    for kind in ("evidence_rules", "closing_rules"):
        for number, rule in enumerate(file[kind]):
            address = f"{kind}[{number}]"
            if "when" in rule:
                yield from faults_in(rule["when"], at(address, "when"), Surroundings(items, known, bare=True))
            if "judgement" in rule:
                yield from _known([rule["judgement"]], judgements, at(address, "judgement"), "the judgements")
            yield from _rule_items(rule.get("items", "all"), items, at(address, "items"))


def _rule_items(named: Any, items: frozenset[str], address: str) -> Iterator[Fault]:
    if named == "all":
        return
    found = list(list_of(name, at_least=1, unique=True)(named, address))
    yield from found or _known(named, items, address, "the items")


def _ids(records: Any, key: str) -> set[str]:
    ids = (one.get(key) for one in _listed(records) if isinstance(one, Mapping))
    return {id for id in ids if isinstance(id, str)}


def _known(named: Iterable[str], known: Iterable[str], address: str, home: str) -> Iterator[Fault]:
    there = set(known)
    for one in named:
        if one not in there:
            yield Fault(address, f"{one} is not among {home}; add it there or remove it here.")


def _same(texts: Mapping[str, str], values: Iterable[str], address: str) -> Iterator[Fault]:
    listed = list(values)
    yield from (
        Fault(at(address, value), "Add a text for this word.") for value in listed if value not in texts
    )
    for value in texts:
        if value not in listed:
            yield Fault(at(address, value), "Remove this; the scale has no such word that needs a text.")
