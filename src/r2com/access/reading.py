"""With whose eyes a request reads: which kinds of content are open to them, case by case.

What is closed to whoever reads is empty on the row, so it stands on no page, paper, export or answer that is
made from it. Outside of a request nobody reads: commands, jobs and the worker act for the agency itself.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from django.db.models import Q

from . import wall
from .categories import ALWAYS, Category
from .models import Grant

Kinds = frozenset[Category]
Whose = tuple[str, UUID]
COLUMNS = ("case", "person")


class Reader:
    """Somebody who reads, and what is open to them. Asked for all cases of a page at once, when needed."""

    def __init__(self, user):
        self.user = user
        self.expected: set[Whose] = set()
        self.found: dict[Whose, Kinds] = {}

    def opened(self, whose: Whose) -> Kinds:
        if whose not in self.found:
            self.expected.add(whose)
            self._look_up()
        return self.found[whose]

    def learn(self, whose: Whose, grants: Iterable[Grant]) -> None:
        """What their grants open, for somebody who has looked them up already."""
        self.found[whose] = Kinds(kind for grant in grants for kind in grant.categories)

    def _look_up(self) -> None:
        asked = self.expected - self.found.keys()
        self.expected = set()
        self.found |= dict.fromkeys(asked, Kinds())
        named = [Q(**{f"{column}__in": [pk for kind, pk in asked if kind == column]}) for column in COLUMNS]
        rows = Grant.objects.live().held_by(self.user).filter(named[0] | named[1])
        for case, person, kinds in rows.values_list("case", "person", "categories"):
            for whose in asked & {("case", case), ("person", person)}:
                self.found[whose] |= Kinds(kinds)


_reader: ContextVar[Reader | None] = ContextVar("reader", default=None)


@contextmanager
def read_as(reader: Reader) -> Iterator[None]:
    """Everything inside is read with somebody's eyes. Whoever it becomes there, it is as before after."""
    before = _reader.set(reader)
    try:
        with wall.asked_by(wall.who_asks()):
            yield
    finally:
        _reader.reset(before)


def become(user) -> None:
    """From here on this request reads with somebody else's eyes: whose token it is, or whose own record."""
    if reader := _reader.get():
        reader.user, reader.found = user, {}
    wall.hear(user)


def expect(kind: str, owners: Iterable[UUID]) -> None:
    """A page is about to show these: what is open in them is looked up together."""
    if (reader := _reader.get()) and kind in COLUMNS:
        reader.expected |= {(kind, owner) for owner in owners}


def learn(case: UUID, grants: Iterable[Grant]) -> None:
    """The grants of whoever reads, where they were looked up already."""
    if reader := _reader.get():
        reader.learn(("case", case), grants)


def opens(kind: str, owner: UUID, categories: Kinds) -> bool:
    """Whether whoever reads just now reads these kinds of content in this case, or about this person."""
    asked = categories - ALWAYS
    reader = _reader.get()
    return not asked or reader is None or kind not in COLUMNS or asked <= reader.opened((kind, owner))
