"""What cases ask for by themselves. Apps say what they know and which rules follow from it.

Each app registers a `Source` when it starts. However many there are, everything that is known about all
the cases of somebody is asked for in one query, and the rules in `core.reminders` make reminders of it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import DateField, F, QuerySet, TextField, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast

from r2com.access.models import seen
from r2com.access.questions import Question
from r2com.access.roles import May
from r2com.accounts.models import User
from r2com.core.reminders import Fact, Reminder, Rule, reminders

COLUMNS = ("fact_case", "fact_kind", "fact_about", "fact_day", "fact_word")


@dataclass(frozen=True)
class Told:
    """Rows that are facts about cases: which column holds the case, what about, the day, and a word."""

    rows: QuerySet
    kind: Any
    day: Any
    case: str = "case"
    about: Any = ""
    word: Any = ""

    def columns(self, case: Any) -> QuerySet:
        rows = self.rows if case is None else self.rows.filter(**{self.case: case})
        return (
            rows.order_by()
            .annotate(
                fact_case=Cast(F(self.case), TextField()),
                fact_kind=_text(self.kind),
                fact_about=_text(self.about),
                fact_day=Cast(self.day, DateField()),
                fact_word=_text(self.word),
            )
            .values_list(*COLUMNS)
        )


@dataclass(frozen=True)
class Saying:
    """How a reminder is worded, and where it is done: from the case's reference and what it is about.

    `details` looks up the words that some of these have of their own, in one query for all of them.
    """

    words: Any
    link: Callable[[str, str], str]
    details: Callable[[User, list[str]], dict[str, str]] | None = None


@dataclass(frozen=True)
class Source:
    """What an app knows about the cases of somebody on a day, and what follows from it.

    `facts` is put into one prepared question: it is given blanks for who asks and for the day.
    """

    name: str
    facts: Callable[[Any, Any], Iterable[Told]]
    rules: Sequence[Rule]
    says: Mapping[str, Saying]


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    _sources[source.name] = source


def of(user: User, today: date, case: UUID | None = None) -> list[Reminder]:
    """What the cases of somebody, or one of them, ask for today, in the order of days. One query."""
    rules = [rule for source in _sources.values() for rule in source.rules]
    return reminders(_facts(user, today, case), rules, today)


def saying(reminder: Reminder) -> Saying:
    return next(source.says[reminder.kind] for source in _sources.values() if reminder.kind in source.says)


def details(user: User, computed: list[Reminder]) -> dict[tuple[str, str], str]:
    """The words that some reminders have of their own, by kind and what they are about."""
    found: dict[tuple[str, str], str] = {}
    for kind in sorted({one.kind for one in computed}):
        of_kind = [one for one in computed if one.kind == kind]
        if look_up := saying(of_kind[0]).details:
            words = look_up(user, [one.about for one in of_kind])
            found |= {(kind, about): text for about, text in words.items()}
    return found


def in_cases_that(user, what: May) -> RawSQL:
    """The cases in which somebody's grants include this."""
    return seen("case", user, what)


def _facts(user: User, today: date, case: UUID | None) -> list[Fact]:
    rows = EVERY_CASE(user, today=today) if case is None else ONE_CASE(user, today=today, case=case)
    cases = {case: UUID(case) for case in {row[0] for row in rows}}
    return [Fact(cases[case], kind, _plain(about), day, word) for case, kind, about, day, word in rows]


def _told(asker, today, case=None) -> QuerySet:
    """Everything that the sources know, in one question."""
    told = [one.columns(case) for source in _sources.values() for one in source.facts(asker, today)]
    first, *others = told
    return first.union(*others, all=True)


EVERY_CASE = Question(_told)
ONE_CASE = Question(_told)


def _plain(identifier: str) -> str:
    """An identifier without dashes, as both databases write it then."""
    return identifier.replace("-", "")


def _text(said):
    return Cast(Value(said) if isinstance(said, str) else said, TextField())
