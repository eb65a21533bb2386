"""What waits for somebody: assessments to sign off, questions of colleagues, notes of a hand-over."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import DateTimeField, F, TextField, Value
from django.db.models.functions import Cast
from django.utils.html import escape
from django.utils.translation import gettext as _

from r2com.access.models import seen
from r2com.access.questions import Question
from r2com.access.roles import May
from r2com.assessments.models import Assessment, HandingIn
from r2com.supervision import notes
from r2com.threads.models import Thread
from r2com.ui.addresses import each

from .caseload import MOST, Somebody, labels

QUESTION, NOTE = "question", "note"


@dataclass(frozen=True)
class HandedOver:
    """Something that waits, as it lies in the database."""

    at: datetime
    by: str
    kind: str
    about: UUID
    somebody: Somebody


@dataclass(frozen=True)
class Waiting:
    """Something that waits for me: since when, from whom, and where I answer."""

    at: datetime
    by: str
    kind: str
    url: str
    name: str


def _handed_in(asker):
    """Assessments that wait for a supervisor."""
    rows = HandingIn.objects.filter(
        assessment__case__in=seen("case", asker, May.SIGN_OFF), answer__isnull=True
    )
    return _columns(rows, "at", "by__name", F("assessment__kind"), "assessment_id", "assessment__case")


def _questions(asker):
    """Questions in which it is my turn."""
    rows = Thread.objects.visible_to(asker).waiting_for(asker)
    return _columns(rows, "asked_at", "asked_by__name", Value(QUESTION), "pk", "case")


def _columns(rows, at: str, who: str, kind, about: str, case: str):
    said = {
        "since": Cast(at, DateTimeField()),
        "who": F(who),
        "of_kind": Cast(kind, TextField()),
        "about": F(about),
    }
    return rows.order_by().annotate(**said).values_list(*said, *Somebody.columns(case))


def _handed_over(asker):
    """Cases that were given to me with a note I have not read."""
    return _columns(notes.unread(asker), "handed__at", "hand_over__worker__name", Value(NOTE), "pk", "case")


WAITING = Question(
    lambda asker: (
        _handed_in(asker)
        .union(_questions(asker), _handed_over(asker), all=True)
        .order_by("since", "about")[:MOST]
    )
)


def waiting_for(user) -> list[HandedOver]:
    """What waits for this user's answer, the longest first. One query."""
    return [HandedOver(*row[:4], Somebody(*row[4:])) for row in WAITING(user)]


def awaited(waiting: Iterable[HandedOver], names: dict[UUID, str]) -> list[Waiting]:
    """The same in words."""
    kinds = labels(Assessment.Kind)
    kinds |= {QUESTION: escape(_("A question to you")), NOTE: escape(_("Handed over to you"))}
    thread, answer, note = each("thread"), each("sign_off"), each("case_hand_overs")
    return [
        Waiting(
            one.at,
            one.by,
            kinds[one.kind],
            note(one.somebody.reference)
            if one.kind == NOTE
            else (thread if one.kind == QUESTION else answer)(one.about),
            names[one.somebody.case],
        )
        for one in waiting
    ]
