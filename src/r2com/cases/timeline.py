"""One line of time over everything that is kept about a case.

Each app says what it keeps that has a moment of its own, and registers it when it starts. However many
there are, one question asks for all of them, through the one door of each. What comes back are flat rows:
a moment, words from a fixed list, and, only where they are shown, the person's own words still sealed.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import BinaryField, DateTimeField, F, Model, QuerySet, TextField, UUIDField, Value
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from r2com.access.questions import Question
from r2com.ui.addresses import each
from r2com.ui.timeline import Mark, timeline_svg
from r2com.vault.fields import opened
from r2com.vault.models import Owner

from .models import Case

COLUMNS = ("line_kind", "line_at", "line_pk", "line_about", "line_word", "line_who", "line_sealed")


class Lane(StrEnum):
    """The strand of the work that something belongs to."""

    AGREED = "agreed"
    MET = "met"
    UNDERSTOOD = "understood"
    PLANNED = "planned"
    SUPPORT = "support"


LANES = {
    Lane.AGREED: _("Told and agreed"),
    Lane.MET: _("Met and spoke"),
    Lane.UNDERSTOOD: _("Looked at together"),
    Lane.PLANNED: _("Plan and steps"),
    Lane.SUPPORT: _("Help and papers"),
}


@dataclass(frozen=True)
class Kept:
    """Rows that stand in the line of time.

    `rows` gives those of one case that somebody may see. `at`, `who`, `word` and `about` are columns or
    expressions: the moment, the name of who did it, a word from a fixed list, and what the page under the
    address `link` is about; `page` is one that the whole case has. `says` turns the word into a title.
    `sealed` is a field of these rows with somebody's words; they stand in the title as %(words)s.
    """

    kind: str
    lane: Lane
    rows: Callable[[Any, Any], QuerySet]
    at: Any
    says: Callable[[str], Any]
    who: str = ""
    word: Any = ""
    about: str = "pk"
    link: str = ""
    page: str = ""
    sealed: tuple[type[Model], str] | None = None


@dataclass(frozen=True)
class Moment:
    """One thing that happened. `about` and `word` say of what, for pages that look for it."""

    at: datetime
    title: str
    who: str = ""
    url: str = ""
    lane: str = Lane.AGREED
    kind: str = ""
    about: UUID | None = None
    word: str = ""


_kept: dict[str, Kept] = {}


def register(*kept: Kept) -> None:
    for one in kept:
        _kept[one.kind] = one


def of(case: Case, user) -> list[Moment]:
    """Everything that this user may see of a case, the newest first. One query."""
    rows = EVERYTHING(user, case=case.pk)
    found = [_moment(case, *row) for row in rows]
    return sorted([*found, _opened(case)], key=lambda one: one.at, reverse=True)


def newest(moments: Iterable[Moment], *kinds: str, about: UUID | None = None) -> Moment | None:
    """The newest of these kinds, of everything or about one thing. `moments` have the newest first."""
    fits = (one for one in moments if one.kind in kinds and about in (None, one.about))
    return next(fits, None)


def picture(moments: Iterable[Moment], case: Case, *, standalone: bool = False) -> SafeString:
    """The line of time as a drawing, with the day of release across it. The list beside it says the same."""
    lanes = list(LANES)
    marks = [Mark(lanes.index(Lane(one.lane)), timezone.localdate(one.at)) for one in moments]
    names = [str(name) for name in LANES.values()]
    return timeline_svg(names, marks, gate=case.release_on, standalone=standalone)


def _rows(asker, case) -> QuerySet:
    first, *others = [_columns(kept, asker, case) for _kind, kept in sorted(_kept.items())]
    return first.union(*others, all=True)


EVERYTHING = Question(_rows)


def _columns(kept: Kept, asker, case) -> QuerySet:
    """The same columns of every kind of row, so that they can stand in one answer."""
    said = {
        "line_kind": _text(kept.kind),
        "line_at": Cast(kept.at, DateTimeField()),
        "line_pk": Cast("pk", UUIDField()),
        "line_about": Cast(kept.about, UUIDField()),
        "line_word": _text(kept.word),
        "line_who": Cast(kept.who, TextField()) if kept.who else _text(""),
        "line_sealed": Cast(F(kept.sealed[1]) if kept.sealed else Value(None), BinaryField()),
    }
    return kept.rows(asker, case).order_by().annotate(**said).values_list(*COLUMNS)


def _text(said):
    return Cast(Value(said) if isinstance(said, str) else said, TextField())


def _moment(case: Case, kind: str, at, pk, about, word: str, who: str, sealed: bytes | None) -> Moment:
    kept = _kept[kind]
    title = str(kept.says(word))
    if kept.sealed:
        title %= {"words": opened(*kept.sealed, pk, sealed, Owner.CASE, case.pk)}
    return Moment(at, title, who or "", _link(kept, case, about), kept.lane, kind, about, word)


def _link(kept: Kept, case: Case, about: UUID) -> str:
    if kept.page:
        return each(kept.page)(case.reference)
    return each(kept.link)(about) if kept.link else ""


def _opened(case: Case) -> Moment:
    return Moment(case.opened_at, str(_("Case opened")), kind="opened")
