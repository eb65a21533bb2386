"""From the lists in a file, free of faults, to the tree of questions."""

from collections.abc import Mapping
from typing import Any

from .definition import Choice, Group, Part, Question, Questions

QUESTION: dict[str, Any] = {
    "group": "",
    "label": "",
    "hint": "",
    "required": False,
    "required_message": "",
    "read_only": False,
    "asked_if": None,
    "constraint": None,
    "constraint_message": "",
    "choices": "",
    "other": False,
    "offered_by": {},
    "default": None,
    "value": None,
}
GROUP: dict[str, Any] = {"in": "", "title": "", "hint": "", "asked_if": None, "repeats": False}
CHOICE: dict[str, Any] = {"keys": {}}


def completed_questions(source: Mapping[str, Any]) -> dict[str, Any]:
    """Groups, choices and questions with every optional key filled in."""
    return {
        "groups": [{**GROUP, **group} for group in source.get("groups", ())],
        "choices": {
            name: [{**CHOICE, **choice} for choice in listed]
            for name, listed in source.get("choices", {}).items()
        },
        "questions": [{**QUESTION, **question} for question in source.get("questions", ())],
    }


def questions_of(file: Mapping[str, Any]) -> Questions:
    """The tree of questions of a completed definition."""
    return Questions(_parts("", file))


def _parts(home: str, file: Mapping[str, Any]) -> tuple[Part, ...]:
    """What stands directly in a group, in the order of asking."""
    groups = {group["id"]: group for group in file["groups"]}
    found: dict[tuple[str, str], Part] = {}
    for raw in file["questions"]:
        path = path_to(raw["group"], groups)
        if raw["group"] == home:
            found["question", raw["id"]] = _question(raw, file["choices"])
        elif home in ("", *path) and (id := _next(path, home)) and ("group", id) not in found:
            found["group", id] = _group(groups[id], file)
    return tuple(found.values())


def path_to(group: str, groups: Mapping[str, Any]) -> list[str]:
    """A group with those around it, the outermost first. Goes round in no circle, even if the file does."""
    path: list[str] = []
    while group in groups and group not in path:
        path.append(group)
        group = groups[group].get("in", "")
    return path[::-1]


def _next(path: list[str], home: str) -> str:
    """The group on this path that stands directly in another one."""
    return path[path.index(home) + 1] if home else path[0]


def _group(raw: Mapping[str, Any], file: Mapping[str, Any]) -> Group:
    kept = {key: raw[key] for key in ("id", "title", "hint", "asked_if", "repeats")}
    return Group(**kept, parts=_parts(raw["id"], file))


def _question(raw: Mapping[str, Any], lists: Mapping[str, Any]) -> Question:
    choices = tuple(Choice(**choice) for choice in lists.get(raw["choices"], ()))
    return Question(**{**raw, "choices": choices})
