"""What can be done with My record as a whole: it is taken away."""

from datetime import datetime

from django.db import transaction

from r2com.access import grants
from r2com.access.roles import May
from r2com.accounts.models import User
from r2com.audit import trail
from r2com.cases.models import Case


@transaction.atomic
def take_away(case: Case, *, form: str, by: User, at: datetime) -> None:
    """Write on the trail that the record is about to leave the house: as `pdf`, or with its data as `zip`."""
    grants.must_allow(by, case.pk, May.RATE)
    trail.record("record.printed", subject=case, by=by, at=at, form=form)
