"""Idempotency-Key: what is sent twice, because an answer got lost on the way, is done once."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils import timezone

from .models import REMEMBERED, Once, hashed
from .problems import UsedBefore


def once(request: HttpRequest, do: Callable[[], UUID]) -> UUID:
    """The id of what was made, now or when the same was sent before. A refusal is not remembered."""
    key = request.headers.get("Idempotency-Key", "").strip()
    if not key:
        return do()
    at = timezone.now()
    try:
        with transaction.atomic():
            return _before(request, key, at) or _now(request, key, at, do)
    except IntegrityError:
        # The same was sent at the same moment; the other one came first, and stands by now.
        if made := _before(request, key, at):
            return made
        raise


def _before(request: HttpRequest, key: str, at: datetime) -> UUID | None:
    """What was made with this key within a day. Raises UsedBefore when something else was sent with it."""
    own = Once.objects.filter(token=request.auth)
    own.filter(at__lt=at - REMEMBERED).delete()
    found = own.filter(key_hash=hashed(key)).first()
    if found is not None and found.sent_hash != _sent(request):
        raise UsedBefore
    return found.made if found else None


def _now(request: HttpRequest, key: str, at: datetime, do: Callable[[], UUID]) -> UUID:
    row = Once.objects.create(token=request.auth, key_hash=hashed(key), sent_hash=_sent(request), at=at)
    row.made = do()
    row.save(update_fields=["made"])
    return row.made


def _sent(request: HttpRequest) -> str:
    return hashed(f"{request.method} {request.path} {request.body.decode(errors='replace')}")
