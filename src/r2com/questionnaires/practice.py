"""Our own practice: what was answered otherwise last time, and from which statements one may choose."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from r2com.accounts.models import User
from r2com.core.instruments import Instrument
from r2com.core.instruments.questions import Group, Part, pages
from r2com.organisations.models import Membership, Organisation

from . import reading
from .models import OWN_PRACTICE, Chosen, Questionnaire


@dataclass(frozen=True)
class Changed:
    """One question that was answered otherwise: under which statement, what was said then and now."""

    page: str
    statement: str
    label: str
    then: str
    now: str


def changes(earlier: Questionnaire, later: Questionnaire, today: date) -> list[Changed]:
    """What was answered otherwise, in the order of asking, both answers in words. A blank is said, too."""
    before = {line.address: line.said for _page, _statement, line in _said(earlier, today)}
    return [
        Changed(page, statement, line.label, before.get(line.address, ""), line.said)
        for page, statement, line in _said(later, today)
        if before.get(line.address, "") != line.said
    ]


def statements(guide: Instrument) -> dict[str, str]:
    """Every part of the instrument that has a title and asks something by itself: name and title."""
    return {
        part.id: part.title
        for page in pages(guide.questions)
        for part in _groups(page.parts)
        if part.title and any(not isinstance(one, Group) and one.can_be_answered for one in part.parts)
    }


def listed(rows: Iterable[Chosen]) -> list[tuple[Chosen, str]]:
    """What was chosen, each with the statement it is about in the reader's language."""
    return [(row, statements(reading.guide_of(row.questionnaire)).get(row.about, "")) for row in rows]


def could_own(organisation: Organisation, on: date) -> list[User]:
    """Who sees what was chosen, and can say that it is done."""
    places = Membership.objects.on(on).filter(organisation=organisation, role__in=OWN_PRACTICE)
    return [place.user for place in places.select_related("user").order_by("user__name", "user__pk")]


def _said(questionnaire: Questionnaire, today: date) -> Iterator[tuple[str, str, reading.Line]]:
    """Every answer with the page and the statement it stands under."""
    guide = reading.guide_of(questionnaire)
    titles, groups = statements(guide), {one.id: one.group for one in guide.questions.every()}
    for _number, page in reading.asked_pages(questionnaire, guide, today):
        for line in reading.lines(guide, questionnaire.answers, page, today):
            if line.kind == "answer":
                group = groups[line.address.split("/")[-1]]
                yield page.title, "" if group == page.key else titles.get(group, ""), line


def _groups(parts: tuple[Part, ...]) -> Iterator[Group]:
    for part in parts:
        if isinstance(part, Group):
            yield part
            yield from _groups(part.parts)
