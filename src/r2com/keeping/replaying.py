"""What was destroyed stays destroyed: tombstones are applied again to what an older copy brought back."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from r2com.cases.models import Case
from r2com.people.models import Person
from r2com.vault import keyring
from r2com.vault.models import DataKey, Owner

from . import certificates, erasing
from .marks import mark

Tombstones = set[tuple[str, str]]


def replay(notes: Iterable[str], *, rows: bool = True) -> dict[str, int]:
    """Destroy again what these certificates say was destroyed. Gives how many keys and rows there were."""
    tombstones = certificates.tombstones(notes)
    keys = keys_left(tombstones)
    for kind, owner in keys:
        keyring.destroy(kind, [owner])
    gone = _rows_again(tombstones) if rows else 0
    erasing.settle()
    return {"keys": len(keys), "rows": gone}


def keys_left(tombstones: Tombstones) -> list[tuple[str, UUID]]:
    """The owners among the tombstones that have a key, each with its kind."""
    if not tombstones:
        return []
    keys = DataKey.objects.filter(kind__in=(Owner.CASE, Owner.PERSON)).values_list("kind", "owner")
    return [(kind, owner) for kind, owner in keys if (kind, mark(kind, owner)) in tombstones]


def rows_left(tombstones: Tombstones) -> list[tuple[str, UUID]]:
    """The records, then the people, among the tombstones whose rows are there."""
    if not tombstones:
        return []
    rows = [
        (kind.value, key)
        for kind, model in ((Owner.CASE, Case), (Owner.PERSON, Person))
        for key in model._base_manager.values_list("pk", flat=True)
    ]
    return [(kind, key) for kind, key in rows if (kind, mark(kind, key)) in tombstones]


@transaction.atomic
def _rows_again(tombstones: Tombstones) -> int:
    left = rows_left(tombstones)
    for kind, key in left:
        erase = erasing.erase_case if kind == Owner.CASE else erasing.erase_person
        erase(key)
    return len(left)
