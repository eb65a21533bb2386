"""New keys above the data keys: what is sealed stays as it lies, only what wraps its key is new.

Each step is a small transaction and says in the keyring how far it came. Whoever runs it again after a
fault or a kill goes on where it stood.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from . import epochs, keyring, keyservice
from .keyservice import KeyRefused
from .models import DataKey, EpochKey

BATCH = 500
# Longer than any process keeps an epoch: nobody writes under it any more.
SETTLED = timedelta(hours=1)
Homes = Callable[[str, list[UUID]], dict[UUID, UUID]]


def take_in(homes: Homes) -> Iterator[int]:
    """Bring keys that the root key wrapped itself into the epoch of their agency, some at a time."""
    while keys := list(DataKey.objects.filter(epoch=None).order_by("kind", "pk")[:BATCH]):
        of = {}
        for kind in {key.kind for key in keys}:
            of |= homes(kind, [key.owner for key in keys if key.kind == kind])
        _wrap_anew(keys, lambda key, of=of: epochs.newest(of[key.owner]))
        yield len(keys)


def begin() -> bool:
    """A new epoch for every agency, all or none; False when an earlier rotation is not finished yet."""
    if EpochKey.objects.filter(finished_at=None).exists():
        return False
    try:
        with transaction.atomic(using="keyring"):
            for organisation in EpochKey.objects.order_by().values_list("organisation", flat=True).distinct():
                epochs.begin(organisation, epochs.last(organisation).number + 1)
    except IntegrityError:
        return False
    epochs.forget()
    return True


def move(at: datetime) -> Iterator[int]:
    """Wrap every key in the newest epoch of its agency. Gives how many, some at a time."""
    for epoch in EpochKey.objects.filter(finished_at=None).order_by("pk"):
        older = DataKey.objects.filter(epoch__organisation=epoch.organisation).exclude(epoch=epoch)
        while keys := list(older.select_related("epoch").order_by("pk")[:BATCH]):
            _wrap_anew(keys, lambda _, epoch=epoch: (epoch.pk, epochs.opened(epoch)))
            yield len(keys)
        EpochKey.objects.filter(pk=epoch.pk).update(finished_at=at)


def drop_empty(at: datetime) -> int:
    """Delete epochs that hold no key any more, once nobody can be writing under them."""
    gone = 0
    for newer in EpochKey.objects.filter(finished_at__lt=at - SETTLED):
        older = EpochKey.objects.filter(organisation=newer.organisation, number__lt=newer.number)
        gone += older.filter(keys=None).delete()[0]
    return gone


def new_root() -> bool:
    """A new version of the root key; False when an earlier one has not wrapped every epoch yet."""
    keeper = keyservice.service()
    try:
        unfinished = EpochKey.objects.exclude(wrapped_by=keeper.describe()).exists()
    except keyservice.KeyServiceAway:
        unfinished = False
    if unfinished:
        return False
    keeper.rotate()
    return True


def move_to_root() -> Iterator[int]:
    """Wrap the key of every epoch by the newest version of the root key."""
    keeper = keyservice.service()
    by = keeper.describe()
    for epoch in EpochKey.objects.exclude(wrapped_by=by).order_by("pk"):
        wrapped = keeper.wrap(epochs.unwrapped(epoch), epochs.label(epoch))
        EpochKey.objects.filter(pk=epoch.pk).update(wrapped=wrapped, wrapped_by=by)
        yield 1


def destroy_old_roots() -> int:
    """Destroy every older version. Raises KeyRefused while something still needs one."""
    keeper = keyservice.service()
    by = keeper.describe()
    if EpochKey.objects.exclude(wrapped_by=by).exists() or DataKey.objects.filter(epoch=None).exists():
        raise KeyRefused("Some keys are still wrapped by an older version of the root key.")
    older = keeper.versions()[:-1]
    for version in older:
        keeper.destroy_version(version)
    return len(older)


def _wrap_anew(keys: list[DataKey], home: Callable) -> None:
    """Only these rows, and only if they are still there: a destroyed key does not come back."""
    for key in keys:
        secret = keyring.unwrapped(key)
        key.epoch_id, cipher = home(key)
        key.wrapped = epochs.wrap(cipher, secret, keyring.label(key.kind, key.owner))
        key.wrapped_by = "epoch"
    DataKey.objects.bulk_update(keys, ["wrapped", "wrapped_by", "epoch"])
