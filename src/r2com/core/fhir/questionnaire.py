"""An instrument as a Questionnaire."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from r2com.core.instruments import content_hash
from r2com.core.instruments.as_questions import Asking, asking
from r2com.core.instruments.questions.definition import CHOOSING, OTHER, TODAY
from r2com.core.instruments.questions.reading import path_to
from r2com.core.instruments.questions.shapes import PLACEHOLDER
from r2com.core.xlsform.carried import Left, NotCarried

from .enabling import clauses, enabled, value

TRANSLATION = "http://hl7.org/fhir/StructureDefinition/translation"
CONTROL = "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl"
CONTROLS = "http://hl7.org/fhir/questionnaire-item-control"
BORDER = "http://hl7.org/fhir/StructureDefinition/"
HASH = "urn:r2com:content-hash"
ITEM_TYPES = {
    "text": "string",
    "long_text": "text",
    "integer": "integer",
    "decimal": "decimal",
    "date": "date",
    "time": "time",
    "date_time": "dateTime",
    "one": "choice",
    "many": "choice",
    "acknowledge": "boolean",
    "note": "display",
}
OTHER_WORDS = {"en": "Other", "pt": "Outro"}
NO_PLACE = "FHIR has no place for it"


def write(definition: Mapping[str, Any], languages: Mapping[str, Any]) -> tuple[bytes, list[Left]]:
    """The file of a Questionnaire, and what could not be carried. Both must be free of faults."""
    made, left = questionnaire(definition, languages)
    return (json.dumps(made, ensure_ascii=False, indent=2) + "\n").encode(), left


def questionnaire(
    definition: Mapping[str, Any], languages: Mapping[str, Any]
) -> tuple[dict[str, Any], list[Left]]:
    """The Questionnaire (R4B) as JSON has it, and what could not be carried, by name."""
    making = _Making(asking(definition, languages))
    return making.whole(content_hash(definition)), making.left


class _Making:
    def __init__(self, form: Asking) -> None:
        self.file, self.languages, self.about = form.file, form.languages, form.about_languages
        self.left = [Left("", 0, what, "", why) for what, why in form.left]
        self.url = f"urn:uuid:{uuid5(NAMESPACE_URL, 'r2com:' + self.file['instrument'])}"
        self.groups = {one["id"]: one for one in self.file["groups"]}
        self.kinds = {one["id"]: one["kind"] for one in self.file["questions"]}
        self.systems = {one["id"]: self._system(one["choices"]) for one in self.file["questions"]}

    def whole(self, fingerprint: str) -> dict[str, Any]:
        subject = "Organization" if self.file["for"] == "organisation" else "Person"
        return {
            "resourceType": "Questionnaire",
            "language": self.file["language"],
            "url": self.url,
            "identifier": [{"system": HASH, "value": fingerprint}],
            "version": self.file["version"],
            "name": _name(self.file["instrument"]),
            **self._told("title", self.file["name"], "name"),
            "status": "draft",
            "experimental": True,
            "subjectType": [subject],
            **self._told("description", self.file["disclaimer"], "disclaimer"),
            **self._told("purpose", self.file["status"], "status"),
            "copyright": self.file["licence"],
            "item": [*self._disclaimer(), *self._inside("")],
        }

    def _disclaimer(self) -> Iterator[dict[str, Any]]:
        if self.file["disclaimer"]:
            told = self._told("text", self.file["disclaimer"], "disclaimer")
            yield {"linkId": "/disclaimer", "type": "display", **told}

    def _inside(self, home: str) -> list[dict[str, Any]]:
        """The items that stand directly in a group, in the order of asking."""
        found: dict[str, dict[str, Any]] = {}
        for question in self.file["questions"]:
            path = path_to(question["group"], self.groups)
            if question["group"] == home:
                found.update((item["linkId"], item) for item in self._question(question))
            elif home in ("", *path):
                group = self.groups[path[path.index(home) + 1] if home else path[0]]
                if not any(_is_for(item, group["id"]) for item in found.values()):
                    found.update((item["linkId"], item) for item in self._group(group))
        return list(found.values())

    def _group(self, group: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        inside = self._inside(group["id"])
        if not inside:
            self._leave("group", group["id"], "nothing that is carried stands in it")
            return
        item = {"linkId": group["id"], "type": "group", **self._text("groups", group, "title")}
        item |= {"repeats": True} if group["repeats"] else {}
        item["item"] = [*self._hint("groups", group), *inside]
        yield self._asked(item, group)

    def _question(self, question: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        kind, id = question["kind"], question["id"]
        if kind == "calculated":
            self._leave("value", id, NO_PLACE)
            return
        item = {"linkId": id, "type": ITEM_TYPES[kind], **self._text("questions", question, "label")}
        if question["kind"] != "note":
            item |= {"repeats": True} if kind == "many" else {}
            item |= {"readOnly": True} if question["read_only"] else {}
            item |= {"extension": borders} if (borders := self._borders(question)) else {}
            item |= {"answerOption": list(self._options(question))} if kind in CHOOSING else {}
            item |= self._initial(question)
        for key in ("required_message", "constraint_message"):
            if question[key]:
                self._leave(key, id, NO_PLACE)
        if question["offered_by"]:
            self._leave("offered_by", id, "FHIR offers every choice")
        if kind == "note" and question["hint"]:
            yield from self._hint("questions", question)
        elif hint := list(self._hint("questions", question)):
            item["item"] = hint
        yield self._asked(item, question)
        if question["other"]:
            yield self._other(question)

    def _asked(self, item: dict[str, Any], asked: Mapping[str, Any]) -> dict[str, Any]:
        """The item with its condition. What is always asked because its condition is lost may stay empty."""
        required = {"required": True} if asked.get("required") else {}
        if not asked["asked_if"]:
            return {**item, **required}
        try:
            return enabled({**item, **required}, clauses(asked["asked_if"], self.kinds, self.systems))
        except NotCarried as fault:
            self._leave("asked_if", asked["id"], f"{fault}; it is always asked and may stay empty")
            return item

    def _other(self, question: Mapping[str, Any]) -> dict[str, Any]:
        coding = {"system": self.systems[question["id"]], "code": OTHER}
        test = {"question": question["id"], "operator": "=", "answerCoding": coding}
        return {
            "linkId": f"{question['id']}_other",
            "type": "string",
            **self._something_else("text"),
            "enableWhen": [test],
        }

    def _options(self, question: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        begins = question["default"] if isinstance(question["default"], list) else [question["default"]]
        for choice in self.file["choices"][question["choices"]]:
            coding = {"system": self.systems[question["id"]], "code": choice["id"]}
            coding |= self._spoken("display", choice["label"], ("choices", question["choices"], choice["id"]))
            yield {"valueCoding": coding, **({"initialSelected": True} if choice["id"] in begins else {})}
        if question["other"]:
            coding = {"system": self.systems[question["id"]], "code": OTHER}
            yield {"valueCoding": {**coding, **self._something_else("display")}}

    def _something_else(self, key: str) -> dict[str, Any]:
        """What stands beside a choice that is none of those listed."""
        text = OTHER_WORDS.get(self.file["language"], OTHER_WORDS["en"])
        return _translated(key, text, {code: OTHER_WORDS.get(code, "") for code in self.languages})

    def _initial(self, question: Mapping[str, Any]) -> dict[str, Any]:
        default, kind = question["default"], question["kind"]
        if default is None or kind in CHOOSING:
            return {}
        if default == TODAY or kind == "date_time":
            self._leave("default", question["id"], "FHIR begins with a fixed value only")
            return {}
        said = float(default) if kind == "decimal" else default
        return {"initial": [value("value", self.kinds, self.systems, question["id"], said)]}

    def _borders(self, question: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The least and the most a number or day may be. Other constraints have no place."""
        constraint = question["constraint"]
        if not constraint:
            return []
        parts = constraint["all"] if list(constraint) == ["all"] else [constraint]
        try:
            return [self._border(question, part) for part in parts]
        except NotCarried as fault:
            self._leave("constraint", question["id"], str(fault))
            return []

    def _border(self, question: Mapping[str, Any], part: Mapping[str, Any]) -> dict[str, Any]:
        ((kind, body),) = part.items()
        id, of_kind = question["id"], question["kind"]
        steps = {"at_least": 0, "more": 1, "at_most": 0, "less": -1}
        if kind not in steps or body[0] != id or of_kind not in ("integer", "decimal", "date"):
            raise NotCarried(NO_PLACE)
        if steps[kind] and of_kind != "integer":
            raise NotCarried("FHIR knows a border only with itself")
        said = value("value", self.kinds, self.systems, id, body[1])
        if of_kind == "integer":
            said = {"valueInteger": said["valueInteger"] + steps[kind]}
        side = "minValue" if kind in ("at_least", "more") else "maxValue"
        return {"url": BORDER + side, **said}

    def _hint(self, kind: str, one: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        if one["hint"]:
            coding = {"coding": [{"system": CONTROLS, "code": "help"}]}
            control = [{"url": CONTROL, "valueCodeableConcept": coding}]
            text = self._text(kind, one, "hint")
            yield {"linkId": f"{one['id']}/hint", "type": "display", "extension": control, **text}

    def _text(self, kind: str, one: Mapping[str, Any], key: str) -> dict[str, Any]:
        if PLACEHOLDER.search(one[key]):
            self._leave(key, one["id"], "FHIR cannot put an answer into a text; it shows …")
        return self._spoken("text", one[key], (kind, one["id"], key))

    def _told(self, key: str, text: str, what: str) -> dict[str, Any]:
        """A text of the whole file with its translations."""
        return _translated(key, text, {code: file.get(what, "") for code, file in self.about.items()})

    def _spoken(self, key: str, text: str, path: tuple[str, ...]) -> dict[str, Any]:
        return _translated(key, text, {code: _follow(file, path) for code, file in self.languages.items()})

    def _system(self, choices: str) -> str:
        return f"{self.url}:{choices}"

    def _leave(self, what: str, name: str, why: str) -> None:
        self.left.append(Left("", 0, what, name, why))


def _translated(key: str, text: str, others: Mapping[str, str]) -> dict[str, Any]:
    """A text, and beside it what other languages say, as the standard extension has it."""
    if not text:
        return {}
    found = [
        {
            "url": TRANSLATION,
            "extension": [
                {"url": "lang", "valueCode": code},
                {"url": "content", "valueString": PLACEHOLDER.sub("…", said)},
            ],
        }
        for code, said in others.items()
        if said
    ]
    return {key: PLACEHOLDER.sub("…", text), **({f"_{key}": {"extension": found}} if found else {})}


def _follow(file: Mapping[str, Any], path: tuple[str, ...]) -> str:
    found: Any = file
    for step in path:
        found = found.get(step) if isinstance(found, Mapping) else None
    return found if isinstance(found, str) else ""


def _is_for(item: Mapping[str, Any], group: str) -> bool:
    """Whether an item is this group, or a group around it that carries its condition."""
    return bool(item["linkId"] == group or item["linkId"].startswith(f"{group}/if-"))


def _name(id: str) -> str:
    """A name for machines: a capital, then letters, figures and underscores."""
    made = re.sub(r"[^A-Za-z0-9]+", " ", id).title().replace(" ", "")
    return made if made[:1].isalpha() else f"Form{made}"
