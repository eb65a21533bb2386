"""What colleagues said to each other about somebody can be contested by them."""

from uuid import UUID

from django.utils.translation import gettext as _

from r2com.contests.kinds import Entry as Contestable
from r2com.contests.kinds import Kind
from r2com.contests.kinds import register as kind

from .models import Entry, Thread


def register() -> None:
    kind(Kind("post", Entry, post))


def post(user, pk: UUID, part: str) -> Contestable | None:
    """Something that was said, as it stands now, with whoever said it or changed it as its author."""
    threads = Thread.objects.visible_to(user).filter(entries__pk=pk).whole()
    found = [said for thread in threads for said in thread.spoken if said.first.pk == pk]
    if not found:
        return None
    said, thread = found[0], threads[0]
    authors = frozenset(one.said_by_id for one in said.versions)
    title = _("Between colleagues, %(name)s") % {"name": said.first.said_by.name}
    return Contestable("post", pk, thread.case, title, said.now.words, authors, is_sensitive=True)
