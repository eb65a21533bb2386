"""What stands in which column, in which language, and what we know the columns by."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

NAMES = {
    "ar": "العربية",
    "bg": "Български",
    "cs": "Čeština",
    "da": "Dansk",
    "de": "Deutsch",
    "el": "Ελληνικά",
    "en": "English",
    "es": "Español",
    "et": "Eesti",
    "fi": "Suomi",
    "fr": "Français",
    "hr": "Hrvatski",
    "hu": "Magyar",
    "it": "Italiano",
    "ka": "ქართული",
    "lt": "Lietuvių",
    "lv": "Latviešu",
    "nl": "Nederlands",
    "pl": "Polski",
    "pt": "Português",
    "ro": "Română",
    "ru": "Русский",
    "sk": "Slovenčina",
    "sl": "Slovenščina",
    "sv": "Svenska",
    "tr": "Türkçe",
    "uk": "Українська",
}
ALSO = {
    "arabic": "ar",
    "bulgarian": "bg",
    "croatian": "hr",
    "czech": "cs",
    "dutch": "nl",
    "french": "fr",
    "german": "de",
    "greek": "el",
    "italian": "it",
    "polish": "pl",
    "portuguese": "pt",
    "portugues": "pt",
    "romanian": "ro",
    "russian": "ru",
    "spanish": "es",
    "swedish": "sv",
    "turkish": "tr",
    "ukrainian": "uk",
    "default": "en",
}
CODE = re.compile(r"\(\s*([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\s*\)\s*$")
BARE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
TRANSLATED = ("label", "hint", "constraint_message", "required_message")
ALIASES = {
    "caption": "label",
    "list name": "list_name",
    "constraint message": "constraint_message",
    "constraint-msg": "constraint_message",
    "required message": "required_message",
    "read_only": "readonly",
    "read only": "readonly",
    "skip logic": "relevant",
    "relevance": "relevant",
    "choice filter": "choice_filter",
    "repeat count": "repeat_count",
    "default language": "default_language",
    "form title": "form_title",
    "title": "form_title",
    "set form title": "form_title",
    "form id": "form_id",
    "set form id": "form_id",
    "id_string": "form_id",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A heading: what the column holds, and in which language if it says so."""

    heading: str
    key: str
    language: str


def column(heading: str) -> Column:
    """A heading as forms write it: `label`, `label::Português (pt)`, and the older `label:English`."""
    head, _, language = heading.partition("::")
    if not language and ":" in heading and _key(heading.partition(":")[0]) in TRANSLATED:
        head, _, language = heading.partition(":")
    return Column(heading, _key(head), language.strip())


def code(language: str) -> str:
    """The code of a language by its name, such as Português (pt), Portuguese or pt; empty if nobody knows."""
    if found := CODE.search(language):
        return found[1].lower() if len(found[1]) <= 3 else found[1]
    small = language.strip().lower()
    if BARE.fullmatch(small):
        return small
    own = {name.lower(): code for code, name in NAMES.items()}
    return own.get(small) or ALSO.get(small, "")


def heading(language: str) -> str:
    """How a language is written over a column: Português (pt)."""
    return f"{NAMES.get(language.partition('-')[0], language)} ({language})"


def by_key(columns: Iterator[Column] | tuple[Column, ...]) -> Mapping[str, list[Column]]:
    found: dict[str, list[Column]] = {}
    for one in columns:
        found.setdefault(one.key, []).append(one)
    return found


def _key(head: str) -> str:
    small = " ".join(head.strip().lower().split())
    return ALIASES.get(small, small.replace(" ", "_") if small.replace(" ", "_") in TRANSLATED else small)
