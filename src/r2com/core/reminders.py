"""What a case asks for by itself, worked out from what is known: facts in, reminders out.

A reminder is never stored. It stands there while its reason does, and goes when the reason goes. The
times are those of our guide: after Critical Time Intervention (Susser et al. 1997), a first look before
release, the full guide within 30 days, reviews in weeks 6 and 12 and in month 6.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from .days import later, months_later

FIRST_LOOK_BEFORE = 7
FULL_GUIDE_WITHIN = 30
REVIEW_SHOWN_BEFORE = 14
CHOICE_SHOWN_BEFORE = 14
RELEASE_SHOWN_BEFORE = 30
STEP_SHOWN_BEFORE = 7
TOLD_WITHIN = 7
ANSWER_WITHIN = 7
CALL_SHOWN_BEFORE = 14
SESSION_SHOWN_BEFORE = 7
LOOK_WITHIN = 3
PUT_OFF = "put_off"
CLOSING, AGREED = "closing", "agreed"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is known about a case: of which kind, about what, since or until which day."""

    case: Any
    kind: str
    about: str
    day: date | None
    word: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Reminder:
    """Something that is due on a day, and why. `about` names the row or the time it is about."""

    day: date
    kind: str
    about: str
    case: Any = field(compare=False)


@dataclass(frozen=True)
class Known:
    """Everything that is known about one case, by kind."""

    case: Any
    facts: Mapping[str, Sequence[Fact]]

    def __getitem__(self, kind: str) -> Sequence[Fact]:
        return self.facts.get(kind, ())

    def day(self, kind: str) -> date | None:
        """The day of a fact of which there is one."""
        return next((fact.day for fact in self[kind]), None)

    def about(self, kind: str, day: date, about: str = "") -> Reminder:
        return Reminder(day, kind, about, self.case)


Rule = Callable[[Known, date], Iterator[Reminder]]


def reminders(facts: Iterable[Fact], rules: Iterable[Rule], today: date) -> list[Reminder]:
    """What every case asks for today, in the order of days. What was put off waits for its day."""
    rules = list(rules)
    found: list[Reminder] = []
    for known in by_case(facts):
        off = {(fact.word, fact.about) for fact in known[PUT_OFF] if fact.day and fact.day > today}
        due = [one for rule in rules for one in rule(known, today)]
        found += [one for one in due if (one.kind, one.about) not in off]
    return sorted(found, key=lambda one: (one.day, one.kind, one.about, str(one.case)))


