"""What a person said about an area of their life in a form they filled in alone. It is read, never rated."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from r2com.core.instruments import Instrument
from r2com.core.instruments.questions import Page, pages

from . import reading
from .models import Questionnaire


@dataclass(frozen=True)
class OwnView:
    """One filling in, and what was said in it about one area."""

    questionnaire: Questionnaire
    title: str
    blocks: list[tuple[str, list[reading.Line]]]


def of_area(rows: QuerySet, area: str, today: date) -> OwnView | None:
    """The newest one that was finished and speaks of this area; `rows` are those of a case one may see."""
    finished = rows.filter(finished__isnull=False).for_list().order_by("-finished__at", "-pk")
    for row in finished:
        guide = reading.guide_of(row)
        page = _page(guide, area)
        if guide.for_whom == "person-alone" and page:
            found = rows.whole().get(pk=row.pk)
            lines = reading.lines(guide, found.answers, page, today)
            return OwnView(found, reading.title_of(guide, found.answers, page, today), reading.blocks(lines))
    return None


def _page(guide: Instrument, area: str) -> Page | None:
    return next((page for page in pages(guide.questions) if page.key == area), None)
