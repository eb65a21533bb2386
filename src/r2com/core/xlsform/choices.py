"""The choices sheet: lists by name, each choice with its words and further columns."""

from collections.abc import Iterator
from typing import Any

from r2com.core.instruments import Fault
from r2com.core.instruments.questions.shapes import CHOICE_NAME, COLUMN

from .carried import Left
from .columns import by_key, column
from .languages import Languages
from .workbook import Row, Sheet

KNOWN = {"list_name", "name", "value", "label"}


class Lists:
    """Every list of the form. What is wrong is in `faults`."""

    def __init__(self, sheet: Sheet, file: str, languages: Languages, left: list[Left]) -> None:
        self.sheet, self.file, self.languages, self.left = sheet, file, languages, left
        self.columns = by_key(tuple(column(heading) for heading in sheet.columns))
        self.further = {one.heading: one.key for one in map(column, sheet.columns) if one.key not in KNOWN}
        self.found: dict[str, list[dict[str, Any]]] = {}
        self.faults: list[Fault] = []
        self._texts: dict[str, dict[str, dict[str, str]]] = {}
        for row in sheet.rows:
            self._take(row)

    def kept(self, used: set[str], columns: set[str]) -> dict[str, list[dict[str, Any]]]:
        """The lists that questions use, with the columns that narrow them."""
        return {
            name: [_with_keys(choice, columns) for choice in listed]
            for name, listed in self.found.items()
            if name in used
        }

    def translated(self, language: str, used: set[str]) -> dict[str, Any]:
        found = {name: texts for name, texts in self._texts.get(language, {}).items() if name in used}
        return {"choices": found} if found else {}

    def tell_unused(self, used: set[str], columns: set[str]) -> None:
        for name in self.found:
            if name not in used:
                self.left.append(
                    Left("choices", 0, "list_name", name, "no question that is carried uses this list")
                )
        for heading, key in self.further.items():
            if key not in columns:
                why = "only words, and columns that narrow a list, are carried"
                self.left.append(Left("choices", 1, heading, "the whole column", why))

    def _take(self, row: Row) -> None:
        name = self._one(row, "list_name")
        choice = self._one(row, "name") or self._one(row, "value")
        if not name and not choice:
            self.left.append(
                Left("choices", row.number, "", "a row without list_name and name", "it names nothing")
            )
            return
        wrong = list(self._wrong(name, choice, row))
        self.faults.extend(wrong)
        if wrong:
            return
        label = self.languages.text(row, self.columns, "label")
        if not label:
            why = "it has no words, so its name stands there instead"
            self.left.append(Left("choices", row.number, "label", choice, why))
        keys = {key: row.get(heading) for heading, key in self.further.items() if row.get(heading)}
        self.found.setdefault(name, []).append({"id": choice, "label": label or choice, "keys": keys})
        for language, text in self.languages.translations(row, self.columns, "label").items():
            self._texts.setdefault(language, {}).setdefault(name, {})[choice] = text

    def _wrong(self, name: str, choice: str, row: Row) -> Iterator[Fault]:
        if not COLUMN.fullmatch(name) or not name:
            yield self._fault(row, "list_name", "Give the list a name of letters, figures and underscores.")
        if not CHOICE_NAME.fullmatch(choice):
            yield self._fault(row, "name", "Give the choice a short name without quotation marks.")
        if any(one["id"] == choice for one in self.found.get(name, ())):
            yield self._fault(row, "name", f"{choice} stands twice in the list {name}; rename or remove one.")

    def _one(self, row: Row, key: str) -> str:
        return next((row.get(one.heading) for one in self.columns.get(key, ()) if row.get(one.heading)), "")

    def _fault(self, row: Row, heading: str, advice: str) -> Fault:
        return Fault(f"{self.file}, sheet choices, row {row.number}, column {heading}", advice)


def _with_keys(choice: dict[str, Any], columns: set[str]) -> dict[str, Any]:
    keys = {key: text for key, text in choice["keys"].items() if key in columns}
    return {"id": choice["id"], "label": choice["label"], **({"keys": keys} if keys else {})}
