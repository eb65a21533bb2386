"""What a command says: sentences on the screen, complaints apart from them."""

import json
import sys
from typing import Any


def say(*sentences: str) -> None:
    for sentence in sentences:
        sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


def complain(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")


def report(value: Any) -> None:
    """The same for a program that reads along."""
    say(json.dumps(value, ensure_ascii=False, indent=2, default=str))
