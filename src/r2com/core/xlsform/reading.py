"""From the sheets of a form to an instrument: everything that fits, and the rest by name."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from r2com.core.instruments import BadDefinition, Fault, faults, text_hashes
from r2com.core.refusals import Refused

from .carried import Left
from .choices import Lists
from .columns import Column, column
from .languages import Languages
from .survey import Survey
from .workbook import SHEETS, Row, Sheet, sheets

OURS = "r2com"
HEAD = {
    "status": "brought from an XLSForm; not reviewed here",
    "licence": "not stated",
    "sensitive": True,
}
SETTINGS = {"form_title", "form_id", "version", "default_language"}
NO_LANGUAGE = "none is named, so it is taken as English; else write it here, like Português (pt)"


@dataclass
class Brought:
    """A definition with its languages, and what was left out."""

    definition: dict[str, Any]
    languages: dict[str, dict[str, Any]]
    left: list[Left] = field(default_factory=list)


def read(data: bytes, file: str) -> Brought:
    """The instrument that a form describes.

    Raises Refused for what is no form, and BadDefinition with every fault, each with file, sheet and row.
    """
    found = sheets(data, file)
    if "survey" not in found:
        raise Refused(
            f"{file} has no sheet called survey. An XLSForm has the sheets survey, choices and settings."
        )
    brought = _Reading(found, file).brought()
    if wrong := faults(brought.definition, brought.languages):
        raise BadDefinition([Fault(f"{file}, {fault.address}", fault.advice) for fault in wrong])
    return brought


class _Reading:
    def __init__(self, found: dict[str, Sheet], file: str) -> None:
        self.found, self.file = found, file
        self.left: list[Left] = []
        self.settings = next(iter(_sheet(found, "settings").rows), Row(2, {}))
        self.said = {column(heading).key: text for heading, text in self.settings.cells.items()}
        self.ours = _about(_sheet(found, OURS), file)
        self.languages = Languages(self._columns(), self.said.get("default_language", ""), self.left)

    def brought(self) -> Brought:
        lists = Lists(_sheet(self.found, "choices"), self.file, self.languages, self.left)
        survey = Survey(_sheet(self.found, "survey"), self.file, self.languages, lists, self.left)
        wrong = [*lists.faults, *survey.cells.faults]
        if not wrong and not survey.questions:
            raise Refused(f"{self.file} asks nothing that can be carried. The sheet survey needs a question.")
        if wrong:
            raise BadDefinition(wrong)
        lists.tell_unused(survey.used_lists, survey.used_columns)
        self._tell_the_rest()
        definition = self._head()
        definition |= {"groups": survey.groups} if survey.groups else {}
        kept = lists.kept(survey.used_lists, survey.used_columns)
        definition |= {"choices": kept} if kept else {}
        definition["questions"] = survey.questions
        return Brought(
            definition, self._translations(definition, survey, lists), sorted(self.left, key=_place)
        )

    def _columns(self) -> list[Column]:
        return [
            column(heading) for name in ("survey", "choices") for heading in _sheet(self.found, name).columns
        ]

    def _head(self) -> dict[str, Any]:
        """What the file says about itself. Our own sheet goes before what is guessed."""
        title = self.said.get("form_title") or re.sub(r"\.xlsx?m?$", "", self.file, flags=re.IGNORECASE)
        named = {
            "instrument": _id(self.said.get("form_id") or title),
            "name": title,
            "version": self.said.get("version") or "1",
            **({} if self.languages.main == "en" else {"language": self.languages.main}),
        }
        return named | (self.ours.get("") or HEAD)

    def _translations(
        self, definition: dict[str, Any], survey: Survey, lists: Lists
    ) -> dict[str, dict[str, Any]]:
        """A language file for each further language, marked as made from the present wording."""
        found: dict[str, dict[str, Any]] = {}
        for language in self.languages.others:
            texts = survey.cells.translated.get(language, {}) | lists.translated(language, survey.used_lists)
            told = self.ours.get(language, {})
            if texts or told:
                found[language] = {"language": language, **told, **texts}
        if not self.ours and found and not faults(definition, {}):
            hashes = text_hashes(definition)
            for file in found.values():
                file["of_hash"] = {name: hashes[name] for name in _units(file)}
                file["review"] = "brought from an XLSForm; wants a reading"
        return found

    def _tell_the_rest(self) -> None:
        """Sheets and settings that have no place here."""
        for name, sheet in self.found.items():
            if name not in ("survey", "choices", "settings", OURS) and sheet.columns:
                self.left.append(
                    Left(name, 0, "", "the whole sheet", "only survey, choices and settings are read")
                )
        for name in SHEETS:
            self._tell_cells_under_nothing(_sheet(self.found, name))
        for row in _sheet(self.found, "settings").rows[1:]:
            self.left.append(Left("settings", row.number, "", "the whole row", "only the first row is read"))
        for heading, text in self.settings.cells.items():
            if column(heading).key not in SETTINGS:
                why = "this setting has no counterpart here"
                self.left.append(Left("settings", self.settings.number, heading, text[:80], why))
        if not self.languages.is_named and not self.ours:
            self.left.append(Left("settings", 0, "default_language", "the language of the form", NO_LANGUAGE))

    def _tell_cells_under_nothing(self, sheet: Sheet) -> None:
        for row in sheet.rows:
            for heading, text in row.cells.items():
                if heading not in sheet.columns:
                    self.left.append(
                        Left(sheet.name, row.number, heading, text[:80], "it stands under no heading")
                    )


def _units(file: Mapping[str, Any]) -> Iterator[str]:
    for kind in ("groups", "choices", "questions"):
        yield from (f"{kind}.{name}" for name in file.get(kind, ()))


def _sheet(found: Mapping[str, Sheet], name: str) -> Sheet:
    return found.get(name, Sheet(name, (), ()))


def _place(left: Left) -> tuple[int, str, int]:
    order = {"survey": 0, "choices": 1, "settings": 2}
    return order.get(left.sheet, 3), left.sheet, left.row


def _id(text: str) -> str:
    """A name for the instrument that an address can hold."""
    return re.sub(r"[^A-Za-z0-9_-]+", "-", text).strip("-_") or "form"


def _about(sheet: Sheet, file: str) -> dict[str, dict[str, Any]]:
    """What our own sheet says about the instrument, by language; empty for a form from elsewhere."""
    found: dict[str, dict[str, Any]] = {}
    for row in sheet.rows:
        what, language, value = (row.get(name) for name in ("what", "language", "value"))
        told = found.setdefault(language, {})
        if what.startswith("of_hash:"):
            told.setdefault("of_hash", {})[what.removeprefix("of_hash:")] = value
        elif what:
            told[what] = _json(value, f"{file}, sheet {sheet.name}, row {row.number}")
    return found


def _json(value: str, address: str) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        raise BadDefinition(
            [Fault(address, "Leave this sheet as it was written, or remove it whole.")]
        ) from None
