"""The survey sheet, row by row: groups, questions, conditions. A row knows only what was asked before it."""

from collections.abc import Mapping
from typing import Any

from r2com.core.instruments.questions.checking_conditions import Around, Known
from r2com.core.instruments.questions.definition import CHOOSING, OTHER
from r2com.core.instruments.questions.shapes import QUESTION_NAME

from . import expressions, rows
from .carried import Left, NotCarried
from .cells import NO, Cells
from .choices import Lists
from .languages import Languages
from .parsing import ALWAYS, parse
from .values import beginning, calculation, within
from .workbook import Row, Sheet

DISCLAIMER = "r2com_disclaimer"
YES = {"yes", "true", "true()", "1", "y", "sim", "oui", "si", "sí"}
APPEARANCE = "how a question looks is not part of it"


class Survey:
    """What the sheet asks. `cells` remembers rows that cannot be understood, and what does not fit."""

    def __init__(self, sheet: Sheet, file: str, languages: Languages, lists: Lists, left: list[Left]) -> None:
        self.cells, self.lists = Cells(sheet, file, languages, left), lists
        self.groups: list[dict[str, Any]] = []
        self.questions: list[dict[str, Any]] = []
        self.used_lists: set[str] = set()
        self.used_columns: set[str] = set()
        self._known: list[Known] = []
        self._names: set[str] = set()
        self._open: list[_Open] = []
        for row in sheet.rows:
            self._take(row)
        for group in self._open:
            self.cells.fault(
                group.row,
                "type",
                f"The {group.word} begins here, but nothing ends it; add a row end_{group.word}.",
            )

    def _take(self, row: Row) -> None:
        type, name = self.cells.cell(row, "type"), self.cells.cell(row, "name")
        if self.cells.cell(row, "disabled").lower() in YES:
            self.cells.leave(row, "disabled", name or type, "it is switched off in the sheet")
        elif not type:
            if name or self.cells.text(row, "label"):
                self.cells.fault(row, "type", "Say what kind of question this is, or remove the row.")
        elif found := rows.OPENS.fullmatch(type):
            self._begin(row, name, "repeat" if found[1].lower() == "repeat" else "group")
        elif found := rows.BEGINS_OTHERWISE.fullmatch(type):
            self.cells.leave(
                row, "type", f"{name or type} and what stands in it", f"there is no {found[1]} here"
            )
            self._open.append(_Open(row, found[1], "", left=True))
        elif rows.CLOSES.fullmatch(type) or rows.ENDS_OTHERWISE.fullmatch(type):
            self._end(row)
        elif any(group.left for group in self._open):
            self.cells.leave(row, "type", name or type, "what it stands in is not carried")
        elif not (type == "note" and name == DISCLAIMER):
            self._ask(row, type, name)

    def _begin(self, row: Row, name: str, word: str) -> None:
        name = name or f"group_{row.number}"
        hidden = any(group.left for group in self._open) or expressions.is_never(
            self.cells.cell(row, "relevant")
        )
        if not hidden:
            self._must_be_named(row, name)
        group: dict[str, Any] = {"id": name}
        if self._path:
            group["in"] = self._path[-1]
        around = self._around()
        group |= self.cells.texts_of(row, "groups", name, {"title": "label", "hint": "hint"}, around)
        group |= self._condition(row, "relevant", "asked_if", around)
        lost = bool(self.cells.cell(row, "relevant")) and "asked_if" not in group and not self._always(row)
        if word == "repeat":
            group["repeats"] = True
        for key in ("appearance", "repeat_count", "parameters"):
            if text := self.cells.cell(row, key):
                self.cells.leave(
                    row,
                    key,
                    text,
                    APPEARANCE if key == "appearance" else "how often is said while filling in",
                )
        if hidden:
            self.cells.leave(row, "relevant", f"{name} and what stands in it", "it is never asked")
        else:
            self.groups.append(group)
        self._open.append(_Open(row, word, name, left=hidden, lost=lost))

    def _end(self, row: Row) -> None:
        if not self._open:
            self.cells.fault(
                row, "type", "This ends a group that never began; remove the row, or add its beginning."
            )
            return
        closed = self._open.pop()
        if not closed.left and not any(self._stands_in(one, closed.name) for one in self.questions):
            inside = {closed.name}
            for group in self.groups:
                inside |= {group["id"]} if group.get("in") in inside else set()
            self.groups = [group for group in self.groups if group["id"] not in inside]
            self.cells.leave(closed.row, "type", closed.name, "nothing that is carried stands in it")

    def _stands_in(self, question: Mapping[str, Any], name: str) -> bool:
        homes = {group["id"]: group.get("in", "") for group in self.groups}
        home = question.get("group", "")
        while home and home != name:
            home = homes.get(home, "")
        return bool(home)

    def _ask(self, row: Row, type: str, name: str) -> None:
        asks = rows.asks(type)
        if asks is None:
            self.cells.fault(row, "type", f"There is no type {type}; see xlsform.org for those there are.")
        elif asks.why_not:
            self.cells.leave(row, "type", f"{name or type} ({type})", asks.why_not)
        elif expressions.is_never(self.cells.cell(row, "relevant")):
            self.cells.leave(row, "relevant", name, "it is never asked")
        elif self._must_be_named(row, name) and self._must_have_list(row, asks):
            self._add(row, name, asks)

    def _add(self, row: Row, name: str, asks: rows.Asks) -> None:
        around = self._around()
        question: dict[str, Any] = {"id": name, "kind": self._kind(row, asks)}
        if question["kind"] == "calculated":
            try:
                question["value"] = calculation(self.cells.cell(row, "calculation"), around)
            except NotCarried as fault:
                self.cells.leave(row, "calculation", name, str(fault))
                return
        if self._path:
            question["group"] = self._path[-1]
        question |= self._words(row, question, around)
        if asks.choices:
            question["choices"] = asks.choices
            self.used_lists.add(asks.choices)
            question |= {"other": True} if asks.other else {}
            question |= self._narrowed(row, around)
        here = Known(name, question["kind"], self._ids(asks), tuple(self._path))
        question |= self._rules(row, question, around, here)
        self.questions.append(question)
        if question["kind"] != "note":
            self._known.append(here)

    def _kind(self, row: Row, asks: rows.Asks) -> str:
        """The kind of a question; how it looks tells a long text from a short one."""
        looks = self.cells.cell(row, "appearance").split()
        if asks.kind == "text" and "multiline" in looks:
            looks.remove("multiline")
            asks = rows.Asks("long_text")
        if asks.kind == "decimal" and within(self.cells.cell(row, "parameters")).is_whole:
            asks = rows.Asks("integer")
        if looks:
            self.cells.leave(row, "appearance", " ".join(looks), APPEARANCE)
        return asks.kind

    def _words(self, row: Row, question: Mapping[str, Any], around: Around) -> dict[str, Any]:
        keys = {"label": "label", "hint": "hint"}
        if question["kind"] not in ("note", "calculated"):
            keys |= {key: key for key in ("required_message", "constraint_message")}
        found = self.cells.texts_of(row, "questions", question["id"], keys, around)
        if "label" not in found and question["kind"] != "calculated":
            self.cells.leave(
                row, "label", question["id"], "it has no words, so its name stands there instead"
            )
            found = {"label": question["id"], **found}
        return found

    def _rules(self, row: Row, question: Mapping[str, Any], around: Around, here: Known) -> dict[str, Any]:
        """Condition, constraint, whether it must be answered, and what it begins with."""
        found = self._condition(row, "relevant", "asked_if", around)
        if question["kind"] == "note" or question["kind"] == "calculated":
            self.cells.tell(
                row, "required", "readonly", "constraint", "default", why="nobody answers this row"
            )
            return found
        lost = bool(self.cells.cell(row, "relevant")) and not found and not self._always(row)
        found |= self._required(row, lost or any(group.lost for group in self._open))
        if self.cells.cell(row, "readonly").lower() in YES:
            found["read_only"] = True
        itself = Around({**around.known, here.id: here})
        found |= self._condition(row, "constraint", "constraint", itself, here.id)
        found |= self._range(row, here, found)
        self.cells.tell(row, "calculation", why="what somebody answers is not worked out for them")
        try:
            found |= beginning(self.cells.cell(row, "default"), here)
        except NotCarried as fault:
            self.cells.leave(row, "default", self.cells.cell(row, "default"), str(fault))
        return found

    def _required(self, row: Row, lost: bool) -> dict[str, Any]:
        said = self.cells.cell(row, "required").lower()
        if said in YES and lost:
            why = "its condition is not carried, so it is always asked and may stay empty"
            self.cells.leave(row, "required", self.cells.cell(row, "name"), why)
        elif said in YES:
            return {"required": True}
        elif said not in NO:
            self.cells.leave(
                row, "required", said, "something is owed always or never; a condition stands in relevant"
            )
        return {}

    def _range(self, row: Row, here: Known, found: Mapping[str, Any]) -> dict[str, Any]:
        """The two ends of a range as a constraint."""
        given = self.cells.cell(row, "parameters")
        ends = within(given)
        if given and not (ends.conditions(here.id) and here.kind in ("integer", "decimal")):
            self.cells.leave(row, "parameters", given, APPEARANCE)
            return {}
        if not given or "constraint" in found:
            return {}
        return {"constraint": {"all": ends.conditions(here.id)}}

    def _always(self, row: Row) -> bool:
        try:
            return parse(self.cells.cell(row, "relevant")) == ALWAYS
        except NotCarried:
            return False

    def _condition(self, row: Row, key: str, called: str, around: Around, own: str = "") -> dict[str, Any]:
        said = self.cells.cell(row, key)
        if not said:
            return {}
        try:
            condition = expressions.condition(said, around, own)
        except NotCarried as fault:
            self.cells.leave(row, key, said, str(fault))
            return {}
        return {called: condition} if condition else {}

    def _narrowed(self, row: Row, around: Around) -> dict[str, Any]:
        said = self.cells.cell(row, "choice_filter")
        if not said:
            return {}
        try:
            columns = expressions.column_filter(said)
        except NotCarried as fault:
            self.cells.leave(row, "choice_filter", said, str(fault))
            return {}
        missing = [name for name in columns if name not in self.lists.further.values()]
        unknown = [one for one in columns.values() if one not in around.known]
        if missing or unknown:
            what = (
                f"there is no column {missing[0]}"
                if missing
                else f"{unknown[0]} is not carried, or comes later"
            )
            self.cells.leave(row, "choice_filter", said, what)
            return {}
        self.used_columns |= set(columns)
        return {"offered_by": columns}

    def _must_be_named(self, row: Row, name: str) -> bool:
        if not QUESTION_NAME.fullmatch(name):
            advice = "Give the row a name that begins with a letter and has no spaces, like own_words."
            return self.cells.fault(row, "name", advice)
        if name in self._names:
            return self.cells.fault(row, "name", f"{name} stands here twice; rename one.")
        self._names |= {name}
        return True

    def _must_have_list(self, row: Row, asks: rows.Asks) -> bool:
        if asks.other:
            self._names |= {f"{self.cells.cell(row, 'name')}_other"}
        if not asks.choices:
            return True
        if asks.choices not in self.lists.found:
            advice = f"The sheet choices has no list {asks.choices}; add it, or correct the name."
            return self.cells.fault(row, "type", advice)
        if asks.kind == "many" and any(" " in one for one in self._ids(asks)):
            advice = f"In the list {asks.choices}, write names without spaces: several may be chosen here."
            return self.cells.fault(row, "type", advice)
        return True

    def _ids(self, asks: rows.Asks) -> tuple[str, ...]:
        if asks.kind not in CHOOSING:
            return ()
        listed = [choice["id"] for choice in self.lists.found.get(asks.choices, ())]
        return (*listed, *([OTHER] if asks.other else []))

    @property
    def _path(self) -> list[str]:
        return [group.name for group in self._open]

    def _around(self) -> Around:
        """What was asked before and has one answer here."""
        path = self._path
        repeats = {group["id"] for group in self.groups if group.get("repeats")}
        seen = [one for one in self._known if not (set(one.path) & repeats) - set(path)]
        return Around({one.id: one for one in seen})


class _Open:
    """A group that has begun. With `left`, nothing in it is carried; with `lost`, its condition is not."""

    def __init__(self, row: Row, word: str, name: str, *, left: bool, lost: bool = False) -> None:
        self.row, self.word, self.name, self.left, self.lost = row, word, name, left, lost
