"""Asking for an export, being the second person, and taking the file."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from r2com.access.roles import May
from r2com.accounts.models import User
from r2com.audit import trail
from r2com.core.refusals import Refused
from r2com.organisations.models import Membership
from r2com.vault import keyring
from r2com.vault.models import Owner

from . import sheets
from .models import Answer, ExportRequest, Taking, Withdrawal


@transaction.atomic
def ask(
    place: Membership,
    *,
    what: str,
    format: str,
    is_identifiable: bool = False,
    reason: str = "",
    by: User,
    at: datetime,
) -> ExportRequest:
    """Ask for data of one's team, or without names of the whole agency for who looks after data protection.

    Raises Refused for an export with names without a reason, or by somebody who may not have one.
    """
    if place.user_id != by.pk or not place.may(May.EXPORT):
        raise Refused(_("Your role takes no data out."))
    if is_identifiable and not place.may(May.EXPORT_NAMED):
        raise Refused(_("Your role takes out no data with names."))
    if is_identifiable and not reason.strip():
        raise Refused(_("Write why it has to be with names. A second person reads it."))
    keyring.make(Owner.USER, by.pk)
    asked = ExportRequest.objects.create(
        organisation=place.organisation,
        team=place.team if place.may(May.READ) else None,
        what=what,
        format=format,
        is_identifiable=is_identifiable,
        reason=reason if is_identifiable else "",
        asked_by=by,
        asked_at=at,
    )
    trail.record("export.asked", subject=asked, by=by, at=at, what=what, with_names=is_identifiable)
    return asked


@transaction.atomic
def agree(asked: ExportRequest, *, by: User, at: datetime) -> Answer:
    """The second person says yes. From then on it can be taken for a day, once."""
    return _answer(asked, True, "export.agreed", by=by, at=at)


@transaction.atomic
def refuse(asked: ExportRequest, *, by: User, at: datetime) -> Answer:
    """The second person says no. That ends it; it can be asked for anew."""
    return _answer(asked, False, "export.refused", by=by, at=at)


@transaction.atomic
def withdraw(asked: ExportRequest, *, by: User, at: datetime) -> Withdrawal:
    """Who asked takes it back."""
    current = _held(asked)
    _must_be_own(current, by)
    if current.is_settled:
        raise Refused(_("This export is over already."))
    withdrawal = Withdrawal.objects.create(request=current, by=by, at=at)
    trail.record("export.withdrawn", subject=current, by=by, at=at)
    return withdrawal


@transaction.atomic
def take(asked: ExportRequest, *, by: User, at: datetime) -> Taking:
    """Take the file, once. The trail knows which columns and how many rows before anything leaves."""
    current = _held(asked)
    _must_be_own(current, by)
    if not current.is_ready(at):
        raise Refused(_("This export is not ready, or it is over. Ask for it anew."))
    if not _place(by, at).may(May.EXPORT_NAMED if current.is_identifiable else May.EXPORT):
        raise Refused(_("Your role takes no data out."))
    taking = Taking.objects.create(request=current, by=by, at=at)
    facts = {"what": current.what, "with_names": current.is_identifiable, "format": current.format}
    facts |= {"columns": sheets.columns(current), "rows": sheets.rows(current).count()}
    if current.is_identifiable:
        facts["cases"] = sheets.case_ids(current)
    trail.record("export.taken", subject=current, by=by, at=at, **facts)
    return taking


def _held(asked: ExportRequest) -> ExportRequest:
    return ExportRequest.objects.select_for_update(of=["self"]).get(pk=asked.pk)


def _must_be_own(asked: ExportRequest, by: User) -> None:
    if asked.asked_by_id != by.pk:
        raise Refused(_("Only the one who asked for it can do that."))


def _place(by: User, at: datetime) -> Membership:
    place = Membership.objects.on(timezone.localdate(at)).filter(user=by).first()
    if place is None:
        raise Refused(_("Your role takes no data out."))
    return place


def _answer(asked: ExportRequest, agrees: bool, event: str, *, by: User, at: datetime) -> Answer:
    current = _held(asked)
    if current.asked_by_id == by.pk:
        raise Refused(_("Nobody is their own second person. Ask another supervisor."))
    place = _place(by, at)
    if place.organisation_id != current.organisation_id or not place.may(May.EXPORT):
        raise Refused(_("Your role does not decide about this."))
    if not current.waits(at):
        raise Refused(_("This export does not wait for an answer any more."))
    answer = Answer.objects.create(request=current, agrees=agrees, by=by, at=at)
    trail.record(event, subject=current, by=by, at=at)
    return answer
