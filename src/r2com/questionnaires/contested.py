"""What stands in a questionnaire can be contested."""

from uuid import UUID

from django.utils import timezone

from r2com.contests.kinds import Entry, Kind
from r2com.contests.kinds import register as kind

from . import reading
from .models import Questionnaire


def register() -> None:
    kind(Kind("questionnaire", Questionnaire, questionnaire))


def questionnaire(user, pk: UUID, part: str) -> Entry | None:
    row = Questionnaire.objects.visible_to(user).whole().filter(pk=pk, case__isnull=False).first()
    if row is None:
        return None
    guide = reading.guide_of(row)
    authors = frozenset({row.begun_by_id, *([row.finished.by_id] if row.is_finished else [])})
    words = "\n".join(reading.said(row, guide, timezone.localdate()))
    return Entry("questionnaire", pk, row.case, guide.name, words, authors, is_sensitive=row.sensitive)
