"""When we look at it again, and when we ring afterwards (field guide, 6.1)."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from r2com.cases.keeping import months_after
from r2com.cases.models import Case

from .models import Call, Review

HANDED_OVER_AFTER = 9
CALLS = {Call.Occasion.MONTH_12: 12, Call.Occasion.MONTH_18: 18}


@dataclass(frozen=True)
class Planned:
    """A review that is to be, and its day."""

    occasion: str
    on: date

    @property
    def label(self) -> str:
        return str(Review.Occasion(self.occasion).label)


def begins(case: Case) -> date:
    """The day from which weeks are counted: release, or the first day with us if that came later."""
    opened = timezone.localdate(case.opened_at)
    return max(case.release_on or opened, opened)


def planned(case: Case) -> list[Planned]:
    """Every review that the way has, at weeks 6 and 12, in month 6, and before closing."""
    start = begins(case)
    return [
        Planned(Review.Occasion.WEEK_6, start + timedelta(weeks=6)),
        Planned(Review.Occasion.WEEK_12, start + timedelta(weeks=12)),
        Planned(Review.Occasion.MONTH_6, months_after(start, 6)),
        Planned(Review.Occasion.CLOSING, months_after(start, HANDED_OVER_AFTER)),
    ]


def coming(case: Case, reviews: Collection[Review]) -> Planned | None:
    """The next review: on the day that was agreed at the last one, else on its day in the plan of the way.

    `reviews` are those of the case with their decisions, the newest first.
    """
    ahead = _ahead(case, reviews)
    last = next((review for review in reviews if review.is_kept), None)
    if last and last.decision.next_on:
        occasion = ahead.occasion if ahead and ahead.on == last.decision.next_on else Review.Occasion.OTHER
        return Planned(occasion, last.decision.next_on)
    return None if last and last.decision.says == "close" else ahead


def all_coming(user, cases: Collection[Case]) -> dict[UUID, Planned]:
    """The next review of each of these cases, by case, in one query."""
    rows = Review.objects.visible_to(user).filter(case__in=cases).select_related("decision")
    reviews = defaultdict(list)
    for review in rows.order_by("case", "-number"):
        reviews[review.case_id].append(review)
    found = {case.pk: coming(case, reviews[case.pk]) for case in cases if case.is_open}
    return {case: planned for case, planned in found.items() if planned}


def presets(case: Case, reviews: Collection[Review], today: date) -> list[tuple[str, str, date]]:
    """Days to choose from for the next review: a name, what it says, and the day."""
    ahead = _ahead(case, reviews)
    days = [("way", _("As planned: %(what)s") % {"what": ahead.label}, ahead.on)] if ahead else []
    days += [
        ("weeks", _("In four weeks"), today + timedelta(weeks=4)),
        ("months", _("In three months"), months_after(today, 3)),
    ]
    return [day for day in days if day[2] > today]


def _ahead(case: Case, reviews: Collection[Review]) -> Planned | None:
    """The first review of the way after the latest that was begun."""
    way = planned(case)
    done = {review.occasion for review in reviews}
    places = [place for place, one in enumerate(way) if one.occasion in done]
    rest = way[places[-1] + 1 :] if places else way
    return rest[0] if rest else None


def calls(case: Case, after: date) -> list[tuple[str, date]]:
    """The calls of aftercare that lie ahead on the day of closing: which, and when."""
    start = case.release_on or timezone.localdate(case.opened_at)
    days = [(occasion, months_after(start, months)) for occasion, months in CALLS.items()]
    return [(occasion, day) for occasion, day in days if day > after]
