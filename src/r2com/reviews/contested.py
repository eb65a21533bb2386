"""What of a review and of the closing can be contested."""

from uuid import UUID

from django.utils.translation import gettext as _

from r2com.access import grants
from r2com.access.roles import May
from r2com.contests.kinds import Entry, Kind
from r2com.contests.kinds import register as kind

from .models import Closing, Review

PEOPLE = ("case__person", "case__organisation", "case__team")


def register() -> None:
    kind(Kind("review", Review, review))
    kind(Kind("closing", Closing, closing))


def review(user, pk: UUID, part: str) -> Entry | None:
    row = Review.objects.visible_to(user).whole().filter(pk=pk).first()
    if row is None or not grants.allows(user, row.case_id, May.READ_SENSITIVE):
        return None
    decided = row.decision if row.is_kept else None
    said = [str(decided.get_says_display()), decided.reasons, decided.narrative] if decided else []
    authors = {row.begun_by_id, *([decided.kept_by_id] if decided else [])}
    title = _("Review %(number)s") % {"number": row.number}
    return _entry("review", row, title, said, authors)


def closing(user, pk: UUID, part: str) -> Entry | None:
    row = Closing.objects.visible_to(user).select_related(*PEOPLE).filter(pk=pk).first()
    if row is None or not grants.allows(user, row.case_id, May.READ_SENSITIVE):
        return None
    said = [str(row.get_reason_display()), row.waits, row.told]
    return _entry("closing", row, _("How it ended"), said, {row.written_by_id})


def _entry(name: str, row, title: str, said: list[str], authors: set) -> Entry:
    words = "\n".join(filter(None, said))
    return Entry(name, row.pk, row.case, title, words, frozenset(authors), is_sensitive=True)
