"""A paper on the record can be contested."""

from uuid import UUID

from r2com.contests import kinds

from .models import Document


def register() -> None:
    kinds.register(kinds.Kind("document", Document, document))


def document(user, pk: UUID, part: str) -> kinds.Entry | None:
    people = ("case__person", "case__organisation", "case__team")
    row = Document.objects.visible_to(user).select_related(*people).filter(pk=pk).first()
    if row is None:
        return None
    authors = frozenset({row.added_by_id})
    return kinds.Entry("document", pk, row.case, row.name, row.note, authors, is_sensitive=True)
