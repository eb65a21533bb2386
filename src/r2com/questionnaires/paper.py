"""A questionnaire on paper: what was asked and answered, under the instrument's own name."""

from datetime import datetime
from pathlib import Path

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from r2com.accounts.models import User
from r2com.contests.shown import shown
from r2com.ui.pdf import pdf

from . import reading
from .models import Questionnaire

TEMPLATE = Path(__file__).parent / "typst" / "questionnaire.typ"


def printed(questionnaire: Questionnaire, *, by: User, at: datetime) -> bytes:
    """The questionnaire as a PDF, in its reader's language."""
    return pdf(TEMPLATE, words(questionnaire, by=by, at=at))


def words(questionnaire: Questionnaire, *, by: User, at: datetime) -> dict:
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
        "contested": shown(case, by).lines(questionnaire) if case else "",
        "printed_line": _("Printed by %(name)s, %(moment)s.") % {"name": by.name, "moment": _moment(at)},
        "words": {"paper": _("Questionnaire"), "no_answer": _("No answer")},
    }


def _line(line: reading.Line) -> dict[str, str]:
    return {"kind": line.kind, "label": line.label, "said": line.said}


def _status(questionnaire: Questionnaire) -> str:
    if not questionnaire.is_finished:
        return _("Begun %(day)s, not finished yet") % {"day": _day(questionnaire.begun_at)}
    finished = {"name": questionnaire.finished.by.name, "day": _day(questionnaire.finished.at)}
    return _("Finished by %(name)s on %(day)s") % finished


def _day(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), _("j F Y"))


def _moment(at: datetime) -> str:
    return date_format(timezone.localtime(at), _("j F Y, H:i"))
