"""What a command says: sentences on the screen, complaints apart from them."""

import gettext
import json
import sys
from pathlib import Path
from typing import Any

LOCALE = Path(__file__).parent / "locale"


def say(*sentences: str) -> None:
    for sentence in sentences:
        sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


def complain(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")


def report(value: Any) -> None:
    """The same for a program that reads along."""
    say(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def translated(text: str, language: str) -> str:
    """From the translations of the interface; English where there are none."""
    if not text:
        return text
    return gettext.translation("django", LOCALE, [language], fallback=True).gettext(text)
