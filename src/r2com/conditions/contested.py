"""A condition can be contested: as it was written down here, not as somebody else asks it."""

from uuid import UUID

from django.utils.translation import gettext as _

from r2com.contests import kinds

from .models import Condition


def register() -> None:
    kinds.register(kinds.Kind("condition", Condition, condition))


def condition(user, pk: UUID, part: str) -> kinds.Entry | None:
    people = ("case__person", "case__organisation", "case__team")
    row = Condition.objects.visible_to(user).select_related(*people).filter(pk=pk).first()
    if row is None:
        return None
    authors = frozenset({row.written_by_id})
    return kinds.Entry("condition", pk, row.case, _("Condition"), row.words, authors)
