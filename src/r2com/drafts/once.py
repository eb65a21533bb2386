"""What is sent twice is done once: a double click, a second press on a slow line, an answer that got lost.

Every page carries a token against forgery that no other page has. The same token with the same words, at
the same address, from the same person, is the same press. Its mark is written in the very transaction of
what it did, so that both stand or neither does.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.utils import timezone

from .models import Sent

TOKEN = "csrfmiddlewaretoken"  # noqa: S105 (the name of a field)
TOKEN_LENGTH = 64
REMEMBERED = timedelta(days=1)
AT_ONCE = timedelta(seconds=2)


class Repeated(Exception):
    """The same was sent before, and stands. Carries its mark."""


@dataclass
class Press:
    """One press on a button, and whether it has done something yet."""

    mark: str
    has_done: bool = False


_press: ContextVar[Press | None] = ContextVar("press", default=None)


def mark(request) -> str | None:
    """What tells this press from every other; None where nothing could be told apart."""
    if request.method != "POST" or not request.user.is_authenticated:
        return None
    token = request.POST.get(TOKEN, "")
    if len(token) != TOKEN_LENGTH:
        return None
    found = sha256()
    for part in (str(request.user.pk), token, request.get_full_path(), *_words(request), *_files(request)):
        found.update(sha256(part.encode(errors="surrogatepass") if isinstance(part, str) else part).digest())
    return found.hexdigest()


def _words(request) -> Iterator[str]:
    for name, values in sorted(request.POST.lists()):
        if name != TOKEN:
            yield name
            yield from values
            yield str(len(values))


def _files(request) -> Iterator[str | bytes]:
    for name, file in sorted(request.FILES.items()):
        yield name
        yield file.read()
        file.seek(0)


def answered(mark: str) -> str | None:
    """Where the first press led; None when there was none."""
    return Sent.objects.filter(mark=mark).values_list("led_to", flat=True).first()


def led(mark: str) -> str:
    """Where the first press led. One that is only just being answered is waited for, two seconds at most."""
    until = time.monotonic() + AT_ONCE.total_seconds()
    while not (found := answered(mark)) and time.monotonic() < until and _is_fresh(mark):
        time.sleep(0.05)
    return found or ""


def _is_fresh(mark: str) -> bool:
    return Sent.objects.filter(mark=mark, at__gt=timezone.now() - AT_ONCE).exists()


@contextmanager
def pressed(mark: str) -> Iterator[Press]:
    """Whatever is done inside is done for this press."""
    press = Press(mark)
    before = _press.set(press)
    try:
        yield press
    finally:
        _press.reset(before)


def stand_or_fall() -> None:
    """Write the mark into the transaction of what is being done. Raises Repeated when it stands already."""
    press = _press.get()
    if press is None or press.has_done:
        return
    try:
        with transaction.atomic():
            Sent.objects.create(mark=press.mark, at=timezone.now())
    except IntegrityError as fault:
        raise Repeated(press.mark) from fault
    press.has_done = True


def led_to(mark: str, address: str) -> None:
    """Remember where a press led, for whoever presses again."""
    Sent.objects.filter(mark=mark).update(led_to=address[: Sent.LONGEST])


def forget(*, at: datetime) -> None:
    Sent.objects.filter(at__lt=at - REMEMBERED).delete()
