"""The papers that leave with the file: the covered copy of each where there is one, else the clean one."""

from dataclasses import dataclass

from r2com.cases.models import Case
from r2com.documents.models import Document, File
from r2com.documents.views.sending import ENDING
from r2com.my_record import record

from .covering import Covering


@dataclass(frozen=True)
class Attached:
    """One paper in the archive. Its place there names nobody."""

    document: Document
    file: File
    name: str
    number: int

    @property
    def place(self) -> str:
        return f"papers/{self.number}.{ENDING.get(self.file.type, 'bin')}"

    @property
    def told(self) -> dict[str, str]:
        added_on = self.document.added_at.date().isoformat()
        return {"file": self.place, "name": self.name, "form": self.file.form, "added_on": added_on}


def attached(case: Case, user, cover: Covering) -> list[Attached]:
    """Every paper that this user sees and that is not held back, the oldest first."""
    held = record.held_back(case, user)
    rows = Document.objects.visible_to(user).filter(case=case).with_files().order_by("added_at", "pk")
    leaving = [row for row in rows if ("document", row.pk, "") not in held]
    return [
        Attached(row, _copy(row), cover.over(row.name), number) for number, row in enumerate(leaving, start=1)
    ]


def _copy(document: Document) -> File:
    """As somebody covered it, if anybody did."""
    return next(iter(document.redacted), document.clean)
