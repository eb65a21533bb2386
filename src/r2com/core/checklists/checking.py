"""Is this a checklist we can work with? Everything that is wrong, each with its address and what to do."""

from collections.abc import Iterator, Mapping
from typing import Any

from r2com.core.instruments import Fault
from r2com.core.instruments.shapes import (
    Record,
    at,
    count,
    flag,
    list_of,
    map_of,
    name,
    note,
    one_of,
    text,
    word,
)

from .definition import Kind

TEXTS = ("title", "means", "receiver")
LINE = Record(
    must={"id": word, "title": text, "means": text},
    may={"receiver": text, "weeks_before": count, "sensitive": flag, "may_not_apply": flag},
)
CHECKLIST = Record(
    must={
        "checklist": name,
        "version": name,
        "kind": one_of(*Kind),
        "language": name,
        "name": text,
        "about": text,
        "status": text,
        "licence": text,
        "lines": list_of(LINE, at_least=1),
    }
)
LANGUAGE = Record(
    must={"language": name},
    may={
        "of_version": name,
        "review": note,
        "name": text,
        "about": text,
        "status": text,
        "lines": map_of(Record(must={}, may=dict.fromkeys(TEXTS, text))),
    },
)
BEFORE_RELEASE = ("weeks_before", "receiver")


def faults(source: Any, languages: Any = None) -> list[Fault]:
    """Everything that is wrong with a definition and its language files. Never raises."""
    found = list(CHECKLIST(source, ""))
    if not found:
        found = [*_twice(source), *_by_kind(source)]
    if not found:
        found = list(_languages(source, languages or {}))
    return found


def _twice(source: Mapping[str, Any]) -> Iterator[Fault]:
    ids = [line["id"] for line in source["lines"]]
    for number, id in enumerate(ids):
        if id in ids[:number]:
            yield Fault(f"lines[{number}].id", "This stands here twice; give each line an id of its own.")


def _by_kind(source: Mapping[str, Any]) -> Iterator[Fault]:
    """A line before release has its week and its receiver; a lamp has neither."""
    is_before = source["kind"] == Kind.BEFORE_RELEASE
    for number, line in enumerate(source["lines"]):
        for key in BEFORE_RELEASE:
            address = f"lines[{number}].{key}"
            if is_before and key not in line:
                yield Fault(address, "Add this; it is missing.")
            elif not is_before and key in line:
                yield Fault(address, "Remove this; a lamp of the first hours has none.")


def _languages(source: Mapping[str, Any], languages: Any) -> Iterator[Fault]:
    if not isinstance(languages, Mapping):
        yield Fault("languages", "Give language files by their code, like pt.")
        return
    for code, language in languages.items():
        address = at("languages", str(code))
        shape = list(LANGUAGE(language, address))
        yield from shape
        if not shape:
            yield from _fits(source, language, str(code), address)


def _fits(source: Mapping[str, Any], language: Mapping[str, Any], code: str, address: str) -> Iterator[Fault]:
    """What is missing is no fault: it stands as it was written first."""
    if language["language"] != code or code == source["language"]:
        yield Fault(at(address, "language"), "Give each language one file, named by its own code.")
    known = {line["id"]: line for line in source["lines"]}
    for id, texts in language.get("lines", {}).items():
        for key in texts or ("",):
            if key not in known.get(id, {}):
                place = at(at(address, "lines"), id)
                yield Fault(at(place, key) if id in known else place, "Remove this; the original has none.")
