"""What somebody reads about their own sessions: the kind of browser and the day. Nothing finer is kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.crypto import salted_hmac

from .models import Session, User
from .sessions import hashed

# In this order: each of these also names those further down, to be taken for them.
BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS X": "Mac",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}


@dataclass(frozen=True)
class Device:
    """One browser that somebody is signed in with. `mark` tells it from the others and opens nothing."""

    family: str
    begun_on: date | None
    last_used_on: date | None
    is_this: bool
    mark: str


def family(agent: str) -> str:
    """The kind of browser and of machine, as “Firefox · Windows”; no version, no model. Empty if unknown."""
    kinds = (_first(BROWSERS, agent), _first(SYSTEMS, agent))
    return " · ".join(kind for kind in kinds if kind)


def _first(names: dict[str, str], agent: str) -> str:
    return next((said for sign, said in names.items() if sign in agent), "")


def of(user: User, here: str, at: datetime) -> Iterator[Device]:
    """Where somebody is signed in, this browser first, then the one used last."""
    rows = Session.objects.filter(user=user, expire_date__gt=at).order_by("-last_used_on", "session_key")
    this = hashed(here)
    for row in sorted(rows, key=lambda row: row.session_key != this):
        is_this = row.session_key == this
        yield Device(row.device, row.begun_on, row.last_used_on, is_this, mark(row))


def mark(row: Session) -> str:
    """What stands in the page for a session: neither its key nor the hash under which it is kept."""
    return salted_hmac("accounts.devices", row.session_key, algorithm="sha256").hexdigest()


def marked(user: User, mark_: str) -> Session | None:
    """Which of somebody's own sessions that is."""
    return next((row for row in Session.objects.filter(user=user) if mark(row) == mark_), None)
