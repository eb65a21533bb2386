"""The keys between the root and the keyring: one for each agency, and a new one at each rotation.

Unwrapping one may mean to ask a machine elsewhere, so each stays in this process for a quarter of an hour:
so long an installation goes on reading when its key service is away.
"""

import os
import time
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import IntegrityError, transaction
from django.utils import timezone

from . import keyservice
from .keyservice import KeyRefused
from .models import EpochKey

KEPT_FOR = 15 * 60
NONCE = 12
_kept: dict[UUID, tuple[float, AESGCM]] = {}
_newest: dict[UUID, tuple[float, UUID]] = {}


def newest(organisation: UUID) -> tuple[UUID, AESGCM]:
    """The epoch that new keys of an agency are wrapped in; the first one begins by itself."""
    until, pk = _newest.get(organisation, (0.0, organisation))
    if until > time.monotonic() and (cipher := _fresh(pk)):
        return pk, cipher
    epoch = last(organisation) or _first(organisation)
    _newest[organisation] = (time.monotonic() + KEPT_FOR, epoch.pk)
    return epoch.pk, opened(epoch)


def last(organisation: UUID) -> EpochKey | None:
    return EpochKey.objects.filter(organisation=organisation).order_by("-number").first()


def begin(organisation: UUID, number: int, **facts) -> EpochKey:
    """A new epoch of an agency. Raises IntegrityError when somebody else was quicker."""
    secret, keeper = os.urandom(32), keyservice.service()
    epoch = EpochKey(organisation=organisation, number=number, **facts)
    epoch.wrapped, epoch.wrapped_by = keeper.wrap(secret, label(epoch)), keeper.describe()
    with transaction.atomic(using="keyring"):
        epoch.save(force_insert=True)
    _keep(epoch.pk, secret)
    return epoch


def opened(epoch: EpochKey) -> AESGCM:
    """Its cipher. Raises KeyRefused, or KeyServiceAway."""
    return _fresh(epoch.pk) or _keep(epoch.pk, unwrapped(epoch))


def unwrapped(epoch: EpochKey) -> bytes:
    return keyservice.that_wrapped(epoch.wrapped_by).unwrap(bytes(epoch.wrapped), label(epoch))


def wrap(cipher: AESGCM, secret: bytes, bound: bytes) -> bytes:
    nonce = os.urandom(NONCE)
    return nonce + cipher.encrypt(nonce, secret, bound)


def unwrap(cipher: AESGCM, wrapped: bytes, bound: bytes) -> bytes:
    try:
        return cipher.decrypt(wrapped[:NONCE], wrapped[NONCE:], bound)
    except InvalidTag as fault:
        raise KeyRefused("The key of the epoch does not open this key.") from fault


def label(epoch: EpochKey) -> bytes:
    return f"epoch:{epoch.organisation}:{epoch.number}".encode()


def forget() -> None:
    """Drop every epoch from this process."""
    _kept.clear()
    _newest.clear()


def _first(organisation: UUID) -> EpochKey:
    try:
        return begin(organisation, 1, finished_at=timezone.now())
    except IntegrityError:
        return EpochKey.objects.get(organisation=organisation, number=1)


def _fresh(pk: UUID) -> AESGCM | None:
    until, cipher = _kept.get(pk, (0.0, None))
    return cipher if until > time.monotonic() else None


def _keep(pk: UUID, secret: bytes) -> AESGCM:
    cipher = AESGCM(secret)
    _kept[pk] = (time.monotonic() + KEPT_FOR, cipher)
    return cipher
