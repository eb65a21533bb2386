"""The words of the interface, and the file in which they are translated.

`python -m tests.messages --write` adds what is new to the translations and takes out what nobody says any
more. Translations are kept; places and dates are left out, so that a change shows only what changed.
"""

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).parent.parent / "src" / "r2com"
LOCALE = PACKAGE / "config" / "locale"
KEYWORDS = {
    **dict.fromkeys(["_", "gettext", "gettext_lazy", "gettext_noop"]),
    **dict.fromkeys(["ngettext", "ngettext_lazy"], (1, 2)),
    **dict.fromkeys(["pgettext", "pgettext_lazy"], ((1, "c"), 2)),
    **dict.fromkeys(["npgettext", "npgettext_lazy"], ((1, "c"), 2, 3)),
}
HEADER = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


def used() -> Catalog:
    """Every text that the source gives to gettext."""
    catalog = Catalog()
    for path in sorted(PACKAGE.glob("**/*.py")):
        _add(catalog, path.read_text(encoding="utf-8"))
    for path in sorted(path for path in PACKAGE.glob("*/templates/**/*") if path.is_file()):
        _add(catalog, _as_python(path))
    return catalog


def said() -> list[str]:
    """Every text of the interface in every language, plurals included."""
    catalogs = [used(), *map(translated, languages())]
    return [text for catalog in catalogs for message in catalog for text in _texts(message) if text]


def languages() -> list[str]:
    return sorted(path.name for path in LOCALE.glob("*") if path.is_dir())


def translated(language: str) -> Catalog:
    """What stands in a language's file."""
    path = place(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def place(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def write(language: str) -> None:
    """Bring a language's file up to date with the source."""
    catalog = translated(language)
    catalog.update(used(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    text = io.BytesIO()
    write_po(text, catalog, no_location=True, omit_header=True, sort_output=True, width=100)
    place(language).parent.mkdir(parents=True, exist_ok=True)
    place(language).write_text(HEADER.format(language=language) + text.getvalue().decode(), encoding="utf-8")


def _add(catalog: Catalog, python: str) -> None:
    source = io.BytesIO(python.encode())
    for _line, message, _comments, context in extract(
        "python", source, KEYWORDS, options={"encoding": "utf-8"}
    ):
        catalog.add(message, context=context)


def _as_python(path: Path) -> str:
    """A template with everything but its texts taken out, one statement a line."""
    lines = templatize(path.read_text(encoding="utf-8"), origin=str(path)).splitlines()
    return "\n".join(line.strip() for line in lines)


def _texts(message) -> list[str]:
    return [
        text
        for side in (message.id, message.string)
        for text in (side if isinstance(side, list | tuple) else [side])
    ]


if __name__ == "__main__":
    if sys.argv[1:] != ["--write"]:
        sys.exit("Say: python -m tests.messages --write")
    for code in languages() or ["pt"]:
        write(code)
