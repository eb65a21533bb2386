"""Months as people count them."""

from datetime import date

import pytest

from r2com.cases.keeping import months_after


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 11, 22), 3, date(2027, 2, 22)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
        (date(2026, 1, 31), 0, date(2026, 1, 31)),
    ],
)
def test_some_months_later_is_the_same_day_or_the_months_last(day, months, later):
    assert months_after(day, months) == later
