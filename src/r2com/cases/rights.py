"""What the person may ask for at any time, and who helps them with it."""

from r2com.access.roles import May

from .models import Case

HELPS = (May.RATE, May.FOLLOW_UP)


def who_helps(case: Case) -> May:
    """What somebody must be allowed who hands over a copy, a link, or writes down what the person says of it.

    After the support ended, and while the record is set aside, these are the person's rights as before.
    """
    return May.RATE if case.is_written_in else May.FOLLOW_UP
