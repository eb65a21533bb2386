"""The file that a person asks for: entered, read by two, and given once."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from r2com.access import grants
from r2com.access.duties import must_be_two
from r2com.accounts.models import User
from r2com.audit import trail
from r2com.cases.models import Case
from r2com.cases.rights import who_helps
from r2com.core.refusals import Refused
from r2com.my_record.models import HeldBack

from .. import file
from ..models import FileRequest, Given, SecondLook, TwoMonthsMore
from ..models.requests import months_later


@transaction.atomic
def ask(case: Case, *, received_on: date, how: str, checked: str, by: User, at: datetime) -> FileRequest:
    """Write down that the person asked for their file. Raises Refused for a day that is still to come."""
    grants.must_allow(by, case.pk, who_helps(case))
    if received_on > timezone.localdate(at):
        raise Refused(_("Write the day on which they asked. It cannot be still to come."))
    asked = FileRequest.objects.create(
        case=case, received_on=received_on, how=how, checked=checked, entered_by=by, entered_at=at
    )
    trail.record("file.asked_for", subject=asked, by=by, at=at, how=how, checked=checked)
    return asked


@transaction.atomic
def take_longer(asked: FileRequest, *, reason: str, by: User, at: datetime) -> TwoMonthsMore:
    """Two months more, once; the person has been told why. Raises Refused after the first month."""
    current = _open(asked, by)
    told_on = timezone.localdate(at)
    if current.is_longer:
        raise Refused(_("It was made longer once already."))
    if told_on > months_later(current.received_on, 1):
        raise Refused(_("That has to be said within the first month."))
    longer = TwoMonthsMore.objects.create(request=current, reason=reason, told_on=told_on, by=by, at=at)
    trail.record("file.takes_longer", subject=current, by=by, at=at, reason=reason)
    return longer


@transaction.atomic
def look_again(held: HeldBack, *, by: User, at: datetime) -> SecondLook:
    """Agree, as a second reader, that something is left out. Raises Refused for whoever left it out."""
    grants.must_allow(by, held.case_id, who_helps(held.case))
    must_be_two(held.held_by_id, by, _("You held this back. Somebody else looks at it, too."))
    look, is_new = SecondLook.objects.get_or_create(held=held, defaults={"by": by, "at": at})
    if is_new:
        trail.record("held_back.looked_at", subject=held, by=by, at=at)
    return look


@transaction.atomic
def give(asked: FileRequest, *, way: str, by: User, at: datetime) -> Given:
    """The file leaves the house, once. Raises Refused until a second reader has read what leaves."""
    current = _open(asked, by)
    waiting = HeldBack.objects.filter(case=current.case_id, second_look__isnull=True)
    if waiting.standing().exists():
        raise Refused(_("Something is held back, and no second reader has looked at it yet."))
    read = current.readings.first()
    if read is None:
        raise Refused(_("Somebody who did not draft this file has to read it before it leaves."))
    if read.stood != file.mark(current, by=by):
        raise Refused(_("This is not what was read. Somebody else has to read it once more."))
    given = Given.objects.create(request=current, way=way, by=by, at=at)
    trail.record("file.given", subject=current, by=by, at=at, way=way)
    return given


def _open(asked: FileRequest, by: User) -> FileRequest:
    """The request as it is now, while it waits. Raises Refused."""
    current = FileRequest.objects.select_for_update(of=["self"]).select_related("case").get(pk=asked.pk)
    grants.must_allow(by, current.case_id, who_helps(current.case))
    if current.is_given:
        raise Refused(_("This file was given already. Enter a new request for another one."))
    return current
