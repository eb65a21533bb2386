"""The list before the gate as it stands: every line with its day, in the order of days."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from r2com.cases.models import Case

from . import content
from .models import GATE, Begun, Entry, Line

OPEN = {"", Entry.Says.ASKED, Entry.Says.ARRANGED, Entry.Says.TAKEN_BACK, Entry.Says.NEEDED}
SHAPES = {
    Entry.Says.CONFIRMED: "box-tick",
    Entry.Says.ASKED: "box-half",
    Entry.Says.ARRANGED: "box-half",
    Entry.Says.TAKEN_BACK: "box-half",
}


@dataclass(frozen=True)
class Standing:
    """One line of the list as it is read: from the definition, or one's own, with what we wrote on it."""

    id: str
    title: str
    means: str
    receiver: str
    is_sensitive: bool
    is_own: bool
    due: date | None
    written: Line | None
    last: Entry | None

    @property
    def says(self) -> str:
        return self.last.says if self.last else ""

    @property
    def is_open(self) -> bool:
        return self.says in OPEN

    @property
    def is_confirmed(self) -> bool:
        return self.says == Entry.Says.CONFIRMED

    @property
    def is_not_needed(self) -> bool:
        return self.says == Entry.Says.NOT_NEEDED

    @property
    def offers(self) -> tuple[str, ...]:
        """What can be done with it as it stands."""
        if self.is_not_needed:
            return ()
        return ("keep", "take_back") if self.is_confirmed else ("confirm", "say", "keep", "not_needed")

    @property
    def entries(self) -> list[Entry]:
        """Everything that was said about it, the newest first."""
        return list(reversed(self.written.entries.all())) if self.written else []

    @property
    def shape(self) -> str:
        return SHAPES.get(self.says, "box-empty")

    @property
    def state(self) -> str:
        """In words: done only when the receiver has said so."""
        return str(self.last.get_says_display()) if self.last else _("Nothing done yet")

    @property
    def owner(self) -> str:
        """Who arranges it: somebody who works here, somebody outside, or both."""
        if self.written is None:
            return ""
        names = (self.written.owner.name if self.written.owner else "", self.written.outside)
        return ", ".join(name for name in names if name)

    @property
    def promised_for(self) -> date | None:
        return self.written.promised_for if self.written else None

    def is_late(self, today: date) -> bool:
        """Open, and the day by which it should stand has passed."""
        return self.is_open and self.due is not None and self.due < today

    def is_promise_past(self, today: date) -> bool:
        return self.is_open and self.promised_for is not None and self.promised_for < today


def standings(case: Case, begun: Begun | None) -> list[Standing]:
    """Every line in the order of its day; those without a day stand last, in the order of the list."""
    checklist = content.of(begun, GATE)
    lines = list(begun.lines.all()) if begun else []
    by_key = {line.key: line for line in lines if line.key}
    given = [_given(case, line, by_key.get(line.id)) for line in checklist.lines]
    own = [_own(case, line) for line in lines if not line.key]
    return sorted([*given, *own], key=lambda one: (one.due is None, one.due or date.max))


def in_parts(found: list[Standing], today: date) -> list[tuple[str, list[Standing]]]:
    """The list under four headings, each in the order of days; a heading without lines is left out."""
    late = [one for one in found if one.is_late(today)]
    still = [one for one in found if one.is_open and one not in late]
    done = [one for one in found if one.is_confirmed]
    left = [one for one in found if one.is_not_needed]
    headed = [(_("Its day has passed"), late), (_("Open"), still)]
    headed += [(_("Confirmed by the one who receives"), done), (_("Does not apply"), left)]
    return [(heading, rows) for heading, rows in headed if rows]


def _given(case: Case, line, written: Line | None) -> Standing:
    return Standing(
        id=line.id,
        title=line.title,
        means=line.means,
        receiver=line.receiver,
        is_sensitive=line.sensitive,
        is_own=False,
        due=line.due(case.release_on),
        written=written,
        last=written.last if written else None,
    )


def _own(case: Case, line: Line) -> Standing:
    return Standing(
        id=str(line.pk),
        title=line.words,
        means=line.means,
        receiver="",
        is_sensitive=False,
        is_own=True,
        due=line.due(case.release_on),
        written=line,
        last=line.last,
    )
