"""What observations ask for by themselves: that the person is told, and that a trained colleague looks."""

from uuid import UUID

from django.db.models import F
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from r2com.access.roles import May
from r2com.core import reminders as rules
from r2com.tasks.reminders import Saying, Source, Told, in_cases_that, register

from .models import Observation


def register_source() -> None:
    register(
        Source(
            "observations",
            facts,
            [rules.tell, rules.look],
            {
                "tell": Saying(_("Tell the person what you wrote down"), _observation),
                "look": Saying(_("Look at what somebody saw or heard"), _observation),
            },
        )
    )


def facts(user, today) -> list[Told]:
    """One's own that the person does not know of yet; those of others that wait for this user."""
    mine = Observation.objects.untold_by(user).filter(case__in=in_cases_that(user, May.ADD_EVIDENCE))
    waiting = Observation.objects.waiting_for(user, today).filter(case__in=in_cases_that(user, May.RATE))
    return [
        Told(mine, "untold", F("tell_by"), about=F("pk")),
        Told(waiting, "seen", TruncDate("written_at"), about=F("pk")),
    ]


def _observation(reference: str, about: str) -> str:
    return reverse("observation", args=[UUID(about)])
