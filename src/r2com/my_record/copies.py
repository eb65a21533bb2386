"""Who may hand the person a copy of their record."""

from r2com.access.roles import May
from r2com.cases.models import Case


def who_hands_over(case: Case) -> May:
    """What somebody must be allowed to hand over a copy: after the end it is the person's right as before."""
    return May.RATE if case.is_open else May.FOLLOW_UP
