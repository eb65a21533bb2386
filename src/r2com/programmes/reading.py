"""How a programme that somebody began is read: its meetings, what comes next, and where it stands."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from r2com.accounts.models import User
from r2com.core.programmes import Phase, Programme, Session

from . import library
from .models import Offer, SessionEntry


@dataclass(frozen=True)
class Meeting:
    """One meeting of the programme with everything written about it, the newest last."""

    session: Session
    entries: list[SessionEntry]

    @property
    def entry(self) -> SessionEntry | None:
        return self.entries[-1] if self.entries else None

    @property
    def is_open(self) -> bool:
        """Neither held nor left out."""
        settled = (SessionEntry.What.HELD, SessionEntry.What.DROPPED)
        return self.entry is None or self.entry.what not in settled


@dataclass(frozen=True)
class Course:
    """A programme of one person in its own edition, with its meetings."""

    offer: Offer
    programme: Programme
    meetings: list[Meeting]

    @property
    def by_phase(self) -> list[tuple[Phase | None, list[Meeting]]]:
        found = {meeting.session.id: meeting for meeting in self.meetings}
        return [
            (phase, [found[session.id] for session in sessions])
            for phase, sessions in self.programme.by_phase
        ]

    @property
    def next(self) -> Meeting | None:
        """What comes next: the soonest with a day, else the first that nothing was written about."""
        if not self.offer.is_going_on:
            return None
        still = [meeting for meeting in self.meetings if meeting.is_open]
        dated = [meeting for meeting in still if meeting.entry]
        return min(dated, key=lambda meeting: meeting.entry.day) if dated else next(iter(still), None)


@dataclass(frozen=True)
class Coming:
    """A meeting with a day, for a list of days: when, what, in whose case."""

    day: date
    name: str
    title: str
    entry: SessionEntry


@dataclass(frozen=True)
class Thread:
    """A programme as a line through the record: which goal it serves, where it stands, what comes next."""

    offer: Offer
    name: str
    where: str
    goal: UUID | None
    plan: UUID | None
    next_title: str
    next_day: date | None


def course(offer: Offer, language: str = "") -> Course:
    """A programme with its meetings; `offer` comes from `whole()`."""
    programme = library.kept(offer.edition, language or get_language())
    written = defaultdict(list)
    for entry in offer.entries.all():
        written[entry.session].append(entry)
    return Course(offer, programme, [Meeting(one, written[one.id]) for one in programme.sessions])


def coming(user: User, *, until: date, most: int = 50) -> list[Coming]:
    """The meetings this person leads, up to a day, soonest first. One query, and keys for the names."""
    rows = SessionEntry.objects.visible_to(user).led_by(user).coming().filter(day__lte=until)
    return [_coming(entry) for entry in rows.with_case()[:most]]


def threads(user: User, case_id: UUID) -> list[Thread]:
    """The programmes of a case that the person said yes to, newest first, for the pages above."""
    rows = Offer.objects.visible_to(user).filter(case=case_id, says=Offer.Says.YES).whole()
    return [_thread(course(offer)) for offer in rows]


def where(offer: Offer) -> str:
    """Where it stands, in a word."""
    if not offer.is_chosen:
        return _("The person said no")
    if offer.last_turn is not None and not offer.is_going_on:
        return str(offer.last_turn.get_kind_display())
    return _("Going on")


def day(moment: date | datetime) -> str:
    """A day in full, as on a letter."""
    return date_format(moment, pgettext("a day in full, as in 17 November 2026", "j F Y"))


def _coming(entry: SessionEntry) -> Coming:
    programme = library.kept(entry.offer.edition, get_language())
    return Coming(entry.day, programme.name, programme.session(entry.session).title, entry)


def _thread(one: Course) -> Thread:
    ahead = one.next
    return Thread(
        one.offer,
        one.programme.name,
        where(one.offer),
        one.offer.goal_id,
        one.offer.plan_id,
        ahead.session.title if ahead else "",
        ahead.entry.day if ahead and ahead.entry else None,
    )
