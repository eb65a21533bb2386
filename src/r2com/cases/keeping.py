"""How long what was written down at the door is kept."""

from calendar import monthrange
from datetime import date

from r2com.organisations.models import Organisation, RetentionRule


def deletion_day(organisation: Organisation, on: date) -> date:
    """When what we know of somebody declined on this day goes, by the rule in force on it."""
    rule = RetentionRule.objects.on(on).get(organisation=organisation, kind=RetentionRule.Kind.DECLINED)
    return months_after(on, rule.months)


def months_after(day: date, months: int) -> date:
    """The same day some months later, or the last day of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
