"""The remarks on agreement, and the words of its drawing, in the language that was asked for."""

import gettext
from pathlib import Path

from r2com.core.agreement import Remark

LOCALE = Path(__file__).parent.parent / "locale"


def in_words(remark: Remark, language: str) -> str:
    return translated(remark.says, language) % remark.facts


def translated(text: str, language: str) -> str:
    """From the translations of the interface; English where there are none."""
    return gettext.translation("django", LOCALE, [language], fallback=True).gettext(text)
