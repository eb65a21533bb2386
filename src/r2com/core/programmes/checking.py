"""Is a programme sound? Everything that is wrong is told at once, each with its address."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from ..instruments.faults import Fault
from ..instruments.shapes import Record, anything, at, list_of, map_of, name, note, one_of, text
from . import translating

GUARDS = ("", "victims_safety")
TEXTS = list_of(text, at_least=1)
PHASE = Record(must={"id": name, "title": text}, may={"about": note})
SESSION = Record(
    must={"id": name, "title": text, "when": text, "purpose": text, "happens": TEXTS, "takes_away": text},
    may={"phase": name},
)
SOURCE = Record(must={"id": name, "title": text}, may={"url": text})
FILE = Record(
    must={
        "programme": name,
        "version": text,
        "name": text,
        "status": text,
        "licence": text,
        "about": text,
        "aims": TEXTS,
        "for_whom": text,
        "leads": text,
        "pace": text,
        "is_not": TEXTS,
        "to_person": text,
        "ending": text,
        "sessions": list_of(SESSION, at_least=1),
    },
    may={
        "language": name,
        "guard": one_of(*GUARDS),
        "care": list_of(text),
        "goal": note,
        "steps": list_of(text),
        "phases": list_of(PHASE),
        "sources": list_of(SOURCE),
    },
)
LANGUAGE = Record(
    must={"language": name},
    may={
        "of_hash": map_of(text, key=text),
        "review": note,
        **dict.fromkeys(translating.TOP, anything),
        "phases": map_of(Record(must={}, may=dict.fromkeys(translating.PHASE, anything)), key=name),
        "sessions": map_of(Record(must={}, may=dict.fromkeys(translating.SESSION, anything)), key=name),
    },
)


def faults(source: Any, languages: Any = None) -> list[Fault]:
    """Everything wrong with a definition and its language files, for any JSON values whatsoever.

    Language files are held against the English texts, so they are looked at once those are sound.
    """
    found = list(FILE(source, ""))
    if not found:
        found.extend(_meaning(source))
    if not found:
        found.extend(_languages(source, {} if languages is None else languages))
    return found


def _meaning(source: Mapping[str, Any]) -> Iterator[Fault]:
    """What is wrong although every part has the right shape."""
    for part in ("phases", "sessions", "sources"):
        yield from _twice(source.get(part, []), part)
    phases = {phase["id"] for phase in source.get("phases", [])}
    for number, session in enumerate(source["sessions"]):
        if phases and session.get("phase") not in phases:
            yield Fault(f"sessions[{number}].phase", f"Choose one of: {', '.join(sorted(phases))}.")
        if not phases and "phase" in session:
            yield Fault(f"sessions[{number}].phase", "Remove this, or write the phases of the programme.")


def _twice(records: list[Mapping[str, Any]], part: str) -> Iterator[Fault]:
    times = Counter(one["id"] for one in records)
    for number, one in enumerate(records):
        if times[one["id"]] > 1:
            yield Fault(f"{part}[{number}].id", f"{one['id']} stands here more than once; rename one.")


def _languages(source: Mapping[str, Any], languages: Any) -> Iterator[Fault]:
    """What names a text the original does not have, or is no text. What is missing is no fault."""
    if not isinstance(languages, Mapping):
        yield Fault("languages", "Give language files by their code, like pt.")
        return
    for code, language in languages.items():
        address = at("languages", str(code))
        shape = list(LANGUAGE(language, address))
        yield from shape
        if not shape:
            yield from _language(source, str(code), language, address)


def _language(
    source: Mapping[str, Any], code: str, language: Mapping[str, Any], address: str
) -> Iterator[Fault]:
    if language["language"] != code or code == source.get("language", "en"):
        yield Fault(at(address, "language"), "Give each language one file, named by its own code.")
    known = translating.units(source)
    for part, _ in translating.PARTS:
        for id in language.get(part, {}):
            if f"{part}.{id}" not in known:
                yield Fault(f"{address}.{part}.{id}", "Remove this; there is no such text in the original.")
    for unit in language.get("of_hash", {}):
        if unit not in known:
            yield Fault(f"{address}.of_hash.{unit}", "Remove this; there is no such unit in the original.")
    for unit, english in known.items():
        yield from _fits(translating.in_file(language, unit), english, _place(address, unit))


def _place(address: str, unit: str) -> str:
    return address if unit == "programme" else f"{address}.{unit}"


def _fits(given: Mapping[str, Any], english: Mapping[str, Any], address: str) -> Iterator[Fault]:
    for key, original in english.items():
        if key in given:
            check = note if isinstance(original, str) else list_of(note)
            yield from check(given[key], at(address, key))
            if (
                isinstance(original, list)
                and isinstance(given[key], list)
                and len(given[key]) != len(original)
            ):
                advice = f"Give as many texts as the original has: {len(original)}."
                yield Fault(at(address, key), advice)
