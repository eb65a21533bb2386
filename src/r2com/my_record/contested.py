"""That something is held back can be contested, too, by somebody who does not read it."""

from uuid import UUID

from django.utils.translation import gettext as _

from r2com.contests import kinds

from .models import HeldBack


def register() -> None:
    kinds.register(kinds.Kind("held", HeldBack, held))


def held(user, pk: UUID, part: str) -> kinds.Entry | None:
    rows = HeldBack.objects.visible_to(user).standing().select_related("case__person", "case__organisation")
    found = rows.filter(pk=pk).first()
    if found is None:
        return None
    authors = frozenset({found.held_by_id})
    return kinds.Entry("held", pk, found.case, _("Held back"), str(found.get_reason_display()), authors)
