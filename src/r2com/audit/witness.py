"""The witness: signed checkpoints in a file that lies elsewhere than the database.

A trail that was cut off at its end, or an old database put in its place, is whole in itself. Only what
was written down elsewhere tells that there was more.
"""

import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from r2com.vault import signing

from .models import Checkpoint


class Lost(Exception):
    """A witness is named in the settings, and its file is not there."""


def path() -> Path | None:
    return Path(settings.WITNESS) if settings.WITNESS else None


def push(checkpoint: Checkpoint) -> None:
    """Add a checkpoint at the end of the file, and return when the disk has it.

    The empty line before it ends one that was torn by a cut.
    """
    place = path()
    if place is None:
        return
    with place.open("a", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.write(f"\n{checkpoint.note}")
        file.flush()
        os.fsync(file.fileno())


def notes() -> Iterator[str]:
    """Every whole note in the file, one after the other; a torn one is passed over. Raises Lost."""
    place = path()
    if place is None:
        return
    if not place.exists():
        raise Lost(str(place))
    with place.open(encoding="utf-8") as file:
        yield from _whole(file)


def _whole(lines: Iterator[str]) -> Iterator[str]:
    """A note begins with the log's name and ends with the line of its signature."""
    note = ""
    for line in lines:
        note = line if line == f"{signing.ORIGIN}\n" else note + line
        if line.startswith("— ") and note.startswith(signing.ORIGIN):
            yield note
            note = ""
