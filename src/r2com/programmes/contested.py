"""What of a programme can be contested: what the person is said to have agreed to, and a meeting."""

from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from r2com.access import grants
from r2com.access.roles import May
from r2com.contests.kinds import Entry, Kind
from r2com.contests.kinds import register as kind

from . import library
from .models import Offer, SessionEntry


def register() -> None:
    kind(Kind("programme", Offer, offer))
    kind(Kind("meeting", SessionEntry, meeting))


def offer(user, pk: UUID, part: str) -> Entry | None:
    row = Offer.objects.visible_to(user).listed().filter(pk=pk).first()
    if row is None:
        return None
    title = library.kept(row.edition, get_language()).name
    words = "\n".join(filter(None, [str(row.get_says_display()), row.words]))
    authors = frozenset({row.by_id, *(turn.by_id for turn in row.turns.all())})
    return Entry("programme", pk, row.case, title, words, authors)


def meeting(user, pk: UUID, part: str) -> Entry | None:
    """One note about a meeting. Notes are there for those who read sensitive items, and their writers."""
    around = ("offer__case__organisation", "offer__case__team")
    row = SessionEntry.objects.visible_to(user).with_case().select_related(*around).filter(pk=pk).first()
    if row is None or not (
        row.by_id == user.pk or grants.allows(user, row.offer.case_id, May.READ_SENSITIVE)
    ):
        return None
    session = library.kept(row.offer.edition, get_language()).session(row.session)
    words = "\n".join(filter(None, [row.took, row.note])) or str(row.get_what_display())
    title = _("Meeting: %(title)s") % {"title": session.title}
    return Entry("meeting", pk, row.offer.case, title, words, frozenset({row.by_id}), is_sensitive=True)
