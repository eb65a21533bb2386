"""What a programme asks for by itself: the meetings that have a day."""

from uuid import UUID

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from r2com.core import reminders as rules
from r2com.tasks.reminders import Saying, Source, Told, register

from .models import SessionEntry


def register_source() -> None:
    says = {"session": Saying(_("Meeting of the programme"), _chosen)}
    register(Source("programmes", facts, [rules.session], says))


def facts(user, today) -> list[Told]:
    """Meetings that this user leads."""
    rows = SessionEntry.objects.visible_to(user).led_by(user).coming()
    return [Told(rows, "session", F("day"), case="offer__case", about=F("offer"))]


def _chosen(reference: str, about: str) -> str:
    return reverse("chosen_programme", args=[UUID(about)])
