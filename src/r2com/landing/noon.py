"""At noon of the next day: what is not lit goes to the deputy, by itself."""

from datetime import datetime, timedelta

from r2com.cases.models import Case

from . import actions, clock


def hand_on_everywhere(at: datetime) -> None:
    """Go through everybody in their first 72 hours. Doing it twice hands nothing on twice."""
    last = clock.local_day(at)
    first = last - timedelta(days=clock.DAYS - 1)
    for case in Case.objects.filter(release_on__range=(first, last)).order_by("release_on"):
        actions.hand_on(case, at=at)
