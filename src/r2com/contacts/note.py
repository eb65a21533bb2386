"""What is to be written about a contact, before it is kept, and the rules that it has to keep."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from r2com.core.refusals import Refused
from r2com.plans.models import Goal, Step

from .models import Attendance, Contact, Kind, Readers, Statement, Version

SAID = ("happened_at", "kind", "attendance", "minutes", "readers")
SEALED = ("present", "purpose", "words", "because", "changes")
CLOCKS_DIFFER = timedelta(minutes=10)
QUOTATION_MARKS = [("“", "”"), ('"', '"'), ("«", "»"), ("„", "“")]


@dataclass(frozen=True)
class Said:
    """One statement: its type, its words, and who reported it."""

    type: str
    words: str
    who: str = ""


@dataclass(frozen=True)
class About:
    """A goal the contact was about, or one step of it."""

    goal: Goal
    step: Step | None = None


@dataclass(frozen=True)
class Promise:
    """What is due next, and by which day; or that one meets then, and at which hour."""

    words: str
    due: date
    meets: bool = False
    hour: time | None = None


@dataclass(frozen=True)
class Note:
    """Everything that one version of a note says."""

    happened_at: datetime
    kind: str = Kind.VISIT
    attendance: str = Attendance.TOOK_PLACE
    minutes: int | None = None
    present: str = ""
    purpose: str = ""
    words: str = ""
    because: str = ""
    changes: str = ""
    readers: str = Readers.CASE_TEAM
    statements: tuple[Said, ...] = ()
    towards: tuple[About, ...] = ()

    @property
    def took_place(self) -> bool:
        return Attendance(self.attendance).took_place

    def must_be_whole(self, at: datetime) -> None:
        """Attendance and content stay apart: what did not happen has no content."""
        self.must_have_happened(at)
        content = self.words.strip() or self.statements
        if self.took_place and not content:
            raise Refused(_("Write in a few words what happened."))
        if self.took_place and self.because.strip():
            raise Refused(_("You wrote why it did not happen. Say so above, or empty that box."))
        if not self.took_place and (content or self.changes.strip() or self.towards):
            raise Refused(
                _("You wrote down what happened. Say above that it took place, or empty those boxes.")
            )

    def must_have_happened(self, at: datetime) -> None:
        if self.happened_at > at + CLOCKS_DIFFER:
            raise Refused(_("This lies in the future. Write the note once it has happened."))

    def must_be_about(self, case_id) -> None:
        if any(one.goal.plan.case_id != case_id for one in self.towards):
            raise Refused(_("Choose a goal of this person’s own plan."))


def as_written(version: Version) -> Note:
    """A version as it could be written once more."""
    kept = ("happened_at", "kind", "attendance", "minutes", "readers")
    said = ("present", "purpose", "words", "because", "changes")
    return Note(
        **{name: getattr(version, name) for name in kept + said},
        statements=tuple(Said(row.type, row.words, row.who) for row in version.statements.all()),
        towards=tuple(About(row.goal, row.step) for row in version.towards.all()),
    )


def bare(said: Said) -> str:
    """The words without quotation marks around them: the page puts its own."""
    words = said.words.strip()
    if said.type == Statement.Type.SAID:
        for opening, closing in QUOTATION_MARKS:
            inner = words[1:-1]
            if words.startswith(opening) and words.endswith(closing) and opening not in inner:
                return inner.strip() or words
    return words


def as_it_stands(contact: Contact) -> Note:
    """Everything that the version that stands now says."""
    version = contact.standing
    said = {name: getattr(version, name) for name in (*SAID, *SEALED)}
    statements = tuple(Said(one.type, one.words, one.who) for one in version.statements.all())
    towards = tuple(About(one.goal, one.step) for one in version.towards.select_related("goal", "step"))
    return Note(**said, statements=statements, towards=towards)
