"""The languages that people speak: those that Django can name, and some that our work meets often."""

from functools import cache

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

OTHERS = {
    "am": _("Amharic"),
    "kea": _("Cape Verdean Creole"),
    "pov": _("Guinea-Bissau Creole"),
    "ku": _("Kurdish"),
    "ln": _("Lingala"),
    "ps": _("Pashto"),
    "rom": _("Romani"),
    "so": _("Somali"),
    "ti": _("Tigrinya"),
    "wo": _("Wolof"),
    "zh": _("Chinese"),
}


def language_name(code: str) -> str:
    """The language's name as the reader says it; an unknown code stands as it is."""
    if code in OTHERS:
        return str(OTHERS[code])
    return gettext(LANG_INFO[code]["name"]) if "name" in LANG_INFO.get(code, {}) else code


def spoken(kept: str = "") -> list[tuple[str, str]]:
    """The languages to choose from: our own first, then the rest by name. `kept` is never missing."""
    known = _known(get_language() or settings.LANGUAGE_CODE)
    if not kept or kept in {code for code, _name in known}:
        return list(known)
    ours = len(settings.LANGUAGES)
    return [*known[:ours], *sorted([*known[ours:], (kept, language_name(kept))], key=_name)]


@cache
def _known(_reader: str) -> tuple[tuple[str, str], ...]:
    """The same in the reader's language, worked out once for each."""
    ours = [code for code, _name in settings.LANGUAGES]
    named = {code for code, about in LANG_INFO.items() if "name" in about and "-" not in code}
    rest = [(code, language_name(code)) for code in {*named, *OTHERS} - {*ours}]
    return *((code, language_name(code)) for code in ours), *sorted(rest, key=_name)


def _name(language: tuple[str, str]) -> str:
    return language[1]
