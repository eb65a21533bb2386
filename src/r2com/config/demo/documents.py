"""Invented papers of invented people: drawn here, so that nothing real could ever be among them."""

from io import BytesIO
from typing import TYPE_CHECKING, Any

from PIL import Image, ImageDraw, ImageFont

from r2com.cases.models import Case
from r2com.content import read_json
from r2com.documents import actions
from r2com.documents.apart import cleaned
from r2com.documents.models import LetterTemplate

if TYPE_CHECKING:
    from .begin import Stage

Said = dict[str, Any]
SHEET = (1240, 1754)  # A4 at 150 dots an inch


def bring_in(stage: "Stage") -> None:
    """Papers and a letter for those whom the file names."""
    said = read_json("demo", "documents.json")
    cases = {
        case.person.name: case
        for case in Case.objects.filter(organisation=stage.agency).select_related("person")
    }
    for one in said["papers"]:
        _paper(stage, cases[one["person"]], one)
    for one in said["letters"]:
        _letter(stage, cases[one["person"]], one)


def _paper(stage: "Stage", case: Case, said: Said) -> None:
    drawn = _drawn(said["lines"])
    actions.add(
        case,
        original=drawn,
        clean=cleaned(drawn),
        name=said["name"],
        kind=said["kind"],
        source=said["source"],
        seen_by=said["seen_by"],
        received_from=said.get("received_from", ""),
        note=said.get("note", ""),
        dated=stage.day(said["dated"]),
        by=stage.staff[said["by"]],
        at=stage.moment(said["day"], 11),
    )


def _letter(stage: "Stage", case: Case, said: Said) -> None:
    worker, at = stage.staff[said["by"]], stage.moment(said["day"], 12)
    offered = LetterTemplate.objects.filter(organisation=stage.agency, ends=None)
    template = offered.get(language=said["language"], name=said["template"])
    letter = actions.begin_letter(case, template=template, by=worker, at=at)
    words = letter.words
    for gap in said["gaps"]:
        words = words.replace("……", gap, 1)
    given = {"to": said["to"], "subject": letter.subject, "words": words}
    actions.finish_letter(letter, base=letter.version, **given, by=worker, at=at)


def _drawn(lines: list[str]) -> bytes:
    """A sheet with some lines on it, plainly marked as invented, as a scanner would send it."""
    sheet = Image.new("L", SHEET, 250)
    pen = ImageDraw.Draw(sheet)
    for number, line in enumerate(lines):
        pen.text(
            (140, 200 + 70 * number), line, fill=30, font=ImageFont.load_default(44 if number == 0 else 32)
        )
    pen.text((140, SHEET[1] - 160), "Invented. A demonstration.", fill=110, font=ImageFont.load_default(30))
    out = BytesIO()
    sheet.save(out, "PDF", resolution=150)
    return out.getvalue()
