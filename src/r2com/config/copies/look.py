"""Looking whether an installation can be lived in: every table answers, links hold, sealed fields open."""

from collections.abc import Iterator

from django.apps import apps
from django.db import Error, connections

from r2com.audit import verifying
from r2com.vault.fields import SealedText

SEALED = 20
SAMPLE = 3


def look(sealed: int = SEALED) -> dict:
    """What was opened, and every sentence about what is wrong. Never a word of what was opened."""
    opened, closed = open_sealed(sealed)
    wrong = {"tables": unreadable(), "links": broken_links(), "sealed": closed, "trail": broken_trail()}
    every = [sentence for sentences in wrong.values() for sentence in sentences]
    return {"opened": opened, "looked_at": sorted(wrong), "wrong": every}


def unreadable() -> list[str]:
    """The tables that do not answer with the columns this version knows."""
    wrong = []
    for model in apps.get_models():
        try:
            model._base_manager.order_by().first()
        except Error:
            wrong.append(f"{model._meta.label_lower} cannot be read.")
    return wrong


def broken_links() -> list[str]:
    """Rows that point at nothing. SQLite is asked; PostgreSQL never lets one stand."""
    wrong = set()
    for alias in ("default", "keyring"):
        if connections[alias].vendor == "sqlite":
            with connections[alias].cursor() as cursor:
                wrong |= {row[0] for row in cursor.execute("PRAGMA foreign_key_check")}
    return [f"{table} points at rows that are not there." for table in sorted(wrong)]


def broken_trail() -> list[str]:
    """The first entry of the trail that is not as it was written, if there is one."""
    broken = verifying.verify().broken
    return [f"The trail is broken at {broken.what} {broken.where}: {broken.sentence}"] if broken else []


def open_sealed(wanted: int) -> tuple[int, list[str]]:
    """Open the newest sealed values of every kind, at least `wanted` where there are so many."""
    opened, closed = 0, []
    sample = max(SAMPLE, wanted)
    for model, field in sealed_fields():
        for row in model._base_manager.order_by("-pk")[:sample]:
            try:
                getattr(row, field)
            except Exception as fault:  # whatever the vault says: it does not open
                closed.append(
                    f"{model._meta.label_lower}.{field} {row.pk} does not open: {type(fault).__name__}."
                )
            else:
                opened += 1
        sample = max(SAMPLE, wanted - opened)
    return opened, closed


def sealed_fields() -> Iterator[tuple]:
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, SealedText):
                yield model, field.attname
