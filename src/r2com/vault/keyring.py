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

from r2com.access import reading

from . import epochs, root
from .models import DataKey, Owner
from .system import SYSTEM

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
    for kind, every in owners.items():
        of_kind = list(every)
        reading.expect(kind, of_kind)
        if missing := {owner for owner in of_kind if _fresh(kind, owner) is None}:
            wanted |= Q(kind=kind, owner__in=missing)
    if wanted:
        for key in DataKey.objects.filter(wanted).select_related("epoch"):
            _keep(key, unwrapped(key))


def make(kind: str, owner: UUID, *, of: UUID | None = None) -> None:
    """Make the key of an owner, unless it has one. `of` is the agency whose epoch wraps it."""
    key, secret = _new(kind, owner, of)
    try:
        with transaction.atomic(using="keyring"):
            key.save(force_insert=True)
    except IntegrityError:
        return
    _keep(key, secret)


def make_many(kind: str, owners: Iterable[UUID], *, of: UUID | None = None) -> None:
    """Make the keys of many new owners, in one statement. They are ready in this process."""
    made = [_new(kind, owner, of) for owner in owners]
    DataKey.objects.bulk_create([key for key, _ in made])
    for key, secret in made:
        _keep(key, secret)


def destroy(kind: str, owners: Iterable[UUID]) -> None:
    """Destroy the keys of these owners, for good: what they seal opens to nobody any more, in no copy.

    Another process may hold one for as long as `KEPT_FOR`.
    """
    gone = list(owners)
    DataKey.objects.filter(kind=kind, owner__in=gone).delete()
    for owner in gone:
        _kept.pop((kind, owner), None)


def forget() -> None:
    """Drop every key from this process."""
    _kept.clear()
    epochs.forget()


def label(kind: str, owner: UUID) -> bytes:
    return f"{kind}:{owner}".encode()


def unwrapped(key: DataKey) -> bytes:
    """Its 32 bytes. Raises KeyRefused, or KeyServiceAway."""
    bound = label(key.kind, key.owner)
    if key.epoch is None:
        return root.unwrap(bytes(key.wrapped), bound)
    return epochs.unwrap(epochs.opened(key.epoch), bytes(key.wrapped), bound)


def _new(kind: str, owner: UUID, of: UUID | None) -> tuple[DataKey, bytes]:
    secret = os.urandom(32)
    epoch, cipher = epochs.newest(_home(kind, owner, of))
    wrapped = epochs.wrap(cipher, secret, label(kind, owner))
    return DataKey(kind=kind, owner=owner, wrapped=wrapped, wrapped_by="epoch", epoch_id=epoch), secret


def _home(kind: str, owner: UUID, of: UUID | None) -> UUID:
    """The agency whose epochs wrap a key. Accounts and what belongs to no agency are the installation's."""
    if kind in (Owner.PERSON, Owner.CASE):
        if of is None:
            raise TypeError(f"Say to which organisation the key of a {kind} belongs")
        return of
    return owner if kind == Owner.ORGANISATION else SYSTEM


def _keep(key: DataKey, secret: bytes) -> None:
    _kept[key.kind, key.owner] = (time.monotonic() + KEPT_FOR, key.pk, AESGCM(secret))


def _fresh(kind: str, owner: UUID) -> tuple[UUID, AESGCM] | None:
    until, key, found = _kept.get((kind, owner), (0.0, owner, None))
    return (key, found) if found is not None and until > time.monotonic() else None
