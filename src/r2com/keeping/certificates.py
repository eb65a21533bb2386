"""Certificates: what a run destroyed, signed with the trail's key. Each line is a tombstone.

They lie in the data folder, too, beside the database: an older copy of the database that is brought back does
not know what was destroyed since, and this folder does.
"""

import json
import os
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from r2com.core.refusals import Refused
from r2com.vault import signing

from .models import Certificate

FORMAT = "r2com-erasure-1"
FOLDER = "certificates"


def made(content: dict) -> str:
    """The signed text of a certificate."""
    said = json.dumps({"format": FORMAT, **content}, sort_keys=True, indent=1)
    return signing.sign(said + "\n")


def opened(note: str) -> dict:
    """What a certificate says. Raises Refused when it was not signed here, or was changed since."""
    text = signing.opened(note, signing.public())
    said = json.loads(text) if text is not None else {}
    if said.get("format") != FORMAT:
        raise Refused("This is no certificate that this installation signed, or it was changed.")
    return said


def tombstones(notes: Iterable[str]) -> set[tuple[str, str]]:
    """Kind and mark of everything that these certificates say was destroyed."""
    return {(one["kind"], one["mark"]) for note in notes for one in opened(note)["destroyed"]}


def known() -> list[str]:
    """Every certificate of this installation: those in the database, and those that only the folder has."""
    notes = dict.fromkeys(Certificate.objects.order_by("at").values_list("note", flat=True))
    notes |= dict.fromkeys(path.read_text(encoding="utf-8") for path in sorted(_folder().glob("*.txt")))
    return list(notes)


def write_down(certificate: Certificate) -> None:
    """Put a certificate into the folder, whole or not at all."""
    folder = _folder()
    folder.mkdir(mode=0o700, exist_ok=True)
    coming = folder / f".{certificate.pk}"
    with coming.open("w", encoding="utf-8") as file:
        file.write(certificate.note)
        file.flush()
        os.fsync(file.fileno())
    coming.replace(folder / f"{certificate.pk}.txt")


def _folder() -> Path:
    return settings.DATA / FOLDER
