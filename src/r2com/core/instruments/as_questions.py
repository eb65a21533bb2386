"""An instrument as nothing but questions, for forms elsewhere that know no judgements.

A domain becomes a group, an item a group in it, and each judgement a question with the words of its scale.
What such a form cannot know, such as what a judgement must rest on, is named.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from . import defaults, translations
from .questions.conditions import questions_in

ABOUT = (
    *("status", "licence", "disclaimer", "for", "sensitive", "special_category", "categories", "references"),
    *("window_days", "never_record", "kinds_of_service", "loci"),
)
NOT_TEXTS = ("groups", "choices", "questions")
RULES = "it belongs to judging together, and a form elsewhere does not know it"


@dataclass(frozen=True, slots=True)
class Asking:
    """A completed definition of questions, its languages, what it says of itself, and what was left out."""

    file: dict[str, Any]
    languages: dict[str, dict[str, Any]]
    about: dict[str, Any]
    about_languages: dict[str, dict[str, Any]]
    left: tuple[tuple[str, str], ...]


def asking(definition: Mapping[str, Any], languages: Mapping[str, Any]) -> Asking:
    """An instrument as questions. Definition and languages must be free of faults."""
    english = defaults.completed(definition)
    about = {key: definition[key] for key in ABOUT if key in definition}
    told = {
        code: {key: text for key, text in file.items() if key not in (*NOT_TEXTS, "language")}
        for code, file in languages.items()
    }
    if not english["items"]:
        return Asking(english, {code: dict(file) for code, file in languages.items()}, about, told, ())
    return _derived(english, languages, about, told)


def _derived(
    english: dict[str, Any],
    languages: Mapping[str, Any],
    about: dict[str, Any],
    told: dict[str, dict[str, Any]],
) -> Asking:
    file = {**english, **_parts(english)}
    later = _dropped(file)
    found = {}
    for code, language in languages.items():
        other = _parts(translations.translate(english, language).source)
        found[code] = _differing(file, other)
    kept = {
        code: {key: text for key, text in said.items() if key in ("name", "status", "disclaimer", "review")}
        for code, said in told.items()
    }
    left = tuple((key, RULES) for key in _NOT_CARRIED if english.get(key)) + later
    return Asking(file, found, {key: about[key] for key in about if key in _PLAIN}, kept, left)


_PLAIN = ("status", "licence", "disclaimer", "for", "sensitive")
_NOT_CARRIED = (
    "evidence_rules",
    "closing_rules",
    "subsets",
    "never_record",
    "references",
    "kinds_of_service",
)


def _parts(file: Mapping[str, Any]) -> dict[str, Any]:
    """Groups, choices and questions of the items, followed by the questions the file has itself."""
    groups = [
        {"id": f"area_{one['code']}", "title": one["title"], "hint": one["about"]} for one in file["domains"]
    ]
    groups += [_item_group(item) for item in file["items"]]
    used = file["judgements"]
    lists = {
        scale: [
            {"id": value, "label": file["labels"][scale]["values"][value]} for value in file["scales"][scale]
        ]
        for scale in used
    }
    asked = [
        question
        for domain in file["domains"]
        for item in file["items"]
        if item["domain"] == domain["code"]
        for question in _item_questions(item, file)
    ]
    completed = defaults.completed_questions({"groups": groups, "choices": lists, "questions": asked})
    return {
        "groups": [*completed["groups"], *file["groups"]],
        "choices": {**completed["choices"], **file["choices"]},
        "questions": [*completed["questions"], *file["questions"]],
    }


def _dropped(file: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """Conditions on an item that comes later are taken out, and named."""
    asked: set[str] = set()
    found = []
    groups = {group["id"]: group for group in file["groups"]}
    for question in file["questions"]:
        home = groups.get(question["group"])
        if home and home["asked_if"] and not set(questions_in(home["asked_if"])) <= asked:
            home["asked_if"] = None
            found.append((home["id"], "it depends on something that is asked later"))
        asked.add(question["id"])
    return tuple(found)


def _item_group(item: Mapping[str, Any]) -> dict[str, Any]:
    condition = _condition(item["asked_if"]) if item["asked_if"] else None
    return {
        "id": f"item_{item['id']}",
        "in": f"area_{item['domain']}",
        "title": item["title"],
        "hint": item["opening_question"],
        "asked_if": condition,
    }


def _item_questions(item: Mapping[str, Any], file: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    home = {"group": f"item_{item['id']}"}
    for key in ("look_for", "caution"):
        if item[key]:
            yield {"id": f"{item['id']}_{key}", "kind": "note", "label": item[key], **home}
    for scale in file["judgements"]:
        id = f"{item['id']}_{scale}"
        ask = file["labels"][scale]["ask"] or scale.replace("_", " ").capitalize()
        yield {
            "id": id,
            "kind": "one",
            "label": ask,
            "hint": _hint(item, scale, file),
            "choices": scale,
            **home,
        }
        if values := file["own_words"].get(scale):
            said = [{"equals": [id, value]} for value in values]
            condition = {"any": said} if len(said) > 1 else said[0]
            words = {"id": f"{id}_words", "kind": "long_text", "label": ask, "asked_if": condition}
            yield {**words, **home}


def _hint(item: Mapping[str, Any], scale: str, file: Mapping[str, Any]) -> str:
    """What the words of a scale mean for this item."""
    labels = file["labels"][scale]["values"]
    if scale == file["need_scale"]:
        return "\n".join(f"{labels[value]}: {text}" for value, text in item["anchors"].items())
    if scale == file["strength_scale"] and item["strength"] and "strong" in labels:
        return f"{labels['strong']}: {item['strength']}"
    return ""


def _condition(raw: Mapping[str, Any]) -> dict[str, Any]:
    """A condition on judgements as one on questions."""
    ((kind, body),) = raw.items()
    if kind == "answered":
        return {kind: body.replace(".", "_")}
    if kind == "equals":
        return {kind: [body[0].replace(".", "_"), body[1]]}
    if kind == "not":
        return {kind: _condition(body)}
    return {kind: [_condition(part) for part in body]}


def _differing(english: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """The texts of the other language, as a language file. What is the same was not translated."""
    found: dict[str, Any] = {"groups": {}, "choices": {}, "questions": {}}
    for kind, keys in (("groups", translations.GROUP), ("questions", translations.QUESTION)):
        for one, two in zip(english[kind], other[kind], strict=True):
            found[kind][one["id"]] = {key: two[key] for key in keys if two[key] != one[key]}
    for name, listed in english["choices"].items():
        pairs = zip(listed, other["choices"][name], strict=True)
        found["choices"][name] = {
            one["id"]: two["label"] for one, two in pairs if two["label"] != one["label"]
        }
    return found
