"""Ringing some time after the end, to ask how it is and to say that the door stays open."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from r2com.access import grants
from r2com.access.roles import May
from r2com.accounts.models import User
from r2com.audit import trail
from r2com.core.refusals import Refused

from ..models import Attempt, Call


@transaction.atomic
def ring(
    call: Call, *, result: str, words: str = "", again_on: date | None = None, by: User, at: datetime
) -> Attempt:
    """Write down that somebody rang. Whoever was not reached may be rung again on another day."""
    current = _held(call, by)
    if again_on is not None and again_on <= timezone.localdate(at):
        raise Refused(_("The day to try again lies ahead: choose a later one."))
    if result != Attempt.Result.NOT_REACHED:
        again_on = None
    attempt = Attempt.objects.create(
        call=current, result=result, words=words, again_on=again_on, by=by, at=at
    )
    current.due, current.ended_at = again_on or current.due, None if again_on else at
    current.save(update_fields=["due", "ended_at"])
    day = again_on.isoformat() if again_on else ""
    trail.record("aftercare.rung", subject=current, by=by, at=at, result=result, again_on=day)
    return attempt


@transaction.atomic
def take_over(call: Call, *, by: User, at: datetime) -> Call:
    """From now on this call is mine."""
    current = _held(call, by)
    current.owner = by
    current.save(update_fields=["owner"])
    trail.record("aftercare.taken_over", subject=current, by=by, at=at)
    return current


def _held(call: Call, by: User) -> Call:
    """The call as it stands now, held until we are done, if it is still to be made."""
    grants.must_allow(by, call.case_id, May.FOLLOW_UP)
    current = Call.objects.select_for_update().get(pk=call.pk)
    if not current.is_waiting:
        raise Refused(_("This call is over: it was made, or the support goes on."))
    return current
