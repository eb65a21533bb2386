"""Does a language file fit the instrument it translates?"""

from collections.abc import Iterator, Mapping
from typing import Any

from . import translations
from .faults import Fault
from .shapes import Record, anything, at, list_of, map_of, name, note, text

_BY_ID = ("domains", "items", "groups", "choices", "questions")
LANGUAGE = Record(
    must={"language": name},
    may={
        "of_version": text,
        "of_hash": map_of(text, key=text),
        "review": note,
        **dict.fromkeys((*translations.TOP, *_BY_ID, *translations.RULES), anything),
    },
)


def language_faults(english: Mapping[str, Any], languages: Any) -> Iterator[Fault]:
    """What names a text the original does not have, or is no text. What is missing is no fault."""
    if not isinstance(languages, Mapping):
        yield Fault("languages", "Give language files by their code, like pt.")
        return
    tree = _tree(english)
    for code, language in languages.items():
        address = at("languages", str(code))
        shape = list(LANGUAGE(language, address))
        yield from shape
        if not shape and (language["language"] != code or code == english["language"]):
            yield Fault(at(address, "language"), "Give each language one file, named by its own code.")
        if isinstance(language, Mapping):
            texts = {key: one for key, one in language.items() if key in tree}
            yield from _fits(texts, tree, address)
            yield from _of_hash(language.get("of_hash"), english, at(address, "of_hash"))


def _tree(english: Mapping[str, Any]) -> dict[str, Any]:
    """The English texts laid out as a language file is."""
    return {
        **{key: english[key] for key in translations.TOP},
        "domains": {
            one["code"]: {key: one[key] for key in translations.DOMAIN} for one in english["domains"]
        },
        "items": {one["id"]: {key: one[key] for key in translations.ITEM} for one in english["items"]},
        **{kind: {rule["id"]: rule["message"] for rule in english[kind]} for kind in translations.RULES},
        "groups": {one["id"]: {key: one[key] for key in translations.GROUP} for one in english["groups"]},
        "choices": {
            name: {choice["id"]: choice["label"] for choice in choices}
            for name, choices in english["choices"].items()
        },
        "questions": {
            one["id"]: {key: one[key] for key in translations.QUESTION} for one in english["questions"]
        },
    }


def _fits(texts: Any, english: Any, address: str) -> Iterator[Fault]:
    if isinstance(english, str):
        yield from note(texts, address)
    elif isinstance(english, Mapping):
        yield from map_of(anything, key=text)(texts, address)
        for key, one in texts.items() if isinstance(texts, Mapping) else ():
            if key in english:
                yield from _fits(one, english[key], at(address, str(key)))
            else:
                yield Fault(at(address, str(key)), "Remove this; there is no such text in the original.")
    else:
        yield from list_of(note)(texts, address)


def _of_hash(hashes: Any, english: Mapping[str, Any], address: str) -> Iterator[Fault]:
    names = translations.units(english)
    for unit in hashes if isinstance(hashes, Mapping) else ():
        if unit not in names:
            yield Fault(at(address, str(unit)), "Remove this; there is no such unit in the original.")
