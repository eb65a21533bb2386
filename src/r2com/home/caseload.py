"""The people somebody supports, by the day of release, one page at a time. Nobody is ever ranked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.html import escape
from django.utils.translation import gettext as _

from r2com.access import order
from r2com.access.models import NO_DAY_YET
from r2com.access.order import BY_CHANGE, Span
from r2com.access.questions import Question
from r2com.cases.models import Case
from r2com.cases.phases import Phase, phase
from r2com.people import search
from r2com.people.models import Person
from r2com.ui.addresses import each
from r2com.ui.templatetags.ui import margin_day
from r2com.vault import keyring
from r2com.vault.fields import opened
from r2com.vault.models import Owner

MOST = 50


@dataclass(frozen=True)
class Somebody:
    """Whose case it is, as it lies in the database: the name is still sealed."""

    case: UUID
    reference: str
    person: UUID
    sealed_name: bytes

    @staticmethod
    def columns(path: str = "") -> list[str]:
        """What to ask for, from a row that leads to the case by this path."""
        before = f"{path}__" if path else ""
        return [f"{before}{column}" for column in ("pk", "reference", "person", "person__name")]

    @property
    def name(self) -> str:
        return opened(Person, "name", self.person, self.sealed_name, Owner.PERSON, self.person)


@dataclass(frozen=True)
class Supported:
    """Somebody I support, and where the support stands."""

    case: UUID
    reference: str
    name: str
    released: str
    phase: str
    url: str


@dataclass(frozen=True)
class Sheet:
    """One page of the list. `earlier` and `later` are the references behind which it goes on."""

    people: list[Supported]
    earlier: str = ""
    later: str = ""

    @property
    def case_ids(self) -> list[str]:
        return [str(row.case) for row in self.people]


def sheet(user, day: date, *, after: str = "", before: str = "", closed: bool = False) -> Sheet:
    """The page behind one person, or the page before one; the first page when they are not there.

    Where the support has ended stands on pages of its own.
    """
    turn = _found(user, after or before)
    backwards = bool(turn and not after)
    people = supported(_rows(user, turn, backwards, closed), day)
    if turn and not people:
        return sheet(user, day, closed=closed)
    goes_on = len(people) > MOST
    shown = people[-MOST:] if backwards else people[:MOST]
    has_earlier, has_later = (goes_on, True) if backwards else (turn is not None, goes_on)
    return Sheet(
        shown,
        shown[0].reference if has_earlier else "",
        shown[-1].reference if has_later else "",
    )


def found(user, organisation, name: str, day: date) -> Sheet:
    """Those of the people I support who have a name like this."""
    people = search.known(organisation, name, None, to=user)
    rows = Case.objects.visible_to(user).filter(person__in=people).by_release()
    return Sheet(supported(list(_columns(rows)[:MOST]), day))


FIRST = Question(lambda asker: _columns(Case.objects.first_visible_to(asker, MOST + 1)))


def _around(asker, day_before, day_after, since) -> QuerySet:
    """The first page, whoever comes out about now, and whose record changed last; each only once."""
    soon = order.first(asker, MOST, span=Span(first=day_before, last=day_after))
    changed = order.first(asker, MOST, BY_CHANGE, Span(first=since))
    seen = [order.first(asker, MOST + 1), soon, changed]
    first, *others = [_columns(Case.objects.filter(pk__in=rows)) for rows in seen]
    return first.union(*others)


AROUND = Question(_around)


def around(user, day_before: date, day_after: date, since: datetime) -> list[tuple]:
    """The rows of the first page, of everybody released between two days, and of those that changed since.

    In the order of the list, so that its first page stands first. One query.
    """
    rows = AROUND(user, day_before=day_before, day_after=day_after, since=since)
    return sorted(rows, key=lambda row: (row[0] or NO_DAY_YET, row[1]))


def first_sheet(rows: list[tuple], day: date) -> Sheet:
    """The first page out of these rows."""
    people = supported(rows[:MOST], day)
    return Sheet(people, later=people[-1].reference if len(rows) > MOST else "")


def _rows(user, turn: Case | None, backwards: bool, closed: bool) -> list[tuple]:
    if turn is None and not closed:
        return FIRST(user)
    span = Span(behind=turn.place_by_release if turn else None, backwards=backwards, closed=closed)
    return list(_columns(Case.objects.first_visible_to(user, MOST + 1, span=span)))


def _columns(rows):
    """What a line shows, still sealed."""
    return rows.values_list("release_on", *Somebody.columns())


def supported(rows: list[tuple], day: date) -> list[Supported]:
    """A line for each of these cases."""
    lines = [(Somebody(*row[1:]), row[0]) for row in rows]
    warm(somebody for somebody, _ in lines)
    words, address, no_day = labels(Phase), each("person"), escape(_("no day yet"))
    return [
        Supported(
            somebody.case,
            somebody.reference,
            somebody.name,
            margin_day(released) if released else no_day,
            words[phase(released, day)],
            address(somebody.reference),
        )
        for somebody, released in lines
    ]


def labels(kinds) -> dict[str, str]:
    """The words for a few kinds in the reader's language, ready for a page."""
    return {kind.value: escape(str(kind.label)) for kind in kinds}


def warm(people: Iterable[Somebody]) -> None:
    """Fetch the keys of everybody on the page at once."""
    people = list(people)
    persons, cases = [one.person for one in people], [one.case for one in people]
    keyring.warm_all({Owner.PERSON: persons, Owner.CASE: cases})


def _found(user, reference: str) -> Case | None:
    if not reference or "\0" in reference:
        return None
    return Case.objects.visible_to(user).filter(reference=reference).only("release_on").first()
