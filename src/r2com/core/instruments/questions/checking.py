"""Are the questions of a definition sound? Each fault with its address."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from .. import shapes
from ..faults import Fault
from ..shapes import Record, anything, at, flag, list_of, map_of, note, one_of, text
from . import checking_conditions
from .answers import is_sound
from .checking_conditions import Around, Known
from .definition import CHOOSING, KINDS, OTHER, TIMES, TODAY, Question
from .reading import QUESTION, path_to
from .shapes import choice_name, column, placeholders, question_name

CHOICE = Record(must={"id": choice_name, "label": text}, may={"keys": map_of(note, key=column)})
GROUP = Record(
    must={"id": question_name},
    may={"in": question_name, "title": note, "hint": note, "asked_if": anything, "repeats": flag},
)
QUESTION_SHAPE = Record(
    must={"id": question_name, "kind": one_of(*KINDS)},
    may={
        "group": question_name,
        "label": note,
        "hint": note,
        "required": flag,
        "required_message": note,
        "read_only": flag,
        "asked_if": anything,
        "constraint": anything,
        "constraint_message": note,
        "choices": column,
        "other": flag,
        "offered_by": map_of(question_name, key=column),
        "default": anything,
        "value": anything,
    },
)
PARTS: dict[str, shapes.Check] = {
    "groups": list_of(GROUP),
    "choices": map_of(list_of(CHOICE, at_least=1), key=column),
    "questions": list_of(QUESTION_SHAPE, at_least=1),
}


def question_faults(source: Mapping[str, Any]) -> Iterator[Fault]:
    """What is wrong with groups, choices and questions although every part has the right shape."""
    if any(fault for key, check in PARTS.items() if key in source for fault in check(source[key], key)):
        return
    groups = {group["id"]: group for group in source.get("groups", ())}
    lists = source.get("choices", {})
    raw = [{**QUESTION, **question} for question in source["questions"]]
    yield from _names(source.get("groups", ()), raw, lists)
    faults = [*_groups(source.get("groups", ()), groups, raw), *_together(raw, groups)]
    yield from faults
    if not faults:
        yield from _each(raw, groups, lists)


def _names(groups: Any, questions: list[dict[str, Any]], lists: Mapping[str, Any]) -> Iterator[Fault]:
    """Names that stand twice. The words beside “other” take a name, too."""
    others = [f"{one['id']}_other" for one in questions if one["other"]]
    times = Counter([*(one["id"] for one in groups), *(one["id"] for one in questions), *others])
    for key, listed in (("groups", groups), ("questions", questions)):
        for number, one in enumerate(listed):
            if times[one["id"]] > 1:
                yield Fault(f"{key}[{number}].id", f"{one['id']} stands here more than once; rename one.")
    used = {one["choices"] for one in questions}
    for name, choices in lists.items():
        if name not in used:
            yield Fault(at("choices", name), "Use this list in a question, or remove it.")
        times = Counter(choice["id"] for choice in choices)
        for number, choice in enumerate(choices):
            if times[choice["id"]] > 1:
                advice = f"{choice['id']} stands here more than once; rename one."
                yield Fault(f"{at('choices', name)}[{number}].id", advice)


def _groups(listed: Any, groups: Mapping[str, Any], questions: list[dict[str, Any]]) -> Iterator[Fault]:
    used = {group for one in questions for group in path_to(one["group"], groups)}
    for number, group in enumerate(listed):
        address = f"groups[{number}]"
        home = group.get("in", "")
        if home and home not in groups:
            yield Fault(at(address, "in"), f"There is no group {home}; add it or name another.")
        elif group["id"] in path_to(home, groups):
            yield Fault(at(address, "in"), "A group cannot stand in itself; name another.")
        elif group["id"] not in used:
            yield Fault(address, "Give this group a question, or remove it.")
    for number, question in enumerate(questions):
        if question["group"] and question["group"] not in groups:
            advice = f"There is no group {question['group']}; add it or name another."
            yield Fault(f"questions[{number}].group", advice)


def _together(questions: list[dict[str, Any]], groups: Mapping[str, Any]) -> Iterator[Fault]:
    """Whether the questions of each group follow one another."""
    before: list[str] = []
    closed: set[str] = set()
    for number, question in enumerate(questions):
        path = path_to(question["group"], groups)
        closed |= set(before) - set(path)
        if closed & set(path):
            yield Fault(f"questions[{number}].group", "Put the questions of one group one after the other.")
            return
        before = path


def _each(
    questions: list[dict[str, Any]], groups: Mapping[str, Any], lists: Mapping[str, Any]
) -> Iterator[Fault]:
    """Question by question, each knowing only those before it that have one answer from where it stands."""
    known: list[Known] = []
    opened: set[str] = set()
    numbered = {group: number for number, group in enumerate(groups)}
    for number, question in enumerate(questions):
        address = f"questions[{number}]"
        path = path_to(question["group"], groups)
        for place, group in enumerate(path):
            if group not in opened:
                opened.add(group)
                around = Around(_seen(known, path[:place], groups))
                yield from _condition(groups[group], "asked_if", f"groups[{numbered[group]}]", around)
                yield from _texts(groups[group], ("title", "hint"), f"groups[{numbered[group]}]", around)
        here = Known(question["id"], question["kind"], _choice_ids(question, lists), tuple(path))
        around = Around(_seen(known, path, groups))
        yield from _question(question, address, around, lists)
        yield from _condition(question, "asked_if", address, around)
        yield from _condition(question, "constraint", address, Around({**around.known, here.id: here}))
        if question["kind"] != "note":
            known.append(here)


def _seen(known: list[Known], path: list[str], groups: Mapping[str, Any]) -> dict[str, Known]:
    """The questions before this place that have one answer here: none inside a repeat we are not in."""
    return {
        one.id: one
        for one in known
        if not any(groups[group].get("repeats") and group not in path for group in one.path)
    }


def _condition(owner: Mapping[str, Any], key: str, address: str, around: Around) -> Iterator[Fault]:
    if owner.get(key) is not None:
        yield from checking_conditions.faults_in(owner[key], at(address, key), around)


def _question(
    question: Mapping[str, Any], address: str, around: Around, lists: Mapping[str, Any]
) -> Iterator[Fault]:
    kind = question["kind"]
    if kind != "calculated" and not question["label"].strip():
        yield Fault(at(address, "label"), "Write what is asked.")
    if kind in CHOOSING:
        yield from _choosing(question, address, around, lists)
    for key, kinds in _ONLY_FOR.items():
        if question[key] and kind not in kinds:
            yield Fault(at(address, key), f"Remove this; a question of the kind {kind} has none.")
    yield from _value(question, address, around)
    yield from _default(question, address, lists)
    yield from _texts(question, ("label", "hint", "constraint_message"), address, around)


_ANSWERED = tuple(kind for kind in KINDS if kind not in ("note", "calculated"))
_ONLY_FOR = {
    "choices": CHOOSING,
    "other": CHOOSING,
    "offered_by": CHOOSING,
    "required": _ANSWERED,
    "required_message": _ANSWERED,
    "read_only": _ANSWERED,
    "constraint": _ANSWERED,
    "constraint_message": _ANSWERED,
}


def _choosing(
    question: Mapping[str, Any], address: str, around: Around, lists: Mapping[str, Any]
) -> Iterator[Fault]:
    if question["choices"] not in lists:
        yield Fault(at(address, "choices"), "Name one of the lists under choices.")
        return
    choices = lists[question["choices"]]
    if question["kind"] == "many" and any(" " in choice["id"] for choice in choices):
        yield Fault(at(address, "choices"), "Where several may be chosen, no choice's id has a space.")
    for name, other in question["offered_by"].items():
        if other not in around.known:
            yield Fault(
                at(at(address, "offered_by"), name), f"Name a question before this one; {other} is none."
            )
        if not any(name in choice.get("keys", {}) for choice in choices):
            yield Fault(at(at(address, "offered_by"), name), "No choice of this list has such a key; add it.")


def _value(question: Mapping[str, Any], address: str, around: Around) -> Iterator[Fault]:
    value = question["value"]
    if question["kind"] != "calculated":
        if value is not None:
            yield Fault(at(address, "value"), "Remove this; only a calculated question has a value.")
    elif isinstance(value, Mapping):
        if list(value) != ["answer"] or value["answer"] not in around.known:
            yield Fault(at(address, "value"), 'Name a question before this one, like {"answer": "age"}.')
    elif not (isinstance(value, str) and value) and not shapes.is_number(value):
        yield Fault(at(address, "value"), "Give a text, a number, “today” or another question's answer.")


def _default(question: Mapping[str, Any], address: str, lists: Mapping[str, Any]) -> Iterator[Fault]:
    default, kind = question["default"], question["kind"]
    if default is None or (kind in TIMES[:1] and default == TODAY):
        return
    offered = [type("Choice", (), {"id": id})() for id in _choice_ids(question, lists)]
    blank = Question(**{**question, "choices": tuple(offered)})
    if kind in ("note", "calculated") or not is_sound(blank, default):
        yield Fault(
            at(address, "default"), "Begin with an answer of the kind that is asked for, or remove this."
        )


def _texts(owner: Mapping[str, Any], keys: tuple[str, ...], address: str, around: Around) -> Iterator[Fault]:
    """A ${name} in a text stands for an answer, so there must be one."""
    for key in keys:
        for name in placeholders(owner.get(key, "")):
            if name not in around.known:
                yield Fault(
                    at(address, key), f"There is no question {name} before this one; write it otherwise."
                )


def _choice_ids(question: Mapping[str, Any], lists: Mapping[str, Any]) -> tuple[str, ...]:
    if question["kind"] not in CHOOSING:
        return ()
    listed = [choice["id"] for choice in lists.get(question["choices"], ())]
    return (*listed, *([OTHER] if question["other"] else []))
