"""From a row of a list to somebody at the door, or to what is wrong with the row."""

import unicodedata
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from r2com.accounts.models import User
from r2com.cases.actions import Arrival, Newcomer, NotAdmissible, must_be_admissible
from r2com.core.refusals import Refused

from .fields import FIELDS, PROFILE, Holds
from .house import House, day, meant
from .mapping import Map
from .outcomes import Outcome, Why
from .tables import Line

Faults = list[tuple[str, str]]


@dataclass(frozen=True)
class Arriving(Newcomer):
    """Somebody at the door, with the rest of the profile."""

    other_names: str = ""
    phone: str = ""
    interpreter: str = ""
    access_needs: str = ""
    matters: str = ""
    works: str = ""


@dataclass(frozen=True)
class Entry:
    """One row, understood: what the door is asked, and who works with the person."""

    number: int
    newcomer: Arriving
    arrival: Arrival
    worker: User | None = None
    deputy: User | None = None
    notes: str = ""


@dataclass(frozen=True)
class Verdict:
    """What becomes of a row. `faults` are pairs of a field and why; `entry` is what was understood."""

    number: int
    outcome: Outcome
    faults: Faults = field(default_factory=list)
    entry: Entry | None = None


class Reader:
    """Reads the rows of one list with one map, for one team, on one day."""

    def __init__(self, house: House, map: Map, headings: list[str], on: date):
        map.must_fit(headings)
        map.must_say_enough()
        self.house, self.map, self.on = house, map, on
        self.places = map.places(headings)
        self.meaning = lru_cache(4096)(self._meaning)

    def read(self, line: Line) -> Verdict:
        """Whether the row can be understood, and whether the programme is for this person."""
        said, faults = self._understood(line)
        if faults:
            return Verdict(line.number, Outcome.UNREADABLE, faults)
        entry = self._entry(line.number, said)
        try:
            must_be_admissible(entry.newcomer.born, entry.arrival, on=self.on)
        except NotAdmissible as refusal:
            return Verdict(line.number, Outcome.REFUSED, [(_about(refusal.why), refusal.why)], entry)
        except Refused:
            return Verdict(line.number, Outcome.REFUSED, [("", Why.RULE)], entry)
        return Verdict(line.number, Outcome.TAKEN, [], entry)

    def words(self, line: Line, name: str) -> str:
        """What stands in the row for a field; its columns together where there are several."""
        cells = [line.cells[at] for at in self.places.get(name, []) if at < len(line.cells)]
        return FIELDS[name].joins.join(cell for cell in cells if cell)

    def _understood(self, line: Line) -> tuple[dict[str, Any], Faults]:
        said: dict[str, Any] = {}
        faults: Faults = []
        for name in FIELDS:
            words = self.words(line, name) or self.map.defaults.get(name, "")
            said[name], why = self._value(name, words)
            if why:
                faults.append((name, why))
        if said["worker"] and said["worker"] == said["deputy"]:
            faults.append(("deputy", Why.TWO_PARTS))
        return said, faults

    def _value(self, name: str, words: str) -> tuple[Any, str]:
        """What the words of one field stand for, or why they cannot be taken."""
        about = FIELDS[name]
        if why := _faulty(words, about):
            return None, why
        match about.holds:
            case Holds.SHORT | Holds.LONG:
                return words, Why.MISSING if name == "name" and not words else ""
            case Holds.DAY:
                found = day(words, self.map.dates) if words else None
                return found, Why.NOT_A_DAY if words and found is None else ""
            case Holds.WORKER:
                user = self.house.workers.get(words.casefold())
                return user, Why.NOBODY if words and user is None else ""
            case Holds.TEAM:
                ours = self.house.team.name.casefold()
                return None, Why.OTHER_TEAM if words and words.casefold() != ours else ""
        return self._chosen(name, words)

    def _chosen(self, name: str, words: str) -> tuple[Any, str]:
        if not words:
            return None, Why.MISSING
        found = self.meaning(name, words)
        return found, Why.UNKNOWN_WORDS if found is None else ""

    def _meaning(self, name: str, words: str) -> Any:
        return meant(name, words, self.map.values, self.house)

    def _entry(self, number: int, said: dict[str, Any]) -> Entry:
        profile = {name: said[name] for name in PROFILE}
        newcomer = Arriving(born=said["born"], language=said["language"], **profile)
        asked = {name: said[name] for name in ("referred_by", "told", "asked", "basis", "takes_up")}
        arrival = Arrival(
            team=self.house.team,
            release_on=said["release_on"],
            referrer=said["referrer"],
            asked_words=said["asked_words"],
            **asked,
        )
        return Entry(number, newcomer, arrival, said["worker"], said["deputy"], said["notes"])


def _faulty(words: str, about) -> str:
    """What is wrong with the words themselves. A formula in long words is text; elsewhere a slip."""
    if len(words) > about.longest:
        return Why.TOO_LONG
    if any(unicodedata.category(sign) in ("Cc", "Cs") and sign not in "\n\r\t" for sign in words):
        return Why.STRANGE
    if about.holds != Holds.LONG and words.startswith("=") and len(words) > 1:
        return Why.FORMULA
    return ""


def _about(why: str) -> str:
    """Which field a refusal at the door is about."""
    of_born, of_release = (Why.NO_BIRTHDAY, Why.UNDER_AGE), (Why.NO_RELEASE, Why.TOO_EARLY)
    return "born" if why in of_born else "release_on" if why in of_release else "takes_up"
