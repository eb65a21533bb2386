"""Opening everything that is sealed, once: whether every key is there and nothing was altered or moved.

Which models and fields there are says the model registry, so none can be forgotten.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass

from django.apps import apps
from django.db.models import Model

from . import keyring
from .fields import Ciphertext, SealedText
from .keyservice import KeyRefused
from .sealing import Tampered

BATCH = 500
FAULTS = {keyring.NoKey: "has no key", KeyRefused: "has a key that does not open"}


@dataclass(frozen=True)
class Fault:
    """A value that does not open: where it lies and why, never what it says."""

    table: str
    field: str
    row: str
    why: str

    def as_dict(self) -> dict[str, str]:
        return asdict(self)


def sealed_models() -> Iterator[tuple[type[Model], list[SealedText]]]:
    """Every model that has a table and sealed fields, with those."""
    for model in apps.get_models(include_auto_created=True):
        fields = [field for field in model._meta.local_fields if isinstance(field, SealedText)]
        if fields and model._meta.managed and not model._meta.proxy:
            yield model, fields


def everything() -> Iterator[tuple[str, int, Fault | None]]:
    """For each lot of rows its table, how many values opened, and the first one that did not."""
    for model, fields in sealed_models():
        table = model._meta.db_table
        for rows in lots(model):
            opened, fault = _look(rows, fields)
            yield table, opened, fault


def lots(model: type[Model]) -> Iterator[list[Model]]:
    """Rows in lots, with the rows their owner is found through, and the owners' keys at hand."""
    lot: list[Model] = []
    for row in model._base_manager.select_related().order_by("pk").iterator(chunk_size=BATCH):
        lot.append(row)
        if len(lot) == BATCH:
            yield _with_keys(lot)
            lot = []
    if lot:
        yield _with_keys(lot)


def _with_keys(lot: list[Model]) -> list[Model]:
    owners = defaultdict(set)
    for row in lot:
        kind, owner = row.sealed_for()
        owners[kind].add(owner)
    with suppress(KeyRefused):  # which of them it is, each row says for itself
        keyring.warm_all(owners)
    return lot


def _look(rows: list[Model], fields: list[SealedText]) -> tuple[int, Fault | None]:
    opened = 0
    for row in rows:
        for field in fields:
            if not isinstance(row.__dict__.get(field.attname), Ciphertext):
                continue
            if why := _fault_in(row, field):
                return opened, Fault(row._meta.db_table, field.attname, str(row.pk), why)
            opened += 1
    return opened, None


def opens(row: Model, field: SealedText) -> bool | None:
    """Whether a sealed value opens; None where nothing was sealed."""
    if not isinstance(row.__dict__.get(field.attname), Ciphertext):
        return None
    return _fault_in(row, field) is None


def _fault_in(row: Model, field: SealedText) -> str | None:
    try:
        getattr(row, field.attname)
    except Tampered:
        return "was altered or moved, or is of another key"
    except (keyring.NoKey, KeyRefused) as fault:
        return FAULTS[type(fault)]
    except ValueError:
        return "opens to what is no text"
    return None
