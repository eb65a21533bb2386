"""From an instrument to the sheets of a form that Kobo and ODK take."""

import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import openpyxl

from r2com.core.instruments.as_questions import Asking, asking
from r2com.core.instruments.questions.definition import TODAY
from r2com.core.instruments.questions.reading import path_to
from r2com.core.refusals import Refused

from .carried import Left, NotCarried
from .columns import heading
from .reading import OURS
from .saying import quoted, shown, written
from .survey import DISCLAIMER
from .values import WORKED_OUT

TYPES = {
    "text": "text",
    "long_text": "text",
    "integer": "integer",
    "decimal": "decimal",
    "date": "date",
    "time": "time",
    "date_time": "dateTime",
    "one": "select_one",
    "many": "select_multiple",
    "acknowledge": "acknowledge",
    "note": "note",
    "calculated": "calculate",
}
PLAIN_COLUMNS = (
    *("type", "name", "relevant", "constraint", "required", "readonly", "default", "calculation"),
    *("choice_filter", "appearance"),
)
SPOKEN = ("label", "hint", "required_message", "constraint_message")
LONGEST_CELL = 32_767
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
Table = list[dict[str, Any]]


def write(definition: Mapping[str, Any], languages: Mapping[str, Any]) -> tuple[bytes, list[Left]]:
    """The form as a workbook, and what could not be carried. Both must be free of faults."""
    form = _Writing(asking(definition, languages))
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in form.tables().items():
        _fill(book.create_sheet(name), rows, name)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue(), form.left


def _fill(sheet: Any, rows: Table, name: str) -> None:
    """Write a table, every cell as the text it is: nothing that begins like a formula becomes one."""
    columns = list(dict.fromkeys(key for row in rows for key in row))
    for number, values in enumerate([dict(zip(columns, columns, strict=True)), *rows], 1):
        for place, key in enumerate(columns, 1):
            text = UNPRINTABLE.sub(" ", str(values.get(key, "")))
            if len(text) > LONGEST_CELL:
                raise Refused(f"Sheet {name}, row {number}: a text is longer than a cell can be. Shorten it.")
            if text:
                cell = sheet.cell(number, place, text)
                cell.data_type = "s"
    sheet.freeze_panes = "A2"


