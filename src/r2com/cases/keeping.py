"""How long what was written down at the door is kept."""

from datetime import date, timedelta

from r2com.organisations.models import Organisation, RetentionRule

DAYS_A_MONTH = 30.44


def deletion_day(organisation: Organisation, on: date) -> date:
    """When what we know of somebody declined on this day goes, by the rule in force on it."""
    rule = RetentionRule.objects.on(on).get(organisation=organisation, kind=RetentionRule.Kind.DECLINED)
    return on + timedelta(days=round(rule.months * DAYS_A_MONTH))
