"""From a row to its questions, and from answers to what somebody reads."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from r2com.core.fhir import questionnaire as as_fhir
from r2com.core.fhir import response
from r2com.core.instruments import Instrument
from r2com.core.instruments.questions import Asked, Page, Part, Question, pages, tidy, walk
from r2com.core.instruments.questions.shapes import PLACEHOLDER
from r2com.instruments.models import PublishedInstrument
from r2com.instruments.reading import Altered, instrument

from .models import Questionnaire


@dataclass(frozen=True)
class Line:
    """One line of what was answered. `kind` is heading, time, note or answer."""

    kind: str
    label: str
    said: str = ""
    address: str = ""


def guide_of(questionnaire: Questionnaire, language: str | None = None) -> Instrument:
    """The pinned instrument in the reader's language. Raises Altered when it is another."""
    if questionnaire.content_hash != questionnaire.published.content_hash:
        raise Altered(str(questionnaire.published))
    return instrument(questionnaire.published, language or get_language() or "en")


def askable(*for_whom: str) -> list[tuple[PublishedInstrument, Instrument]]:
    """The newest published version of each instrument that asks these people questions, by name."""
    newest: dict[str, PublishedInstrument] = {}
    rows = PublishedInstrument.objects.defer("definition", "languages").order_by("published_at", "pk")
    for row in rows:
        newest[row.instrument] = row
    read = [(row, instrument(row, get_language() or "en")) for row in newest.values()]
    found = [(row, guide) for row, guide in read if guide.questions and guide.for_whom in for_whom]
    return sorted(found, key=lambda pair: pair[1].name.casefold())


def asked_pages(questionnaire: Questionnaire, guide: Instrument, today: date) -> list[tuple[int, Page]]:
    """The pages on which something is asked now, with their numbers."""
    asked = {one.path[0] for one in walk(guide.questions, questionnaire.answers, today)}
    return [
        (number, page)
        for number, page in enumerate(pages(guide.questions), 1)
        if any(part.id in asked for part in page.parts)
    ]


def title_of(guide: Instrument, answers: Mapping[str, Any], page: Page, today: date) -> str:
    """What a page is called, with the answers that its title speaks of; empty when it has no title."""
    asked = {one.path: one for one in walk(guide.questions, answers, today)}
    one = asked.get((page.key,))
    return spoken(page.title, one.said if one else {})


def titles(guide: Instrument, answers: Mapping[str, Any], today: date) -> dict[int, str]:
    """What each page is called on a list of pages: no two the same, and none without a name."""
    found: dict[int, str] = {}
    for number, page in enumerate(pages(guide.questions), 1):
        title = title_of(guide, answers, page, today)
        numbered = _("Page %(number)s") % {"number": number}
        found[number] = (
            numbered if not title else f"{title}, {numbered}" if title in found.values() else title
        )
    return found


def number_of(guide: Instrument, name: str | int) -> int:
    """On which page a question or group stands."""
    return next(n for n, page in enumerate(pages(guide.questions), 1) if name in names_on(page))


def names_on(page: Page) -> set[str]:
    """Under which names a page's answers are kept."""
    return set(_names(page.parts))


def _names(parts: Iterable[Part]) -> Iterable[str]:
    for part in parts:
        if isinstance(part, Question):
            yield from (part.id, part.other_id)
        elif part.repeats:
            yield part.id
        else:
            yield from _names(part.parts)


def lines(guide: Instrument, answers: Mapping[str, Any], page: Page, today: date) -> list[Line]:
    """What a page asked and what was said, in order."""
    asked = {one.path: one for one in walk(guide.questions, answers, today)}
    return list(_lines(page.parts, (), asked, answers, outer=True))


def blocks(found: list[Line]) -> list[tuple[str, list[Line]]]:
    """Lines of one kind that follow one another, together."""
    return [(kind, list(together)) for kind, together in groupby(found, key=lambda line: line.kind)]


def _lines(
    parts: tuple[Part, ...], prefix: tuple, asked: Mapping[tuple, Asked], own: Mapping, outer: bool = False
) -> Iterable[Line]:
    for part in parts:
        one = asked.get((*prefix, part.id))
        if one is None:
            continue
        if isinstance(part, Question):
            yield from _line(part, one, own)
        elif part.repeats:
            if not outer:
                yield Line("heading", spoken(part.title, one.said))
            for number, times in enumerate(own.get(part.id, []), 1):
                yield Line("time", _("Number %(number)s") % {"number": number})
                yield from _lines(part.parts, (*one.path, number - 1), asked, times)
        else:
            if part.title and not outer:
                yield Line("heading", spoken(part.title, one.said))
            yield from _lines(part.parts, prefix, asked, own)


def _line(question: Question, one: Asked, own: Mapping) -> Iterable[Line]:
    label = spoken(question.label, one.said)
    if question.kind == "note":
        yield Line("note", label)
    elif question.can_be_answered:
        words = own.get(question.other_id, "")
        yield Line("answer", label, in_words(question, one.value, words), field_name(one.path))


def field_name(path: tuple) -> str:
    """What a question is called in a form."""
    return "/".join(("a", *map(str, path)))


def spoken(text: str, said: Mapping[str, Any]) -> str:
    """A text with the answers that it speaks of."""
    return PLACEHOLDER.sub(lambda found: _plain(said.get(found[1])), text)


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "…" if value in (None, "") else str(value)


def in_words(question: Question, value: Any, other: str = "") -> str:
    """An answer as somebody reads it; empty when there is none."""
    if value in (None, "", []):
        return ""
    labels = {choice.id: choice.label for choice in question.choices} | {
        "other": other or _("Something else")
    }
    match question.kind:
        case "one":
            return labels.get(value, value)
        case "many":
            return "; ".join(labels.get(one, one) for one in value)
        case "acknowledge":
            return _("Yes")
        case "date":
            return date_format(date.fromisoformat(value), _day())
        case "date_time":
            moment = datetime.fromisoformat(value)
            return f"{date_format(moment, _day())}, {date_format(moment, 'H:i')}"
        case "time":
            return date_format(time.fromisoformat(value), "H:i")
    return str(value)


def _day() -> str:
    return _("j F Y")


def fhir(questionnaire: Questionnaire, *, at: datetime) -> tuple[dict[str, Any], dict[str, Any]]:
    """Questionnaire and QuestionnaireResponse (R4B). A case goes by its reference, never by a name."""
    published = questionnaire.published
    made, _left = as_fhir(published.definition, published.languages)
    answers = tidy(guide_of(questionnaire).questions, questionnaire.answers, at.date())
    reference = questionnaire.case.reference if questionnaire.case_id else ""
    finished = questionnaire.is_finished
    return made, response(made, answers, is_finished=finished, authored=at, reference=reference)


def said(questionnaire: Questionnaire, guide: Instrument, today: date) -> list[str]:
    """Every question that was answered, with its answer, in one line each."""
    shown = [page for _number, page in asked_pages(questionnaire, guide, today)]
    found = [line for page in shown for line in lines(guide, questionnaire.answers, page, today)]
    return [f"{line.label} {line.said}" for line in found if line.kind == "answer" and line.said]
