"""The address of somebody's calendar, and the mail that says how much is due. Neither names anybody."""

import secrets
from datetime import date, datetime, time

from django.db import transaction

from r2com.accounts.models import User
from r2com.audit import trail

from ..models import CalendarFeed, Digest, token_hash


@transaction.atomic
def make_calendar(user: User, *, by: User, at: datetime) -> str:
    """A new secret address for one's calendar. It is shown once; the one before it ends.

    Returns the token that belongs into the address: 43 letters, 256 bits of chance.
    """
    _end(user, at)
    token = secrets.token_urlsafe(32)
    feed = CalendarFeed.objects.create(user=user, token_hash=token_hash(token), made_at=at)
    trail.record("calendar.made", subject=feed, by=by, at=at)
    return token


@transaction.atomic
def end_calendar(user: User, *, by: User, at: datetime) -> None:
    """The address of one's calendar answers no more."""
    if feed := _end(user, at):
        trail.record("calendar.ended", subject=feed, by=by, at=at)


@transaction.atomic
def read_calendar(feed: CalendarFeed, *, by: User, at: datetime) -> None:
    """A calendar asked how much is due."""
    trail.record("calendar.read", subject=feed, by=by, at=at)


@transaction.atomic
def choose_digest(user: User, *, comes: str, hour: time, by: User, at: datetime) -> Digest:
    """Ask for a mail that says how much is due."""
    chosen = {"comes": comes, "hour": hour, "chosen_at": at}
    digest, _is_first = Digest.objects.update_or_create(user=user, defaults=chosen)
    trail.record("digest.chosen", subject=digest, by=by, at=at, comes=comes)
    return digest


@transaction.atomic
def stop_digest(user: User, *, by: User, at: datetime) -> None:
    """No more mail."""
    digest = Digest.objects.filter(user=user).first()
    if digest is not None:
        trail.record("digest.stopped", subject=digest, by=by, at=at)
        digest.delete()


@transaction.atomic
def count_digest(digest: Digest, *, on: date, by: User | None, at: datetime) -> bool:
    """Take a day's mail upon oneself. False when it was sent already, also by another worker."""
    unsent = Digest.objects.filter(pk=digest.pk).exclude(last_sent_on=on)
    if not unsent.update(last_sent_on=on):
        return False
    trail.record("digest.counted", subject=digest, by=by, at=at)
    return True


def _end(user: User, at: datetime) -> CalendarFeed | None:
    feed = CalendarFeed.objects.select_for_update().filter(user=user, ended_at=None).first()
    if feed is not None:
        feed.ended_at = at
        feed.save(update_fields=["ended_at"])
    return feed
