"""What a question between colleagues asks for by itself. Tasks and questions do not know each other."""

from uuid import UUID

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from r2com.core import reminders as rules
from r2com.tasks.reminders import Saying, Source, Told, register
from r2com.threads.models import Thread


def register_source() -> None:
    says = {"question": Saying(_("A question waits for an answer, and its day has passed"), _thread)}
    register(Source("questions", facts, [rules.question], says))


def facts(user, today) -> list[Told]:
    """Questions in which it is this user's turn."""
    rows = Thread.objects.visible_to(user).waiting_for(user).filter(wanted_by__lt=today)
    asked = Thread.objects.visible_to(user).open().filter(asked_by=user.pk, wanted_by__lt=today)
    return [
        Told(rows.exclude(asked_by=user.pk), "question", F("wanted_by"), about=F("pk")),
        Told(asked, "question", F("wanted_by"), about=F("pk")),
    ]


def _thread(reference: str, about: str) -> str:
    return reverse("thread", args=[UUID(about)])
