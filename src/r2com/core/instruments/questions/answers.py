"""What is asked next to what was said, what is still missing, and what is kept in the end."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from .conditions import filled, holds, measured
from .definition import OTHER, TODAY, Answers, Choice, Group, Page, Part, Question, Questions, Value

Path = tuple[str | int, ...]
Kind = Literal["required", "value", "constraint", "other"]

MESSAGES: dict[Kind, str] = {
    "required": "This is still to be answered.",
    "value": "Choose or write an answer of the kind that is asked for.",
    "constraint": "This answer does not fit what is asked for.",
    "other": "Add in a few words what you mean.",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A part that is asked, where it stands in the answers, and what was said.

    `said` is everything that was said before it and can be seen from it. A group that repeats is told once,
    and then its parts once for each time it was answered.
    """

    path: Path
    part: Part
    value: Any
    said: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Problem:
    """One answer to put right: where it stands, which question, what is wrong, and a sentence.

    `own` is true when the sentence is the instrument's; else it stands in `MESSAGES`.
    """

    path: Path
    question: Question
    kind: Kind
    message: str
    own: bool


def walk(questions: Questions, answers: Answers, today: date) -> Iterator[Asked]:
    """Every part that is asked, in order. What is not asked counts as not answered for what follows."""
    return _walk(questions.parts, _mapping(answers), {}, (), today)


def problems(questions: Questions, answers: Answers, today: date, completing: bool) -> list[Problem]:
    """Everything to put right, in the order of asking. What is missing only counts when completing."""
    return [
        problem
        for asked in walk(questions, answers, today)
        if isinstance(asked.part, Question)
        for problem in _problems(asked, asked.part, answers, today, completing)
    ]


def tidy(questions: Questions, answers: Answers, today: date) -> dict[str, Any]:
    """The sound answers to what is asked, and nothing else. Times that hold nothing are dropped."""
    return _tidy(questions.parts, _mapping(answers), {}, today)


def offered(question: Question, said: Mapping[str, Any]) -> tuple[Choice, ...]:
    """The choices that fit what was said before, by the columns that narrow the list."""
    return tuple(choice for choice in question.choices if _fits(choice, question.offered_by, said))


def pages(questions: Questions) -> tuple[Page, ...]:
    """The questions page by page: each group of the first order, and what stands between two groups."""
    found: list[Page] = []
    between: list[Part] = []
    for part in questions.parts:
        if isinstance(part, Question):
            between.append(part)
            continue
        found.extend(_between(between, found))
        between = []
        found.append(Page(part.id, part.title, (part,)))
    return (*found, *_between(between, found))


def filled_in(questions: Questions, today: date) -> dict[str, Any]:
    """What stands there before anybody wrote: the answers that the instrument begins with."""
    return {
        question.id: today.isoformat() if question.default == TODAY else question.default
        for question in questions.every()
        if question.default is not None and not _repeats(question, questions.parts)
    }


def _between(parts: list[Part], before: list[Page]) -> list[Page]:
    return [Page(f"page-{len(before) + 1}", "", tuple(parts))] if parts else []


def _walk(
    parts: tuple[Part, ...], own: Answers, said: dict[str, Any], prefix: Path, today: date
) -> Iterator[Asked]:
    for part in parts:
        if not holds(part.asked_if, said, today):
            continue
        path = (*prefix, part.id)
        if isinstance(part, Question):
            value = _value(part, own, said, today)
            yield Asked(path, part, value, dict(said))
            if filled(value) and is_sound(part, value):
                said[part.id] = value
        elif part.repeats:
            times = _times(own, part)
            yield Asked(path, part, times, dict(said))
            for number, one in enumerate(times):
                yield from _walk(part.parts, one, dict(said), (*path, number), today)
        else:
            yield Asked(path, part, None, dict(said))
            yield from _walk(part.parts, own, said, prefix, today)


def _tidy(parts: tuple[Part, ...], own: Answers, said: dict[str, Any], today: date) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for part in parts:
        if not holds(part.asked_if, said, today):
            continue
        if isinstance(part, Question):
            kept.update(_kept(part, own, said, today))
        elif part.repeats:
            times = [_tidy(part.parts, one, dict(said), today) for one in _times(own, part)]
            kept.update({part.id: [one for one in times if one]} if any(times) else {})
        else:
            kept.update(_tidy(part.parts, own, said, today))
    return kept


