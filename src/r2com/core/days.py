"""Days further on, as people count them. What would lie beyond the calendar stays at its edge."""

from calendar import monthrange
from datetime import date, timedelta

FURTHEST = date(9999, 12, 1)


def later(day: date, days: int) -> date:
    """So many days after a day; before it when `days` is negative."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.min if days < 0 else FURTHEST


def months_later(day: date, months: int) -> date:
    """The same day some months after, or the last day of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    if year > FURTHEST.year:
        return FURTHEST
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def next_time(day: date, *, days: int = 0, months: int = 0, after: date) -> date:
    """When something that comes round is due again: the first of its days that lies after another day.

    Months are counted from `day` itself, so that the 31st comes back after a shorter month.
    Exactly one of `days` and `months` is more than nothing.
    """
    times = 1
    while (again := later(day, days * times) if days else months_later(day, months * times)) <= after:
        if again >= FURTHEST:
            break
        times += 1
    return again
