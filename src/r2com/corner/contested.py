"""What stands about somebody in the corner can be contested."""

from uuid import UUID

from django.utils.translation import gettext as _

from r2com.contests import kinds

from .models import Supporter


def register() -> None:
    kinds.register(kinds.Kind("supporter", Supporter, supporter))


def supporter(user, pk: UUID, part: str) -> kinds.Entry | None:
    people = ("case__person", "case__organisation", "case__team")
    row = Supporter.objects.visible_to(user).select_related(*people).filter(pk=pk).first()
    if row is None:
        return None
    words = "\n".join(filter(None, [row.name, row.relation, row.helps]))
    authors = frozenset({row.named_by_id})
    return kinds.Entry("supporter", pk, row.case, _("Somebody in my corner"), words, authors)
