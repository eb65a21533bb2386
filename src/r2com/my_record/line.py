"""What My record is made of: parts, and in each of them entries in plain words."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext


@dataclass(frozen=True)
class Line:
    """One entry: what it is, what stands there, and who wrote it down when.

    Where `kind` is empty, nothing can be said about it by itself. `within` is the entry it stands in.
    """

    title: str
    words: str
    who: str = ""
    kind: str = ""
    pk: UUID | None = None
    part: str = ""
    within: UUID | None = None
    is_held: bool = False

    @property
    def mark(self) -> str:
        """What stands for this entry in an address: it says nothing, and is the same each time."""
        entry = f"{self.kind}:{self.pk}:{self.part}"
        return salted_hmac("my_record.line", entry, algorithm="sha256").hexdigest()[:24]


@dataclass(frozen=True)
class Part:
    name: str
    title: str
    lines: list[Line]

    def without(self, held: dict) -> "Part":
        """The same, with only the reason in the place of what is held back."""
        return replace(self, lines=[withheld(line, held) for line in self.lines])

    def find(self, mark: str) -> Line | None:
        """The entry behind a mark, if something can be said about it."""
        return next((line for line in self.lines if line.kind and line.mark == mark), None)


def withheld(line: Line, held: dict) -> Line:
    """An entry as the person reads it: its words, or that it is held back and why."""
    found = held.get((line.kind, line.pk, line.part)) or held.get(line.within)
    if found is None:
        return line
    reason = _("Something is held back here. %(reason)s.") % {"reason": found.get_reason_display()}
    return Line(_("Held back"), reason, by(found.held_by, found.held_at), "held", found.pk, is_held=True)


def several(*texts: str) -> str:
    return "\n".join(filter(None, texts))


def by(user, at: datetime) -> str:
    return f"{user.name}, {day(at)}"


def since(at: datetime) -> str:
    return _("since %(day)s") % {"day": day(at)}


def day(moment: date | datetime) -> str:
    local = timezone.localtime(moment) if isinstance(moment, datetime) else moment
    return date_format(local, pgettext("a day in full, as in 17 November 2026", "j F Y"))
