"""Beginning a list, printing it, and moving the day that everything hangs on."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from r2com.access import grants
from r2com.access.roles import May
from r2com.accounts.models import User
from r2com.audit import trail
from r2com.cases import actions as cases
from r2com.cases.models import Case
from r2com.core.refusals import Refused
from r2com.tasks import actions as tasks

from .. import content
from ..models import Begun, ChecklistVersion, HandedOn


def must_change(case_id: UUID, by: User) -> None:
    """The case worker, the deputy and the supervisor write here; the others read."""
    if not (grants.allows(by, case_id, May.RATE) or grants.allows(by, case_id, May.SIGN_OFF)):
        raise Refused(_("You may read this list, but not write in it."))


@transaction.atomic
def begin(case: Case, *, checklist: str, by: User | None, at: datetime) -> Begun:
    """Somebody's list: the one that was begun, or a new one, which keeps the newest version for good."""
    Case.objects.select_for_update().get(pk=case.pk)
    stands = Begun.objects.filter(case=case, checklist=checklist).with_version().first()
    if stands is not None:
        return stands
    version = _keep(checklist, at)
    begun = Begun.objects.create(case=case, checklist=checklist, version=version, begun_at=at)
    trail.record(
        "list.begun", subject=begun, by=by, at=at, case=case, checklist=checklist, version=version.version
    )
    return begun


@transaction.atomic
def printed(case: Case, *, checklist: str, by: User, at: datetime) -> None:
    """Write on the trail that a paper is about to leave the house."""
    trail.record("list.printed", subject=case, by=by, at=at, case=case, checklist=checklist)


@transaction.atomic
def move_release(case: Case, *, to: date | None, by: User, at: datetime) -> None:
    """Write down another day of release, or that it is not known. Every day that hangs on it moves along.

    Lamps that went to somebody for the day that stood before are done with: the board begins anew.
    """
    must_change(case.pk, by)
    if case.release_on == to:
        return
    cases.move_release(case, to=to, by=by, at=at)
    waiting = HandedOn.objects.filter(begun__case=case, task__done__isnull=True)
    for handed_on in waiting.select_related("task__case"):
        tasks.finish(handed_on.task, words=_("The day of release has moved."), by=by, at=at)


def _keep(checklist: str, at: datetime) -> ChecklistVersion:
    """The newest version, kept as it is now for everybody who begins with it."""
    definition, languages = content.packaged(checklist)
    found = content.newest(checklist)
    kept, _is_new = ChecklistVersion.objects.get_or_create(
        content_hash=found.content_hash,
        defaults={
            "checklist": checklist,
            "version": found.version,
            "definition": definition,
            "languages": languages,
            "kept_at": at,
        },
    )
    return kept
