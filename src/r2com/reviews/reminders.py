"""What reviews ask for by themselves: to look again together, and to ring some time afterwards."""

from uuid import UUID

from django.db.models import Case, F, TextField, Value, When
from django.db.models.functions import Cast, Coalesce, TruncDate
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from r2com.access.roles import May
from r2com.core import reminders as rules
from r2com.tasks.reminders import Saying, Source, Told, in_cases_that, register

from .models import Call, Decision, Review


def register_source() -> None:
    says = {
        "review": Saying(_("Look at it again together"), _reviews),
        "call": Saying(_("Ring them: how is it, and the door stays open"), _call),
    }
    register(Source("reviews", facts, [rules.review, rules.call], says))


def facts(user, today) -> list[Told]:
    """Each review that was kept, with the day agreed for the next; and calls that are still to be made."""
    mine = in_cases_that(user, May.RATE)
    kept = Review.objects.visible_to(user).filter(case__in=mine, decision__isnull=False)
    agreed = Coalesce(Cast("decision__next_on", TextField()), Value(""))
    closing = When(decision__says=Decision.Says.CLOSE, then=Value(rules.CLOSING))
    calls = Call.objects.visible_to(user).waiting().owned_by(user)
    return [
        Told(
            kept,
            "review_kept",
            TruncDate("decision__kept_at"),
            about=F("pk"),
            word=Case(closing, default=agreed, output_field=TextField()),
        ),
        Told(calls, "call", F("due"), about=F("pk")),
    ]


def _reviews(reference: str, about: str) -> str:
    return reverse("reviews", args=[reference])


def _call(reference: str, about: str) -> str:
    return reverse("aftercare", args=[UUID(about)])
