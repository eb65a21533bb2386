"""What was observed can be contested, by whoever it is about."""

from uuid import UUID

from r2com.contests.kinds import Entry, Kind
from r2com.contests.kinds import register as kind

from .models import Observation


def register() -> None:
    kind(Kind("observation", Observation, observation))


def observation(user, pk: UUID, part: str) -> Entry | None:
    """Its author, and whoever looked at it, do not answer."""
    row = Observation.objects.visible_to(user).whole().filter(pk=pk).first()
    if row is None:
        return None
    authors = frozenset({row.written_by_id, *(look.by_id for look in row.looks.all())})
    title = str(row.get_kind_display())
    return Entry("observation", pk, row.case, title, row.words, authors, is_sensitive=True)
