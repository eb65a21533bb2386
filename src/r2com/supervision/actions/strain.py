"""What a worker writes for themselves, shows to one supervisor, and takes back. No word goes to the trail."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from r2com.accounts.models import User
from r2com.audit import trail
from r2com.core.refusals import Refused
from r2com.vault import keyring
from r2com.vault.models import Owner

from ..models import StrainAnswer, StrainCheck
from ..models.places import supervisors_of
from ..models.strain import over_by


@transaction.atomic
def write(
    worker: User, *, how: str, weighs: str = "", helps: str = "", by: User, at: datetime
) -> StrainCheck:
    """Keep one's own words, sealed under one's own key. Nobody else sees them."""
    if worker.pk != by.pk:
        raise Refused(_("Everybody writes only for themselves."))
    keyring.make(Owner.USER, worker.pk)
    check = StrainCheck(worker=worker, how=how, weighs=weighs, helps=helps, written_at=at)
    check.save(force_insert=True)
    trail.record("strain.written", subject=None, by=by, at=at)
    return check


@transaction.atomic
def show(check: StrainCheck, *, to: User, by: User, at: datetime) -> StrainCheck:
    """Let one supervisor of one's own team read it. Whoever it was shown to before sees it no more."""
    _must_be_own(check, by)
    if to.pk not in {one.pk for one in supervisors_of(by)}:
        raise Refused(_("Choose a supervisor of your team."))
    check.shown_to, check.shown_at = to, at
    check.save(update_fields=["shown_to", "shown_at"])
    trail.record("strain.shown", subject=None, by=by, at=at)
    return check


@transaction.atomic
def hide(check: StrainCheck, *, by: User, at: datetime) -> StrainCheck:
    """Take it back: from now on only the worker sees it."""
    _must_be_own(check, by)
    check.shown_to = check.shown_at = None
    check.save(update_fields=["shown_to", "shown_at"])
    trail.record("strain.taken_back", subject=None, by=by, at=at)
    return check


@transaction.atomic
def answer(check: StrainCheck, *, words: str, by: User, at: datetime) -> StrainAnswer:
    """What the supervisor says to it, as long as it is shown to them."""
    if not StrainCheck.objects.shown_to(by).filter(pk=check.pk).exists():
        raise Refused(_("They took it back. Ask them, if they wish to talk."))
    said = StrainAnswer(about=check, words=words, by=by, at=at)
    said.save(force_insert=True)
    trail.record("strain.answered", subject=None, by=by, at=at)
    return said


@transaction.atomic
def delete(check: StrainCheck, *, by: User, at: datetime) -> None:
    """It is gone, with every answer to it."""
    _must_be_own(check, by)
    check.delete()
    trail.record("strain.deleted", subject=None, by=by, at=at)


@transaction.atomic
def forget_old(*, by: User | None = None, at: datetime) -> None:
    """What was written a year ago goes by itself, whoever saw it. The trail does not say how much."""
    old = over_by(at)
    if old.exists():
        old.delete()
        trail.record("strain.forgotten", subject=None, by=by, at=at)


def _must_be_own(check: StrainCheck, by: User) -> None:
    if check.worker_id != by.pk:
        raise Refused(_("Only whoever wrote this shows it, takes it back or deletes it."))
