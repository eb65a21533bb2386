"""A redaction that is being made: which parts of which page are to be black."""

import json
from hashlib import sha256

from django.db import models

from r2com.access.categories import NONE
from r2com.access.personal import TALK, Kept, Personal, Shown
from r2com.accounts.models import User
from r2com.core.identifiers import new_id
from r2com.vault.fields import SealedJSON
from r2com.vault.models import Owner

from .papers import Document, File, PaperQuerySet

Box = list[int]
COLUMNS, ROWS = 12, 24
WHOLE = 1000


class RedactionQuerySet(PaperQuerySet):
    case_path = "document__case_id"
    paper_path = "document__"

    def open(self):
        return self.filter(file__isnull=True)

    def with_case(self):
        return self.select_related(
            "document__case__person", "document__case__organisation", "document__case__team"
        )


class Redaction(models.Model):
    """What is to be covered, page by page, until the copy is made.

    `marks` has for each page number the fields of a grid of 12 by 24 (`"3-5"` is the third from the left in
    the fifth row) and boxes in thousandths of width and height: left, top, right, bottom.
    """

    personal = Personal(TALK, Kept.CASE, Shown.UNREADABLE)

    id = models.UUIDField(primary_key=True, default=new_id)
    document = models.ForeignKey(Document, models.CASCADE, related_name="redactions")
    marks = SealedJSON(categories=NONE)
    file = models.OneToOneField(File, models.CASCADE, null=True, related_name="redaction")
    begun_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()

    objects = RedactionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document"],
                condition=models.Q(file__isnull=True),
                name="one_open_redaction_of_a_document",
            )
        ]

    def __str__(self):
        return f"redaction of {self.document_id}"

    def sealed_for(self):
        return Owner.CASE, self.document.case_id

    def fields_of(self, page: int) -> list[str]:
        return self.marks.get(str(page), {}).get("fields", [])

    def drawn_on(self, page: int) -> list[Box]:
        return self.marks.get(str(page), {}).get("boxes", [])

    def stands_at(self, page: int) -> str:
        """What tells one state of a page from another, so that nobody covers what they did not see."""
        return sha256(json.dumps([self.fields_of(page), self.drawn_on(page)]).encode()).hexdigest()[:16]

    def boxes(self, page: int) -> list[Box]:
        """Everything that is to be black on a page."""
        return [*map(box_of, self.fields_of(page)), *self.drawn_on(page)]

    @property
    def marked_pages(self) -> list[int]:
        return sorted(int(page) for page in self.marks if self.boxes(int(page)))


def box_of(field: str) -> Box:
    """The box of a field of the grid; neighbours leave no line between them."""
    column, row = map(int, field.split("-"))
    left, top = (column - 1) * WHOLE // COLUMNS, (row - 1) * WHOLE // ROWS
    return [left, top, -(-column * WHOLE // COLUMNS), -(-row * WHOLE // ROWS)]
