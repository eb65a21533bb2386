"""How much help was agreed and given, in hours. It is about the work, not about anybody's worth."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from r2com.accounts.models import User
from r2com.assessments.models import Formulation
from r2com.cases.models import Case, CaseMember
from r2com.contacts.models import Contact

WEEKS = 4
SOON = timedelta(days=30)


@dataclass
class Work:
    """What one worker carries: open cases, hours a week agreed and given, and who comes out soon."""

    worker: User
    cases: int = 0
    agreed: Decimal = Decimal(0)
    without_hours: int = 0
    given: Decimal = Decimal(0)
    releases: list[date] = field(default_factory=list)


def of(user, at: datetime, today: date) -> list[Work]:
    """Everybody who leads an open case that this supervisor sees, by name. Three queries.

    What is set aside is not counted.
    """
    agreed, given = _agreed(user), _given(user, at)
    found: dict = {}
    rows = CaseMember.objects.visible_to(user).filter(
        part=CaseMember.Part.LEAD, until=None, case__closure=None, case__set_aside_at=None
    )
    for member in rows.select_related("user", "case").order_by("case__release_on"):
        work = found.setdefault(member.user_id, Work(member.user, given=given[member.user_id]))
        _carry(work, member.case, agreed.get(member.case_id), today)
    return sorted(found.values(), key=lambda work: work.worker.name.casefold())


def _carry(work: Work, case: Case, hours: Decimal | None, today: date) -> None:
    work.cases += 1
    work.agreed += hours or 0
    work.without_hours += hours is None
    if case.release_on and today < case.release_on <= today + SOON:
        work.releases.append(case.release_on)


def _agreed(user) -> dict:
    """Hours a week by case, from the newest talk that was handed in."""
    rows = Formulation.objects.visible_to(user).filter(assessment__handed_in__isnull=False)
    rows = rows.filter(hours_a_week__isnull=False, assessment__case__closure=None)
    rows = rows.filter(assessment__case__set_aside_at=None)
    return dict(
        rows.order_by("assessment__begun_at").values_list("assessment__case_id", "hours_a_week").distinct()
    )


def _given(user, at: datetime) -> defaultdict:
    """Hours a week by worker over the last four weeks, as far as contacts say how long they took."""
    rows = Contact.objects.visible_to(user).took_place().filter(case__set_aside_at=None)
    rows = rows.filter(standing__happened_at__range=(at - timedelta(weeks=WEEKS), at))
    hours: defaultdict = defaultdict(Decimal)
    for one in rows.minutes_by_week():
        hours[one["written_by"]] += Decimal(one["minutes"] or 0) / 60 / WEEKS
    return hours
