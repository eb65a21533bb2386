"""Holding a record: it is not deleted, whatever its day says."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from r2com.access.roles import May
from r2com.accounts.models import User
from r2com.audit import trail
from r2com.cases.models import Case
from r2com.core.refusals import Refused
from r2com.organisations.models import Organisation

from ..models import Hold, HoldEnd, agencies


@transaction.atomic
def hold(
    organisation: Organisation, *, reference: str, reason: str, review_on: date, by: User, at: datetime
) -> Hold:
    """Hold a record, known by its reference. Raises Refused for one that is not here, or a day gone by."""
    _must_look_after(organisation, by)
    case = Case.objects.select_for_update().filter(organisation=organisation, reference=reference).first()
    if case is None:
        raise Refused(_("There is no record with this reference. Look at it once more, sign by sign."))
    if review_on <= timezone.localdate(at):
        raise Refused(_("Choose a day to come, on which somebody looks whether it is still needed."))
    held = Hold.objects.create(case=case, reason=reason, review_on=review_on, placed_by=by, placed_at=at)
    trail.record("hold.placed", subject=held, by=by, at=at, reason=reason, review_on=review_on.isoformat())
    return held


@transaction.atomic
def end_hold(held: Hold, *, by: User, at: datetime) -> HoldEnd:
    """The record goes when its day has come, like any other. Raises Refused when it was ended already."""
    current = Hold.objects.select_for_update(of=["self"]).select_related("case").get(pk=held.pk)
    _must_look_after(current.case.organisation, by)
    if HoldEnd.objects.filter(hold=current).exists():
        raise Refused(_("This record is held no longer."))
    ended = HoldEnd.objects.create(hold=current, by=by, at=at)
    trail.record("hold.ended", subject=current, by=by, at=at)
    return ended


def must_not_be_held(case: Case) -> None:
    """Nothing of a held record is deleted by anybody's hand. Raises Refused; call it before a deletion.

    The record's row is taken first, as placing a hold takes it: a hold comes before a deletion, or after it.
    """
    Case.objects.select_for_update().get(pk=case.pk)
    if Hold.objects.standing().filter(case=case.pk).exists():
        raise Refused(_("This record is held. Nothing of it is deleted until data protection ends that."))


def _must_look_after(organisation: Organisation, by: User) -> None:
    if organisation.pk not in agencies(by, May.READ_REGISTERS):
        raise Refused(_("Your role does not decide about this."))
