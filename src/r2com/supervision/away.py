"""Who is away, and for whom one stands in."""

from dataclasses import dataclass
from datetime import date, timedelta

from r2com.access.questions import Question

from .models import Absence

SOON = timedelta(days=28)
MOST = 50
STANDING_IN = Question(
    lambda asker, day: (
        Absence.objects.filter(stands_in=asker.pk, ends__gte=day)
        .order_by("starts")
        .values_list("starts", "ends", "worker__name")
    )[:MOST]
)


@dataclass(frozen=True)
class StandingIn:
    """From when to when I stand in, and for whom."""

    starts: date
    ends: date
    worker: str


def standing_in(user, today: date) -> list[StandingIn]:
    """When this user stands in for somebody, from today on. One query."""
    return [StandingIn(*row) for row in STANDING_IN(user, day=today)]


def soon(user, today: date) -> list[Absence]:
    """Who of those this user may know about is away now or in the next four weeks. One query."""
    rows = Absence.objects.visible_to(user).not_over(today)
    return list(rows.filter(starts__lte=today + SOON)[:MOST])
