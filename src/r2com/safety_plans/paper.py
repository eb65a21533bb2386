"""The safety plan to carry: a card to fold, and a page to read. Neither names a programme or the person."""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from r2com.accounts.models import User
from r2com.cases.models import Case
from r2com.contests.shown import shown
from r2com.ui.pdf import pdf

from .models import SafetyPlan
from .wording import EMERGENCY, PARTS

TEMPLATE = Path(__file__).parent / "typst" / "card.typ"


def printed(plan: SafetyPlan, *, by: User, at: datetime) -> bytes:
    """Card and page as a PDF, in the language that the person reads."""
    return pdf(TEMPLATE, words(plan, by=by, at=at))


def words(plan: SafetyPlan, *, by: User, at: datetime) -> dict:
    """Everything that stands on the paper; `typst/card.typ` says what each key is."""
    contests = shown(plan.case, by)
    with translation.override(language(plan.case)):
        made = {"number": plan.number, "day": _day(plan.made_at)}
        return {
            "language": translation.get_language(),
            "house": plan.case.organisation.neutral_name,
            "title": _("When it gets hard"),
            "draft": False,
            "draft_word": "",
            "emergency": _("In immediate danger call %(number)s.") % {"number": EMERGENCY},
            "version_line": _("Version %(number)s, %(day)s") % made,
            "parts": [
                {
                    "title": str(part.title),
                    "lines": _lines(f"{plan.words[part.name]}\n{contests.lines(plan, part.name)}"),
                }
                for part in PARTS
                if plan.words[part.name]
            ],
            "not_treatment": _("This helps through a hard hour. It is not a treatment."),
            "printed_line": _("Printed by %(name)s, %(day)s.") % {"name": by.name, "day": _day(at)},
            "words": {
                "paper": _("When it gets hard"),
                "fold": _("Cut along the thin line. Fold down the middle, then along the dashes."),
                "more": _("More on the page."),
            },
        }


def language(case: Case) -> str:
    """The language that the person reads, if we write it; else the house's."""
    known = dict(settings.LANGUAGES)
    wanted = (case.person.language, case.organisation.language)
    return next((code for code in (one.partition("-")[0] for one in wanted) if code in known), "en")


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _day(at: datetime) -> str:
    return date_format(timezone.localtime(at), _("j F Y"))
