"""Which column is which field: said by somebody in a file or on a page, and checked before it is used."""

import json
import re
import unicodedata
from dataclasses import asdict, dataclass, field
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from r2com.content import read_json
from r2com.core.refusals import Refused

from .fields import ASKED_OF_ALL, FIELDS

ORDERS = ("DMY", "YMD", "MDY")


class BadMap(Refused):
    """What was said about the columns does not fit the list, or what we take."""


@dataclass(frozen=True)
class Map:
    """`columns` names for each field the headings it is read from; `values` translates the words of a field;
    `defaults` says what counts for everybody for whom the list says nothing; `dates` is the order of day,
    month and year; `although_here` names rows to take although somebody like this is here already.
    """

    columns: dict[str, list[str]]
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    defaults: dict[str, str] = field(default_factory=dict)
    dates: str = "DMY"
    although_here: list[int] = field(default_factory=list)
    sheet: str = ""

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    def must_fit(self, headings: list[str]) -> None:
        """Raises BadMap, naming the column and what to do."""
        known = {plain(heading) for heading in headings}
        if not self.columns.get("name"):
            raise BadMap(_("Say which column holds the name."))
        for name, columns in self.columns.items():
            for heading in columns:
                _must_be_one_of_ours(name, heading, known)
            if len(columns) > 1 and not FIELDS[name].joins:
                said = _("Only one column can be “%(field)s”.")
                raise BadMap(said % {"field": FIELDS[name].label})
        _must_be_used_once(self.columns)

    def missing(self) -> list[str]:
        """The fields that every case needs, and for which there is neither a column nor a word for all."""
        return [name for name in ASKED_OF_ALL if not self.columns.get(name) and not self.defaults.get(name)]

    def must_say_enough(self) -> None:
        if missing := self.missing():
            labels = ", ".join(f"“{FIELDS[name].label}”" for name in missing)
            said = _("Say which column holds these, or what counts for everybody: %(fields)s.")
            raise BadMap(said % {"fields": labels})

    def places(self, headings: list[str]) -> dict[str, list[int]]:
        """Where in a row each field is read from."""
        at = {plain(heading): place for place, heading in enumerate(headings)}
        return {
            name: [at[plain(one)] for one in columns] for name, columns in self.columns.items() if columns
        }

    def not_taken(self, headings: list[str]) -> list[str]:
        taken = {plain(one) for columns in self.columns.values() for one in columns}
        return [heading for heading in headings if plain(heading) not in taken]


def from_json(text: str) -> tuple[Map, dict[str, str]]:
    """The map in a file, and what else it says: `by` and `reason`. Raises BadMap."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise BadMap(_("The map is not JSON. See “Move your caseload in” for an example.")) from fault
    return from_dict(said), {name: str(said.get(name, "")) for name in ("by", "reason")}


def from_dict(said: Any) -> Map:
    """Raises BadMap for what is not said in the shape of a map."""
    known = {"columns", "values", "defaults", "dates", "although_here", "sheet", "by", "reason"}
    if not isinstance(said, dict) or set(said) - known:
        raise BadMap(_("A map says only: %(names)s.") % {"names": ", ".join(sorted(known))})
    columns = {name: _listed(one) for name, one in _named(said, "columns").items()}
    values = {name: _words(one) for name, one in _named(said, "values").items()}
    defaults = _words(_named(said, "defaults"))
    for name in (*columns, *values, *defaults):
        if name not in FIELDS:
            raise BadMap(_("There is no field “%(name)s”.") % {"name": str(name)[:60]})
    dates, rows = said.get("dates", "DMY"), said.get("although_here", [])
    if dates not in ORDERS:
        raise BadMap(_("Say the order of dates: DMY, YMD or MDY."))
    if not isinstance(rows, list) or not all(type(row) is int for row in rows):
        raise BadMap(_("“although_here” is a list of row numbers."))
    return Map(columns, values, defaults, dates, rows, str(said.get("sheet", "")))


def guess(headings: list[str]) -> dict[str, list[str]]:
    """For each field the columns whose headings say so, in English or Portuguese."""
    found: dict[str, list[str]] = {}
    for heading in headings:
        name = _guesses().get(plain(heading))
        if name and not is_never(heading) and (name not in found or FIELDS[name].joins):
            found.setdefault(name, []).append(heading)
    return found


def is_never(heading: str) -> bool:
    """Whether a column looks like something that we never record against anybody (field guide, 4.2)."""
    said = f" {plain(heading)} "
    return any(word in said for word in _never())


def plain(text: str) -> str:
    """Small letters without accents or signs, so that “Data Nasc.” is “data nasc”."""
    split = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in split if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[^\W_]+", bare)) or text


@cache
def _guesses() -> dict[str, str]:
    said = read_json("imports", "headings.json")["guesses"]
    return {plain(heading): name for name, headings in said.items() for heading in headings}


@cache
def _never() -> frozenset[str]:
    """Each as it would stand among other words; a star stands for whatever the word goes on with."""
    words = read_json("imports", "headings.json")["never"]
    return frozenset(f" {plain(word)}" + ("" if word.endswith("*") else " ") for word in words)


def _must_be_one_of_ours(name: str, heading: str, known: set[str]) -> None:
    if is_never(heading):
        said = _("The column “%(column)s” looks like something we never record. Leave it out of the map.")
        raise BadMap(said % {"column": heading})
    if plain(heading) not in known:
        said = _("There is no column “%(column)s” for “%(field)s” in this list.")
        raise BadMap(said % {"column": heading, "field": FIELDS[name].label})


def _must_be_used_once(columns: dict[str, list[str]]) -> None:
    seen: set[str] = set()
    for heading in (one for several in columns.values() for one in several):
        if plain(heading) in seen:
            raise BadMap(_("The column “%(column)s” stands in the map twice.") % {"column": heading})
        seen.add(plain(heading))


def _named(said: dict, name: str) -> dict:
    part = said.get(name, {})
    if not isinstance(part, dict):
        raise BadMap(_("“%(name)s” names fields, each with what is said about it.") % {"name": name})
    return part


def _listed(one: Any) -> list[str]:
    several = [one] if isinstance(one, str) else one
    if not isinstance(several, list) or not all(isinstance(heading, str) for heading in several):
        raise BadMap(_("Give each field the heading of its column, or a list of headings."))
    return several


def _words(said: Any) -> dict[str, str]:
    if not isinstance(said, dict) or not all(isinstance(word, str) for word in said.values()):
        raise BadMap(_("Give each word the words that stand for it here."))
    return said
