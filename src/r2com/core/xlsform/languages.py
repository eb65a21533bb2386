"""Which column speaks which language: one is the form's own, the others are translations."""

from collections.abc import Iterable, Mapping

from .carried import Left
from .columns import TRANSLATED, Column, code
from .workbook import Row

UNKNOWN = "nobody knows this language; write it with its code, like Português (pt)"


class Languages:
    """The languages of a form. `main` is the code of its own one, `others` those of its translations."""

    def __init__(self, columns: Iterable[Column], default: str, left: list[Left]) -> None:
        spoken = [one for one in columns if one.key in TRANSLATED]
        names = list(dict.fromkeys(one.language for one in spoken))
        self.own = default if default in names else "" if "" in names else next(iter(names), "")
        self.is_named = bool(code(self.own) or code(default))
        self.main = code(self.own) or code(default) or "en"
        self.names: dict[str, str] = {}
        for name in names:
            if name in ("", self.own):
                continue
            language = code(name)
            if not language or language == self.main or language in self.names.values():
                left.append(Left("survey", 1, f"label::{name}", "a translation", UNKNOWN))
            else:
                self.names[name] = language

    @property
    def others(self) -> list[str]:
        return list(self.names.values())

    def text(self, row: Row, columns: Mapping[str, list[Column]], key: str) -> str:
        """What a row says in the form's own language; an unmarked column stands in."""
        said = {one.language: row.get(one.heading) for one in columns.get(key, ())}
        return said.get(self.own) or said.get("", "")

    def translations(self, row: Row, columns: Mapping[str, list[Column]], key: str) -> dict[str, str]:
        """What a row says in the other languages, by code."""
        said = {self.names.get(one.language, ""): row.get(one.heading) for one in columns.get(key, ())}
        return {language: text for language, text in said.items() if language and text}
