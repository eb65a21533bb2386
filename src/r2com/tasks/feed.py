"""A calendar that says how much is due on which day. No name, no reference, no kind of task is in it."""

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from hashlib import sha256

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from icalendar import Calendar, Event

from r2com.accounts.models import User
from r2com.core.days import later
from r2com.organisations.models import Membership

from . import listing
from .models import CalendarFeed, token_hash

AHEAD = 120


def with_token(token: str, today: date) -> CalendarFeed | None:
    """The live feed behind an address, if its owner still works here."""
    working = Membership.objects.on(today).values("user")
    live = CalendarFeed.objects.filter(ended_at=None, user__is_active=True, user__in=working)
    return live.select_related("user").filter(token_hash=token_hash(token)).first()


def calendar(feed: CalendarFeed, link: Callable[[date], str], *, at: datetime, today: date) -> bytes:
    """An iCalendar file (RFC 5545) with one whole day for each on which something is due."""
    counted = Counter(listing.days(feed.user, today))
    with translation.override(feed.user.language):
        name = house(feed.user, today)
        made = Calendar()
        made.add("prodid", "-//Calendar//EN")
        made.add("version", "2.0")
        made.add("method", "PUBLISH")
        made.add("x-wr-calname", name)
        for day, things in sorted(counted.items()):
            if day < later(today, AHEAD):
                made.add_component(_event(feed, day, f"{name}: {how_many(things)}", link(day), at))
        return made.to_ical()


def how_many(things: int) -> str:
    return ngettext("%(things)d thing due", "%(things)d things due", things) % {"things": things}


def house(user: User, today: date) -> str:
    """What a stranger may read over somebody's shoulder."""
    place = Membership.objects.on(today).select_related("organisation").filter(user=user).first()
    return place.organisation.neutral_name if place else _("Work")


def _event(feed: CalendarFeed, day: date, title: str, link: str, at: datetime) -> Event:
    event = Event()
    event.add("uid", sha256(f"{feed.token_hash}{day}".encode()).hexdigest()[:32])
    event.add("dtstamp", at)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", title)
    event.add("url", link)
    event.add("transp", "TRANSPARENT")
    return event
