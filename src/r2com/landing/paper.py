"""Two papers of one page, for the person to carry. They name no programme, and no notes stand on them."""

from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from r2com.accounts.models import User
from r2com.cases.models import Case
from r2com.ui.pdf import pdf

from . import clock, content, saying
from .board import Lamp, lamps
from .gate import Standing, standings
from .models import BOARD, GATE, Begun

FOLDER = Path(__file__).parent / "typst"


def gate(case: Case, begun: Begun | None, *, with_sensitive: bool, by: User, at: datetime) -> bytes:
    """The list before the gate, in the language that the person reads."""
    with translation.override(language(case)):
        found = standings(case, begun)
        words = {
            **_head(case, content.of(begun, GATE).name, by, at),
            "release_line": _release(case),
            "lines": [_line(one, whole=with_sensitive or not one.is_sensitive) for one in found],
            "words": {
                "paper": _("List"),
                "line": _("What has to stand"),
                "who": _("Who arranges it"),
                "by": _("By"),
                "state": _("How it stands"),
            },
        }
    return pdf(FOLDER / "gate.typ", words)


def board(case: Case, begun: Begun | None, *, by: User, at: datetime) -> bytes:
    """The first three days, in the language that the person reads."""
    with translation.override(language(case)):
        words = {
            **_head(case, content.of(begun, BOARD).name, by, at),
            "days_line": " – ".join(_day(day) for day in _ends(case)),
            "lamps": [_lamp(one) for one in lamps(case, begun)],
            "words": {"paper": _("The first days"), "pen": _("Room for a pen")},
        }
    return pdf(FOLDER / "board.typ", words)


def language(case: Case) -> str:
    """The language that the person reads, if we write it; else the house's."""
    known = dict(settings.LANGUAGES)
    wanted = (case.person.language, case.organisation.language)
    return next((code for code in (w.partition("-")[0] for w in wanted) if code in known), "en")


def _head(case: Case, name: str, by: User, at: datetime) -> dict:
    moment = f"{_day(timezone.localtime(at).date())}, {date_format(timezone.localtime(at), 'H:i')}"
    return {
        "language": translation.get_language(),
        "house": case.organisation.neutral_name,
        "title": name,
        "whose": case.person.short_name,
        "draft": False,
        "draft_word": "",
        "printed_line": _("Printed by %(name)s, %(moment)s.") % {"name": by.name, "moment": moment},
    }


def _release(case: Case) -> str:
    if case.release_on is None:
        return _("Day of release: not known yet")
    return _("Day of release: %(day)s") % {"day": _day(case.release_on)}


def _line(one: Standing, *, whole: bool) -> dict:
    """What a line says on paper. Who confirmed a sensitive one is there only if `whole`."""
    confirmed = [one.last.who] if one.is_confirmed and whole else []
    if one.is_confirmed:
        confirmed.append(_short(one.last.on))
    return {
        "title": one.title,
        "means": one.means,
        "who": one.owner,
        "by": _short(one.promised_for or one.due),
        "state": one.state,
        "says": ", ".join(confirmed),
        "shape": one.shape,
    }


def _lamp(one: Lamp) -> dict:
    return {"title": one.line.title, "means": one.line.means, "word": saying.word(one), "is_lit": one.is_lit}


def _ends(case: Case) -> list[date]:
    days = clock.days(case.release_on) if case.release_on else []
    return [days[0], days[-1]] if days else []


def _day(day: date) -> str:
    return date_format(day, pgettext("a day in full, as in 17 November 2026", "j F Y"))


def _short(day: date | None) -> str:
    return date_format(day, pgettext("as in 17 Nov 2026", "j M Y")) if day else ""