@dataclass
class _Writing:
    asking: Asking
    left: list[Left] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.file, self.languages = self.asking.file, self.asking.languages
        self.kinds = {one["id"]: one["kind"] for one in self.file["questions"]}
        self.groups = {one["id"]: one for one in self.file["groups"]}
        self.left.extend(Left("", 0, what, "", why) for what, why in self.asking.left)

    def tables(self) -> dict[str, Table]:
        survey = [*self._disclaimer(), *self._survey()]
        tables = {"survey": survey, "choices": list(self._choices()), "settings": [self._settings()]}
        return {name: rows for name, rows in {**tables, OURS: list(self._about())}.items() if rows}

    def _settings(self) -> dict[str, str]:
        return {
            "form_title": self.file["name"],
            "form_id": self.file["instrument"],
            "version": self.file["version"],
            "default_language": heading(self.file["language"]),
        }

    def _about(self) -> Iterator[dict[str, str]]:
        """What only an instrument has: whom it is for, what it is not, what a translation was made from."""
        for language, said in (("", self.asking.about), *self.asking.about_languages.items()):
            for what, value in said.items():
                if what == "of_hash":
                    for unit, mark in value.items():
                        yield {"what": f"of_hash:{unit}", "language": language, "value": mark}
                else:
                    told = json.dumps(value, ensure_ascii=False)
                    yield {"what": what, "language": language, "value": told}

    def _disclaimer(self) -> Table:
        """What the instrument is not, for everybody who fills it in elsewhere."""
        own = {"": self.file["disclaimer"] or ""} | {
            code: file.get("disclaimer", "") for code, file in self.asking.about_languages.items()
        }
        if not own[""]:
            return []
        row = {"type": "note", "name": DISCLAIMER}
        for code, text in own.items():
            row |= {self._spoken("label", code): text} if text else {}
        return [row]

    def _survey(self) -> Iterator[dict[str, str]]:
        before: list[str] = []
        for question in self.file["questions"]:
            path = path_to(question["group"], self.groups)
            shared = _shared(before, path)
            yield from (self._end(group) for group in reversed(before[shared:]))
            yield from (self._begin(self.groups[group]) for group in path[shared:])
            yield self._question(question)
            before = path
        yield from (self._end(group) for group in reversed(before))

    def _begin(self, group: Mapping[str, Any]) -> dict[str, str]:
        word = "repeat" if group["repeats"] else "group"
        row = {"type": f"begin_{word}", "name": group["id"]}
        row |= self._texts("groups", group, {"title": "label", "hint": "hint"})
        return row | self._condition(group, "asked_if", "relevant")

    def _end(self, group: str) -> dict[str, str]:
        return {"type": "end_repeat" if self.groups[group]["repeats"] else "end_group"}

    def _question(self, question: Mapping[str, Any]) -> dict[str, str]:
        kind = question["kind"]
        row = {"type": TYPES[kind], "name": question["id"]}
        if question["choices"]:
            row["type"] += f" {question['choices']}" + (" or_other" if question["other"] else "")
        row |= self._texts("questions", question, {key: key for key in SPOKEN})
        row |= self._condition(question, "asked_if", "relevant")
        row |= self._condition(question, "constraint", "constraint", question["id"])
        row |= {"required": "yes"} if question["required"] else {}
        row |= {"readonly": "yes"} if question["read_only"] else {}
        row |= {"appearance": "multiline"} if kind == "long_text" else {}
        row |= self._default(question)
        if kind == "calculated":
            row["calculation"] = self._value(question["value"])
        return row | self._narrowed(question)

    def _narrowed(self, question: Mapping[str, Any]) -> dict[str, str]:
        """Which choices are offered. XLSForm takes no list that is narrowed and has “other”."""
        if not question["offered_by"]:
            return {}
        if question["other"]:
            why = "a list with “other” cannot be narrowed there; every choice is offered"
            self.left.append(Left("survey", 0, "choice_filter", question["id"], why))
            return {}
        return {"choice_filter": " and ".join(self._filter(*one) for one in question["offered_by"].items())}

    def _choices(self) -> Iterator[dict[str, str]]:
        for name, listed in self.file["choices"].items():
            for choice in listed:
                row = {"list_name": name, "name": choice["id"], self._spoken("label", ""): choice["label"]}
                for code, file in self.languages.items():
                    if text := file.get("choices", {}).get(name, {}).get(choice["id"], ""):
                        row[self._spoken("label", code)] = text
                yield row | choice["keys"]

    def _texts(self, kind: str, one: Mapping[str, Any], keys: Mapping[str, str]) -> dict[str, str]:
        row: dict[str, str] = {}
        for ours, theirs in keys.items():
            row |= {self._spoken(theirs, ""): one[ours]} if one[ours] else {}
            for code, file in self.languages.items():
                text = file.get(kind, {}).get(one["id"], {}).get(ours, "")
                row |= {self._spoken(theirs, code): text} if text else {}
        return row

    def _spoken(self, key: str, code: str) -> str:
        return f"{key}::{heading(code or self.file['language'])}"

    def _condition(self, one: Mapping[str, Any], key: str, column: str, own: str = "") -> dict[str, str]:
        if not one[key]:
            return {}
        try:
            return {column: written(one[key], self.kinds, own)}
        except NotCarried as fault:
            self.left.append(Left("survey", 0, column, one["id"], str(fault)))
            return {}

    def _default(self, question: Mapping[str, Any]) -> dict[str, str]:
        default, kind = question["default"], question["kind"]
        if default is None:
            return {}
        if kind == "acknowledge":
            return {"default": "OK"}
        if kind == "date" and default == TODAY:
            return {"default": "today()"}
        text = " ".join(default) if isinstance(default, list) else str(default)
        if WORKED_OUT.search(text):
            why = "a form would take it for something to work out"
            self.left.append(Left("survey", 0, "default", question["id"], why))
            return {}
        return {"default": text} if text else {}

    def _value(self, value: Any) -> str:
        if isinstance(value, Mapping):
            return f"${{{value['answer']}}}"
        if value == TODAY:
            return "today()"
        return quoted(value) if isinstance(value, str) else shown(value)

    def _filter(self, column: str, question: str) -> str:
        asked = f"${{{question}}}"
        return f"selected({asked}, {column})" if self.kinds[question] == "many" else f"{column} = {asked}"


def _shared(one: list[str], other: list[str]) -> int:
    """How many groups two paths begin with together."""
    pairs = zip(one, other, strict=False)
    return next((place for place, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
