"""From an owner to the key that seals for it.

Unwrapped keys stay in this process for a quarter of an hour, so that a list of fifty people costs
one query on the keyring, or none.
"""

import os
import time
from collections.abc import Iterable, Mapping
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import IntegrityError, transaction
from django.db.models import Q

from . import root
from .models import DataKey

KEPT_FOR = 15 * 60
_kept: dict[tuple[str, UUID], tuple[float, UUID, AESGCM]] = {}


class NoKey(Exception):
    """There is no key for this owner: nothing was ever sealed for it, or it was destroyed."""


def cipher(kind: str, owner: UUID) -> tuple[UUID, AESGCM]:
    """The key's id and cipher for an owner. Raises NoKey."""
    kept = _fresh(kind, owner)
    if kept is None:
        warm(kind, [owner])
        kept = _fresh(kind, owner)
    if kept is None:
        raise NoKey(f"no {kind} key")
    return kept


def warm(kind: str, owners: Iterable[UUID]) -> None:
    """Fetch the keys of many owners in one query, before a page opens what they seal."""
    warm_all({kind: owners})


def warm_all(owners: Mapping[str, Iterable[UUID]]) -> None:
    """The same for owners of several kinds, still in one query."""
    wanted = Q()
    for kind, of_kind in owners.items():
        if missing := {owner for owner in of_kind if _fresh(kind, owner) is None}:
            wanted |= Q(kind=kind, owner__in=missing)
    if wanted:
        for key in DataKey.objects.filter(wanted):
            _keep(key)


def make(kind: str, owner: UUID) -> None:
    """Make the key of an owner, unless it has one."""
    secret = os.urandom(32)
    wrapped = root.wrap(secret, label(kind, owner))
    try:
        with transaction.atomic(using="keyring"):
            key = DataKey.objects.create(kind=kind, owner=owner, wrapped=wrapped, wrapped_by=root.NAME)
    except IntegrityError:
        return
    _keep(key)


def make_many(kind: str, owners: Iterable[UUID]) -> None:
    """Make the keys of many new owners, in one statement. They are ready in this process."""
    secrets = {owner: os.urandom(32) for owner in owners}
    keys = [
        DataKey(kind=kind, owner=owner, wrapped=root.wrap(secret, label(kind, owner)), wrapped_by=root.NAME)
        for owner, secret in secrets.items()
    ]
    DataKey.objects.bulk_create(keys)
    until = time.monotonic() + KEPT_FOR
    _kept.update({(kind, key.owner): (until, key.pk, AESGCM(secrets[key.owner])) for key in keys})


def forget() -> None:
    """Drop every key from this process."""
    _kept.clear()


def label(kind: str, owner: UUID) -> bytes:
    return f"{kind}:{owner}".encode()


def _keep(key: DataKey) -> None:
    secret = root.unwrap(bytes(key.wrapped), label(key.kind, key.owner))
    _kept[key.kind, key.owner] = (time.monotonic() + KEPT_FOR, key.pk, AESGCM(secret))


def _fresh(kind: str, owner: UUID) -> tuple[UUID, AESGCM] | None:
    until, key, found = _kept.get((kind, owner), (0.0, owner, None))
    return (key, found) if found is not None and until > time.monotonic() else None
