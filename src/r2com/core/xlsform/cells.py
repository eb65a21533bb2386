"""The cells of the survey sheet: what a row says, in which language, and what is said about it."""

from collections.abc import Mapping
from typing import Any

from r2com.core.instruments import Fault
from r2com.core.instruments.questions.checking_conditions import Around
from r2com.core.instruments.questions.shapes import PLACEHOLDER, placeholders

from .carried import Left
from .columns import TRANSLATED, by_key, column
from .languages import Languages
from .workbook import Row, Sheet

READ = {
    *TRANSLATED,
    *("type", "name", "relevant", "constraint", "required", "readonly", "default", "calculation"),
    *("choice_filter", "appearance", "parameters", "repeat_count", "disabled"),
}
NO = {"", "no", "false", "false()", "0", "n", "não", "non"}
LATER = "it speaks of an answer that is not known here"


class Cells:
    """Reads cells, and remembers faults, translations, and what was left out."""

    def __init__(self, sheet: Sheet, file: str, languages: Languages, left: list[Left]) -> None:
        self.file, self.languages, self.left = file, languages, left
        self.columns = by_key(tuple(column(heading) for heading in sheet.columns))
        self.faults: list[Fault] = []
        self.translated: dict[str, dict[str, dict[str, dict[str, str]]]] = {}
        for heading in sheet.columns:
            if column(heading).key not in READ:
                why = "this column has no counterpart here"
                self.left.append(Left("survey", 1, heading, "the whole column", why))

    def texts_of(
        self, row: Row, kind: str, id: str, keys: Mapping[str, str], around: Around
    ) -> dict[str, Any]:
        """The texts of a row in the form's own language; the translations are laid aside."""
        found = {}
        for ours, theirs in keys.items():
            if text := self.text(row, theirs):
                found[ours] = self.speaking(row, theirs, text, around)
            for language, text in self.languages.translations(row, self.columns, theirs).items():
                texts = self.translated.setdefault(language, {}).setdefault(kind, {}).setdefault(id, {})
                texts[ours] = self.speaking(row, theirs, text, around)
        return found

    def speaking(self, row: Row, key: str, text: str, around: Around) -> str:
        """A text in which only answers are named that are known where it stands."""
        unknown = [name for name in placeholders(text) if name not in around.known]
        for name in unknown:
            self.leave(row, key, f"${{{name}}}", LATER)
        return PLACEHOLDER.sub(lambda found: "…" if found[1] in unknown else f"${{{found[1]}}}", text)

    def tell(self, row: Row, *keys: str, why: str) -> None:
        for key in keys:
            if (text := self.cell(row, key)) and text.lower() not in NO:
                self.leave(row, key, text, why)

    def cell(self, row: Row, key: str) -> str:
        return next((row.get(one.heading) for one in self.columns.get(key, ()) if row.get(one.heading)), "")

    def text(self, row: Row, key: str) -> str:
        return self.languages.text(row, self.columns, key)

    def leave(self, row: Row, key: str, what: str, why: str) -> None:
        self.left.append(Left("survey", row.number, key, what[:120], why))

    def fault(self, row: Row, key: str, advice: str) -> bool:
        self.faults.append(Fault(f"{self.file}, sheet survey, row {row.number}, column {key}", advice))
        return False
