"""My record to take away: a paper that can be read aloud, the same as data, and both in one file."""

import io
import json
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from r2com.accounts.models import User
from r2com.cases.models import Case
from r2com.contests.shown import Shown, in_words, shown
from r2com.plans.reading import lines
from r2com.safety_plans.paper import language
from r2com.ui.pdf import pdf

from . import pictures, record


class Cover(Protocol):
    """Takes words out of texts, lists and dictionaries."""

    def over(self, told: Any) -> Any: ...


TEMPLATE = Path(__file__).parent / "typst" / "record.typ"
FORMAT = "my-record-1"


def both(case: Case, *, by: User, at: datetime) -> bytes:
    """The paper and the data in one ZIP file. The names in it name nobody."""
    file = io.BytesIO()
    with translation.override(language(case)), zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        parts, contests = record.parts(case, by), shown(case, by)
        packed.writestr("record.pdf", _printed(case, parts, contests, by=by, at=at))
        packed.writestr("record.json", json.dumps(data(parts, contests), ensure_ascii=False, indent=1))
    return file.getvalue()


def printed(case: Case, *, by: User, at: datetime, cover: Cover | None = None) -> bytes:
    """The paper, in the language that the person reads, without what is to be covered."""
    with translation.override(language(case)):
        return _printed(case, record.parts(case, by), shown(case, by), by=by, at=at, cover=cover)


def data(parts: list[record.Part], contests: Shown) -> dict:
    """The record for a machine: parts with their entries, each with what the person said about it."""
    return {"format": FORMAT, "parts": [_part(part, contests) for part in parts]}


def words(case: Case, parts: list[record.Part], contests: Shown, *, by: User, at: datetime) -> dict:
    """Everything that stands on the paper; `typst/record.typ` says what each key is."""
    moment = date_format(timezone.localtime(at), _("j F Y, H:i"))
    return {
        "language": translation.get_language(),
        "house": case.organisation.neutral_name,
        "title": _("My record"),
        "draft": False,
        "draft_word": "",
        "nothing": _("Nothing is written here."),
        "parts": [_part(part, contests) for part in parts],
        "printed_line": _("Printed by %(name)s, %(moment)s.") % {"name": by.name, "moment": moment},
        "words": {"paper": _("My record")},
    }


def _printed(
    case: Case,
    parts: list[record.Part],
    contests: Shown,
    *,
    by: User,
    at: datetime,
    cover: Cover | None = None,
) -> bytes:
    drawn = pictures.of(case, by, record.held_back(case, by))
    asked = words(case, parts, contests, by=by, at=at) | {
        "circle": drawn.circle,
        "ways": drawn.ways,
        "days": drawn.days,
    }
    return pdf(TEMPLATE, _covered(asked, cover) if cover else asked, drawn.drawings)


def _covered(asked: dict, cover: Cover) -> dict:
    """Without the words that are taken out; names are drawn in the circle, so that it stays away whole."""
    days = asked["days"] | {"rows": cover.over(asked["days"]["rows"])}
    return asked | {"parts": cover.over(asked["parts"]), "circle": None, "days": days}


def _part(part: record.Part, contests: Shown) -> dict:
    return {"name": part.name, "title": part.title, "lines": [_line(line, contests) for line in part.lines]}


def _line(line: record.Line, contests: Shown) -> dict:
    said = contests.about(line.kind, line.pk, line.part) if line.kind and line.pk else []
    return {
        "title": line.title,
        "words": lines(line.words),
        "who": line.who,
        "said": [in_words(one) for one in said],
    }
