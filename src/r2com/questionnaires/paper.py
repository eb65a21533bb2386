"""A questionnaire on paper: with its answers, or empty to be filled in by hand."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from r2com.accounts.models import User
from r2com.cases.models import Case
from r2com.contests.shown import shown
from r2com.core.instruments.questions import Part, Question, pages
from r2com.instruments.models import PublishedInstrument
from r2com.instruments.reading import instrument
from r2com.ui.pdf import pdf

from . import reading
from .models import Chosen, Questionnaire

FOLDER = Path(__file__).parent / "typst"
LINES = {"long_text": 3, "one": 0, "many": 0, "acknowledge": 0}


def printed(questionnaire: Questionnaire, around: dict, *, by: User, at: datetime) -> bytes:
    """The questionnaire as a PDF, in its reader's language; `around` is what its page shows besides."""
    return pdf(FOLDER / "questionnaire.typ", words(questionnaire, around, by=by, at=at))


def blank(case: Case, published: PublishedInstrument) -> bytes:
    """The same questions to fill in by hand, in the language that the person reads. It names nobody."""
    return pdf(FOLDER / "blank.typ", blank_words(case, published))


def blank_words(case: Case, published: PublishedInstrument) -> dict:
    """Everything that stands on the empty paper; `typst/blank.typ` says what each key is."""
    guide = instrument(published, _language(case))
    with translation.override(guide.language):
        return {
            "language": guide.language,
            "house": case.organisation.neutral_name,
            "title": guide.name,
            "draft": False,
            "draft_word": "",
            "sections": [
                {"title": reading.spoken(page.title, {}), "asks": list(_asks(page.parts, page.key))}
                for page in pages(guide.questions)
            ],
            "end_line": f"{guide.disclaimer} {guide.version}",
            "words": {
                "paper": _("Questions"),
                "about": _("You can leave out every question, and you need not write your name on this."),
            },
        }


def _asks(parts: tuple[Part, ...], page: str) -> Iterator[dict]:
    """Each thing asked: its words, boxes to tick, and how many lines to write on."""
    for part in parts:
        if isinstance(part, Question):
            if part.kind != "calculated":
                yield _ask(part)
            continue
        heading = "" if part.id == page else part.title
        if heading or part.hint:
            yield _entry("heading" if heading else "note", heading or part.hint, part.hint if heading else "")
        yield from _asks(part.parts, page)


def _ask(question: Question) -> dict:
    if question.kind == "note":
        return _entry("note", question.label)
    boxes = [choice.label for choice in question.choices]
    boxes += [_("Something else")] if question.other else []
    if question.kind == "acknowledge":
        boxes = [_("Yes")]
    return _entry("ask", question.label, question.hint, boxes, LINES.get(question.kind, 1) or question.other)


def _entry(kind: str, label: str, hint: str = "", boxes: list[str] | None = None, lines: int = 0) -> dict:
    label, hint = reading.spoken(label, {}), reading.spoken(hint, {})
    return {"kind": kind, "label": label, "hint": hint, "boxes": boxes or [], "lines": int(lines)}


def _language(case: Case) -> str:
    """The language that the person reads, if we write it; else the house's."""
    known = dict(settings.LANGUAGES)
    wanted = (case.person.language, case.organisation.language)
    return next((code for code in (w.partition("-")[0] for w in wanted) if code in known), "en")


def words(questionnaire: Questionnaire, around: dict, *, by: User, at: datetime) -> dict:
    """Everything that stands on the paper; `typst/questionnaire.typ` says what each key is."""
    guide, today = reading.guide_of(questionnaire), timezone.localdate(at)
    case = questionnaire.case
    return {
        "language": guide.language,
        "house": questionnaire.organisation.neutral_name,
        "title": guide.name,
        "draft": not questionnaire.is_finished,
        "draft_word": _("DRAFT"),
        "status_line": _status(questionnaire),
        "instrument": {"name": guide.name, "version": guide.version, "disclaimer": guide.disclaimer},
        "whose": f"{case.person.name}, {case.reference}" if case else _("Our own practice"),
        "sections": [
            {
                "title": reading.title_of(guide, questionnaire.answers, page, today),
                "lines": [_line(one) for one in reading.lines(guide, questionnaire.answers, page, today)],
            }
            for _number, page in reading.asked_pages(questionnaire, guide, today)
        ],
        "changes_line": _changes_line(around),
        "changes": [
            {
                "what": " · ".join(filter(None, [one.statement or one.page, one.label])),
                "then": one.then or _("No answer"),
                "now": one.now or _("No answer"),
            }
            for one in around.get("changes", [])
        ],
        "chosen": [
            {"what": row.words, "about": about, "who": row.owner.name, "by": _end(row)}
            for row, about in around.get("chosen", [])
        ],
        "contested": shown(case, by).lines(questionnaire) if case else "",
        "printed_line": _("Printed by %(name)s, %(moment)s.") % {"name": by.name, "moment": _moment(at)},
        "words": {
            "paper": _("Questionnaire"),
            "no_answer": _("No answer"),
            "changed": _("Changed since last time"),
            "question": _("What was asked"),
            "then": _("Last time"),
            "now": _("Now"),
            "chosen": _("Chosen to change"),
            "what": _("What will be different"),
            "who": _("Who sees to it"),
            "by": _("By"),
        },
    }


def _line(line: reading.Line) -> dict[str, str]:
    return {"kind": line.kind, "label": line.label, "said": line.said}


def _changes_line(around: dict) -> str:
    """Between which two days, and that a blank is an answer, too; empty when there is nothing before it."""
    earlier = around.get("earlier")
    if not earlier:
        return ""
    day = {"day": _day(earlier.finished.at)}
    if not around["changes"]:
        return _("Every answer is as it was on %(day)s.") % day
    return _("Compared with %(day)s. What is not listed here was answered as before.") % day


def _end(chosen: Chosen) -> str:
    """The day, and how it ended if it has."""
    day = date_format(chosen.by_when, _("j F Y"))
    return f"{day}. {chosen.ended.get_how_display()}: {chosen.ended.words}" if chosen.is_ended else day


def _status(questionnaire: Questionnaire) -> str:
    if not questionnaire.is_finished:
        return _("Begun %(day)s, not finished yet") % {"day": _day(questionnaire.begun_at)}
    finished = {"name": questionnaire.finished.by.name, "day": _day(questionnaire.finished.at)}
    return _("Finished by %(name)s on %(day)s") % finished


def _day(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), _("j F Y"))


def _moment(at: datetime) -> str:
    return date_format(timezone.localtime(at), _("j F Y, H:i"))
