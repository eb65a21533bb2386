"""Lists with plainly invented people, as they come out of other programs."""

import csv
import io
import zipfile
from datetime import date, timedelta

from openpyxl import Workbook

from r2com.organisations.models import ListName

HEADINGS = ["Nome", "Data nasc.", "Saída", "Técnico", "Sinalizado por", "Notas", "Nacionalidade", "Processo"]
COLUMNS = {
    "name": ["Nome"],
    "born": ["Data nasc."],
    "release_on": ["Saída"],
    "worker": ["Técnico"],
    "referred_by": ["Sinalizado por"],
    "notes": ["Notas"],
}
SOUNDS = ["fen", "mar", "tol", "wis", "dun", "gar", "lim", "ros", "pek", "hol"]


def name(number: int) -> str:
    """Another invented name for each number."""
    figures = [SOUNDS[int(figure)] for figure in str(number)]
    return f"Testa {''.join(figures).title()}quill"


def row(number: int, *, today: date, **changed) -> list[str]:
    """Somebody invented whom the door admits."""
    said = {
        "Nome": name(number),
        "Data nasc.": "12.04.1990",
        "Saída": (today - timedelta(days=14)).strftime("%d.%m.%Y"),
        "Técnico": "",
        "Sinalizado por": "Prison",
        "Notas": "",
        "Nacionalidade": "Atlantis",
        "Processo": f"X{number}",
    }
    return list({**said, **changed}.values())


def as_csv(rows: list[list[str]], *, delimiter=";", encoding="utf-8", headings=HEADINGS) -> io.BytesIO:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows([headings, *rows])
    return io.BytesIO(text.getvalue().encode(encoding))


def as_xlsx(rows: list[list], headings=HEADINGS) -> io.BytesIO:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Folha1")
    for one in [headings, *rows]:
        sheet.append(one)
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return file


def swollen(size: int) -> io.BytesIO:
    """A small spreadsheet that unpacks into a very large one."""
    file = as_xlsx([["a"]])
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as folder:
        folder.writestr("xl/media/blank.xml", b"\0" * size)
    file.seek(0)
    return file


def said(organisation, **changed):
    """A map for these lists, as it stands in a file."""
    from tests import factories

    entries = {one.value: str(factories.entry(organisation, one).pk) for one in ListName}
    basis = organisation.lawful_bases.filter(category="core").first()
    defaults = {"language": "pt", "told": entries["told"], "asked": entries["asked"], "takes_up": "yes"}
    return {"columns": COLUMNS, "defaults": {**defaults, "basis": str(basis.pk)}, **changed}
