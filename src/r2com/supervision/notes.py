"""What was handed over to somebody and waits to be read. Whoever shows a day may show it there."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from r2com.access.models import seen
from r2com.access.questions import Question
from r2com.access.roles import May
from r2com.people.models import Person
from r2com.vault.fields import opened
from r2com.vault.models import Owner

from .models import HandOverNote

MOST = 50
COLUMNS = (
    "handed__at",
    "pk",
    "hand_over__worker__name",
    "part",
    "case",
    "case__reference",
    "case__person",
    "case__person__name",
)
WAITING = Question(
    lambda asker: (
        HandOverNote.objects.filter(to=asker.pk, case__in=seen("case", asker, May.READ_SENSITIVE))
        .filter(handed__isnull=False, reading__isnull=True, taken_back__isnull=True)
        .filter(case__closure__isnull=True)
        .order_by("handed__at")
        .values_list(*COLUMNS)
    )[:MOST]
)


@dataclass(frozen=True)
class Waiting:
    """A case that was handed over to me: when, from whom, in which part. The name is still sealed."""

    at: datetime
    note: UUID
    worker: str
    part: str
    case: UUID
    reference: str
    person: UUID
    sealed_name: bytes

    @property
    def name(self) -> str:
        return opened(Person, "name", self.person, self.sealed_name, Owner.PERSON, self.person)


def waiting(user) -> list[Waiting]:
    """The notes that this user has not read yet, the oldest first. One query; warm the keys for the names."""
    return [Waiting(*row) for row in WAITING(user)]
