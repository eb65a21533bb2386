"""The languages that people speak: those that Django can name, and some that our work meets often."""

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.utils.translation import gettext
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
    ours = [code for code, _name in settings.LANGUAGES]
    named = {code for code, about in LANG_INFO.items() if "name" in about and "-" not in code}
    rest = sorted((language_name(code), code) for code in {*named, *OTHERS, kept} - {*ours, ""})
    return [(code, language_name(code)) for code in ours] + [(code, name) for name, code in rest]
