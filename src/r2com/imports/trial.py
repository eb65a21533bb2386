"""What would happen: every row judged, and nothing written."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

from r2com.accounts.models import User
from r2com.people import search
from r2com.vault import blind

from .convert import Entry, Reader, Verdict
from .fields import FIELDS
from .house import chosen_fields
from .outcomes import Outcome, Why
from .tables import Line

AT_ONCE = 500
MOST_WORDS = 200


@dataclass
class Tally:
    """How many rows became what, those that are not taken, and words that nobody has explained yet."""

    counts: Counter = field(default_factory=Counter)
    others: list[Verdict] = field(default_factory=list)
    words: dict[str, list[str]] = field(default_factory=dict)

    def note(self, verdict: Verdict, most: int | None) -> None:
        self.counts[verdict.outcome] += 1
        if verdict.outcome != Outcome.TAKEN and (most is None or len(self.others) < most):
            self.others.append(verdict)


def judged(lines: Iterable[Line], reader: Reader, *, to: User) -> Iterator[Verdict]:
    """What would become of each row, with a few queries for every 500 of them."""
    lines, seen = iter(lines), set()
    while some := list(islice(lines, AT_ONCE)):
        for verdict in with_known([reader.read(line) for line in some], reader, to=to):
            key = _key(verdict.entry) if verdict.outcome == Outcome.TAKEN else None
            is_again = key in seen and verdict.number not in reader.map.although_here
            if key is not None:
                seen.add(key)
            yield _here(verdict, Why.TWICE) if is_again else verdict


def with_known(verdicts: list[Verdict], reader: Reader, *, to: User) -> list[Verdict]:
    """The same, with those who are here already found and left where they are."""
    taken = [one for one in verdicts if one.outcome == Outcome.TAKEN]
    asked = [(one.entry.newcomer.name, one.entry.newcomer.born) for one in taken]
    organisation = reader.house.team.organisation
    found = search.already_here(organisation, asked, to=to) if asked else {}
    return [
        _here(one, Why.HERE)
        if one.outcome == Outcome.TAKEN
        and _spelt(one.entry) in found
        and one.number not in reader.map.although_here
        else one
        for one in verdicts
    ]


def tally(lines: Iterable[Line], reader: Reader, *, to: User, most: int | None = None) -> Tally:
    """Everything that would happen, at most so many rows of it one by one."""
    said = Tally()
    for verdict in judged(_listening(lines, reader, said), reader, to=to):
        said.note(verdict, most)
    return said


def _listening(lines: Iterable[Line], reader: Reader, said: Tally) -> Iterator[Line]:
    """The same lines, while words that are on no list are written down."""
    for line in lines:
        for name in chosen_fields():
            words, known = reader.words(line, name), said.words.setdefault(name, [])
            is_new = words and words not in known and len(known) < MOST_WORDS
            if is_new and len(words) <= FIELDS[name].longest and reader.meaning(name, words) is None:
                known.append(words)
        yield line


def _here(verdict: Verdict, why: Why) -> Verdict:
    return replace(verdict, outcome=Outcome.HERE, faults=[("name", why)])


def _spelt(entry: Entry) -> tuple:
    return blind.same(entry.newcomer.name), entry.newcomer.born


def _key(entry: Entry) -> int:
    """A row's name and birth date as a number, so that a long list is remembered in little room."""
    return hash(_spelt(entry))