def _kept(question: Question, own: Answers, said: dict[str, Any], today: date) -> dict[str, Any]:
    value = _value(question, own, said, today)
    if not filled(value) or not is_sound(question, value):
        return {}
    said[question.id] = value
    if not question.can_be_answered:
        return {}
    words = own.get(question.other_id)
    says_other = question.other and OTHER in (value if isinstance(value, list) else [value])
    return {question.id: value} | ({question.other_id: words} if says_other and filled(words) else {})


def _value(question: Question, own: Answers, said: Mapping[str, Any], today: date) -> Any:
    """What was said, or what a calculated question stands for."""
    if question.kind == "note":
        return None
    if question.kind != "calculated":
        return own.get(question.id)
    if isinstance(question.value, Mapping):
        return said.get(question.value["answer"])
    return today.isoformat() if question.value == TODAY else question.value


def _times(own: Answers, group: Group) -> list[Answers]:
    """What was said each time, for a group that repeats."""
    times = own.get(group.id)
    return [_mapping(one) for one in times] if isinstance(times, list) else []


def _problems(
    asked: Asked, question: Question, answers: Answers, today: date, completing: bool
) -> Iterator[Problem]:
    if not question.can_be_answered:
        return
    if not filled(asked.value):
        if completing and question.required:
            yield _problem(asked, question, "required", question.required_message)
        return
    if not is_sound(question, asked.value) or not _is_offered(question, asked):
        yield _problem(asked, question, "value", "")
    elif not holds(question.constraint, {**asked.said, question.id: asked.value}, today):
        yield _problem(asked, question, "constraint", question.constraint_message)
    elif completing and question.other and _lacks_words(question, asked, answers):
        yield _problem(asked, question, "other", "")


def _problem(asked: Asked, question: Question, kind: Kind, message: str) -> Problem:
    return Problem(asked.path, question, kind, message or MESSAGES[kind], bool(message))


def _lacks_words(question: Question, asked: Asked, answers: Answers) -> bool:
    if OTHER not in (asked.value if isinstance(asked.value, list) else [asked.value]):
        return False
    home: Any = answers
    for step in asked.path[:-1]:
        home = home[step]
    return not filled(home.get(question.other_id))


def is_sound(question: Question, value: Any) -> bool:
    """Whether a value is of the kind that a question asks for."""
    match question.kind:
        case "text" | "long_text":
            return isinstance(value, str)
        case "integer":
            return isinstance(value, int) and not isinstance(value, bool)
        case "decimal":
            return isinstance(value, str) and type(measured(value)).__name__ == "Decimal"
        case "date" | "time" | "date_time":
            return isinstance(value, str) and type(measured(value)).__name__ == _TYPES[question.kind]
        case "one":
            return isinstance(value, str) and value in _words(question)
        case "many":
            return isinstance(value, list) and all(one in _words(question) for one in value)
        case "acknowledge":
            return value is True
    return question.kind == "calculated"


_TYPES = {"date": "date", "time": "time", "date_time": "datetime"}


def _words(question: Question) -> list[Value]:
    return [*(choice.id for choice in question.choices), *([OTHER] if question.other else [])]


def _is_offered(question: Question, asked: Asked) -> bool:
    if not question.offered_by:
        return True
    open_to = {choice.id for choice in offered(question, asked.said)} | ({OTHER} if question.other else set())
    return set(asked.value if isinstance(asked.value, list) else [asked.value]) <= open_to


def _fits(choice: Choice, columns: Mapping[str, str], said: Mapping[str, Any]) -> bool:
    for column, question in columns.items():
        key, answer = choice.keys.get(column, ""), said.get(question)
        if (
            key not in answer
            if isinstance(answer, list)
            else key != str(answer if answer is not None else "")
        ):
            return False
    return True


def _repeats(question: Question, parts: tuple[Part, ...]) -> bool:
    """Whether a question stands in a group that repeats, at any depth."""
    groups = [part for part in parts if isinstance(part, Group)]
    return any(
        question in _inside(group) if group.repeats else _repeats(question, group.parts) for group in groups
    )


def _inside(group: Group) -> list[Question]:
    return list(Questions(group.parts).every())


def _mapping(value: Any) -> Answers:
    return value if isinstance(value, Mapping) else {}
