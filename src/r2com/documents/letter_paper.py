"""A letter on paper. It names the person, the worker and the neutral name of the house, nothing else."""

from datetime import datetime
from pathlib import Path

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from r2com.ui.pdf import pdf

from .models import Letter

TEMPLATE = Path(__file__).parent / "typst" / "letter.typ"


def printed(letter: Letter, *, at: datetime) -> bytes:
    """The letter as a tagged PDF, in its own language. One that is not finished says so."""
    return pdf(TEMPLATE, words(letter, at=at))


def words(letter: Letter, *, at: datetime) -> dict:
    """Everything that stands on the paper; `typst/letter.typ` says what each key is."""
    with translation.override(letter.language):
        on = letter.finish.finished_at if letter.is_finished else at
        day = pgettext("day on a letter, as in 3 December 2026", "j F Y")
        return {
            "language": letter.language,
            "house": letter.case.organisation.neutral_name,
            "phone": letter.case.organisation.phone,
            "draft": not letter.is_finished,
            "draft_word": _("DRAFT"),
            "day": date_format(timezone.localdate(on), day),
            "to": letter.to.splitlines(),
            "subject": letter.subject,
            "paragraphs": _paragraphs(letter.words),
            "words": {"paper": _("Letter")},
        }


def _paragraphs(text: str) -> list[list[str]]:
    """Paragraphs lie between empty lines; inside one, every line is kept."""
    paragraphs = "\n".join(line.rstrip() for line in text.splitlines()).split("\n\n")
    return [one.strip("\n").split("\n") for one in paragraphs if one.strip()]
