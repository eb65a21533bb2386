"""How long is kept what was written at the door, what is not for the record, and a closed case."""

from calendar import monthrange
from datetime import date

from r2com.organisations.models import Organisation, RetentionRule


def deletion_day(organisation: Organisation, on: date) -> date:
    """When what we know of somebody declined on this day goes, by the rule in force on it."""
    rule = RetentionRule.objects.on(on).get(organisation=organisation, kind=RetentionRule.Kind.DECLINED)
    return months_after(on, rule.months)


def kept_until(organisation: Organisation, closed_on: date, last_call: date | None) -> date:
    """Until when a closed case is kept: the rule in force on that day, counted from the end of aftercare.

    Without calls afterwards it is counted from the closing. On the day after it a human decides.
    """
    rule = RetentionRule.objects.on(closed_on).get(organisation=organisation, kind=RetentionRule.Kind.CLOSED)
    return months_after(max(closed_on, last_call or closed_on), rule.months)


def not_kept_until(organisation: Organisation, decided_on: date) -> date:
    """Until when something stays sealed that is not for the record, by the rule in force on that day."""
    kind = RetentionRule.Kind.NOT_KEPT
    rule = RetentionRule.objects.on(decided_on).get(organisation=organisation, kind=kind)
    return months_after(decided_on, rule.months)


def months_after(day: date, months: int) -> date:
    """The same day some months later, or the last day of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