def by_case(facts: Iterable[Fact]) -> list[Known]:
    sorted_out: dict[Any, dict[str, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for fact in facts:
        sorted_out[fact.case][fact.kind].append(fact)
    return [Known(case, kinds) for case, kinds in sorted_out.items()]


def notice(known: Known, today: date) -> Iterator[Reminder]:
    """The person has not been told yet what we do and what we keep."""
    opened = known.day("opened")
    if opened and not known["told"]:
        yield known.about("notice", later(opened, TOLD_WITHIN))


def release(known: Known, today: date) -> Iterator[Reminder]:
    """Somebody comes out within 30 days."""
    out = known.day("release")
    if out and today <= out <= later(today, RELEASE_SHOWN_BEFORE):
        yield known.about("release", out)


def choices(known: Known, today: date) -> Iterator[Reminder]:
    """A yes to sharing runs out within two weeks, and no later yes has taken its place."""
    last: dict[str, Fact] = {}
    for fact in known["choice"]:
        if fact.day and (fact.word not in last or _until(fact) > _until(last[fact.word])):
            last[fact.word] = fact
    for fact in last.values():
        if fact.day and today <= fact.day <= later(today, CHOICE_SHOWN_BEFORE):
            yield known.about("choice", fact.day, fact.about)


def _until(fact: Fact) -> tuple[date, str]:
    return fact.day or date.min, fact.about


def first_look(known: Known, today: date) -> Iterator[Reminder]:
    """Before release, somebody takes a first look together with the person."""
    opened, out = known.day("opened"), known.day("release")
    looked = [*known["first_look"], *known["full"]]
    if opened and out and today < out and opened < out and not looked:
        yield known.about("first_look", max(opened, later(out, -FIRST_LOOK_BEFORE)))


def full_guide(known: Known, today: date) -> Iterator[Reminder]:
    """Within 30 days of release, or of meeting when that was later, the whole guide is handed in."""
    since = _together_since(known)
    if since and since <= today and not any(fact.word != "open" for fact in known["full"]):
        yield known.about("full_guide", later(since, FULL_GUIDE_WITHIN))


def review(known: Known, today: date) -> Iterator[Reminder]:
    """On the day that was agreed at the last review; else in weeks 6 and 12 and month 6.

    A later one takes the place of one that was never held. Whoever agreed to close has no further review.
    """
    since = _together_since(known)
    last = max(known["review_kept"], key=_until, default=None)
    if since is None or (last and last.word == CLOSING):
        return
    if last and last.word:
        agreed = date.fromisoformat(last.word)
        if later(agreed, -REVIEW_SHOWN_BEFORE) <= today:
            yield known.about("review", agreed, AGREED)
        return
    planned = [
        ("week6", later(since, 42)),
        ("week12", later(since, 84)),
        ("month6", months_later(since, 6)),
    ]
    shown = [(name, day) for name, day in planned if later(day, -REVIEW_SHOWN_BEFORE) <= today]
    for name, day in shown[-1:]:
        held = [fact.day for fact in [*known["review"], *known["review_kept"]] if fact.day]
        if not any(one >= later(day, -REVIEW_SHOWN_BEFORE) for one in held):
            yield known.about("review", day, name)


def _together_since(known: Known) -> date | None:
    """The day of release, or the day we met when the person was out already or no day is known."""
    opened, out = known.day("opened"), known.day("release")
    return max(opened, out) if opened and out else opened


def sign_off(known: Known, today: date) -> Iterator[Reminder]:
    """Something was handed in and waits for the supervisor."""
    for fact in known["handed_in"]:
        if fact.day:
            yield known.about("sign_off", later(fact.day, ANSWER_WITHIN), fact.about)


def plan(known: Known, today: date) -> Iterator[Reminder]:
    """A plan has goals, and the person was not asked yet."""
    for fact in known["plan"]:
        if fact.day:
            yield known.about("plan", later(fact.day, ANSWER_WITHIN), fact.about)


def step(known: Known, today: date) -> Iterator[Reminder]:
    """A step of the plan is due within a week, or was."""
    for fact in known["step"]:
        if fact.day and fact.day <= later(today, STEP_SHOWN_BEFORE):
            yield known.about("step", fact.day, fact.about)


def tell(known: Known, today: date) -> Iterator[Reminder]:
    """Something was written down about the person, and they were to be told by a day."""
    for fact in known["untold"]:
        if fact.day:
            yield known.about("tell", fact.day, fact.about)


def look(known: Known, today: date) -> Iterator[Reminder]:
    """Something was seen or heard, and waits for a colleague."""
    for fact in known["seen"]:
        if fact.day:
            yield known.about("look", later(fact.day, LOOK_WITHIN), fact.about)


def question(known: Known, today: date) -> Iterator[Reminder]:
    """A colleague was asked, and the day by which an answer was hoped for has passed."""
    for fact in known["question"]:
        if fact.day and fact.day < today:
            yield known.about("question", fact.day, fact.about)


def call(known: Known, today: date) -> Iterator[Reminder]:
    """A call some time after release is due within two weeks, or was."""
    for fact in known["call"]:
        if fact.day and later(fact.day, -CALL_SHOWN_BEFORE) <= today:
            yield known.about("call", fact.day, fact.about)


def session(known: Known, today: date) -> Iterator[Reminder]:
    """A meeting of a programme is due within a week, or was and nothing is written about it."""
    for fact in known["session"]:
        if fact.day and fact.day <= later(today, SESSION_SHOWN_BEFORE):
            yield known.about("session", fact.day, fact.about)
