"""The people somebody supports, by the day of release, one page at a time. Nobody is ever ranked."""

from dataclasses import dataclass
from datetime import date

from r2com.access.order import EVERYTHING, Span
from r2com.cases.models import Case
from r2com.people import search
from r2com.vault import keyring
from r2com.vault.models import Owner

MOST = 50
SHOWN = ("reference", "release_on", "person__name")


@dataclass(frozen=True)
class Supported:
    """Somebody I support, and where the support stands."""

    case: Case
    phase: str


@dataclass(frozen=True)
class Sheet:
    """One page of the list. `earlier` and `later` are the references behind which it goes on."""

    people: list[Supported]
    earlier: str = ""
    later: str = ""

    @property
    def case_ids(self) -> list[str]:
        return [str(row.case.pk) for row in self.people]


def sheet(user, day: date, *, after: str = "", before: str = "") -> Sheet:
    """The page behind one person, or the page before one; the first page when they are not there."""
    turn = _found(user, after or before)
    backwards = bool(turn and not after)
    span = Span(behind=turn.place_by_release, backwards=backwards) if turn else EVERYTHING
    cases = list(_light(Case.objects.first_visible_to(user, MOST + 1, span=span)))
    if turn and not cases:
        return sheet(user, day)
    goes_on = len(cases) > MOST
    shown = cases[-MOST:] if backwards else cases[:MOST]
    has_earlier, has_later = (goes_on, True) if backwards else (turn is not None, goes_on)
    return Sheet(
        supported(shown, day),
        shown[0].reference if has_earlier else "",
        shown[-1].reference if has_later else "",
    )


def found(user, organisation, name: str, day: date) -> Sheet:
    """Those of the people I support who have a name like this."""
    people = search.known(organisation, name, None, to=user)
    rows = Case.objects.visible_to(user).filter(person__in=people).by_release()
    return Sheet(supported(list(_light(rows)[:MOST]), day))


def supported(cases: list[Case], day: date) -> list[Supported]:
    warm(cases)
    return [Supported(case, case.phase_on(day).label) for case in cases]


def warm(cases: list[Case]) -> None:
    """Fetch the keys of everybody on the page at once."""
    people = {case.person_id for case in cases}
    keyring.warm_all({Owner.PERSON: people, Owner.CASE: {case.pk for case in cases}})


def _light(rows):
    """Only what a line of a list shows."""
    return rows.select_related("person").only(*SHOWN)


def _found(user, reference: str) -> Case | None:
    if not reference or "\0" in reference:
        return None
    return Case.objects.visible_to(user).filter(reference=reference).only("release_on").first()
