"""What somebody chose, on paper for them to carry. It stands under the house's neutral name."""

from datetime import datetime
from pathlib import Path

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from r2com.accounts.models import User
from r2com.cases.models import CaseMember
from r2com.contests.shown import shown
from r2com.plans import paper as plans
from r2com.ui.pdf import pdf

from . import reading
from .models import SessionEntry
from .reading import Course, Meeting

TEMPLATE = Path(__file__).parent / "typst" / "overview.typ"


def printed(course: Course, *, by: User, at: datetime) -> bytes:
    """The overview as a PDF, in the language that the person reads. No note of ours stands on it."""
    return pdf(TEMPLATE, words(course, by=by, at=at))


def words(course: Course, *, by: User, at: datetime) -> dict:
    """Everything that stands on the paper; `typst/overview.typ` says what each key is."""
    contests = shown(course.offer.case, by)
    with translation.override(plans.language(course.offer)):
        theirs = reading.course(course.offer)
        moment = f"{reading.day(timezone.localtime(at))}, {date_format(timezone.localtime(at), 'H:i')}"
        return {
            "language": translation.get_language(),
            "house": course.offer.case.organisation.neutral_name,
            "title": theirs.programme.name,
            "draft": False,
            "to_person": theirs.programme.to_person,
            "pace": theirs.programme.pace,
            "voice": "\n".join(filter(None, [course.offer.words, contests.lines(course.offer)])),
            "meetings": [_meeting(meeting) for meeting in theirs.meetings if not _is_dropped(meeting)],
            "people": _people(course),
            "end_line": _("You may pause or stop at any time. Nothing else we do for you depends on it."),
            "printed_line": _("Printed by %(name)s, %(moment)s.") % {"name": by.name, "moment": moment},
            "words": {
                "paper": _("What we do together"),
                "pace": _("Pace"),
                "meetings": _("The meetings"),
                "ring": _("Whom I can ring"),
            },
        }


def _meeting(meeting: Meeting) -> dict[str, str]:
    session, entry = meeting.session, meeting.entry
    day = reading.day(entry.day) if entry and entry.day else ""
    return {"title": session.title, "when": session.when, "day": day, "takes_away": session.takes_away}


def _is_dropped(meeting: Meeting) -> bool:
    return meeting.entry is not None and meeting.entry.what == SessionEntry.What.DROPPED


def _people(course: Course) -> list[dict[str, str]]:
    """Who works with the person and has a number for it, the one who leads this first."""
    parts = (CaseMember.Part.LEAD, CaseMember.Part.DEPUTY)
    members = course.offer.case.members.filter(part__in=parts, until__isnull=True).select_related("user")
    users = [course.offer.leader, *(member.user for member in members.order_by("since"))]
    return [{"name": user.name, "phone": user.phone} for user in dict.fromkeys(users) if user and user.phone]
