"""Covering parts of a paper, making the copy that holds nothing of them, and taking that out of the house."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from r2com.access import grants
from r2com.access.roles import May
from r2com.accounts.models import User
from r2com.audit import trail
from r2com.core.refusals import Changed, Refused

from .. import content
from ..apart import Made
from ..models import Document, File, Redaction, Release


@transaction.atomic
def begin_redaction(document: Document, *, by: User, at: datetime) -> Redaction:
    """The redaction of a paper that is open already, or a new one with nothing covered yet."""
    grants.must_allow(by, document.case_id, May.RATE)
    Document.objects.select_for_update().get(pk=document.pk)
    found = Redaction.objects.open().filter(document=document).first()
    if found is not None:
        return found
    begun = Redaction(document=document, begun_by=by, begun_at=at)
    begun.save(force_insert=True)
    trail.record("redaction.begun", subject=begun, by=by, at=at, case=document.case_id)
    return begun


@transaction.atomic
def mark(
    redaction: Redaction,
    *,
    page: int,
    base: str,
    fields: list[str],
    boxes: list[list[int]],
    by: User,
    at: datetime,
) -> Redaction:
    """Say what is to be black on one page: fields of the grid, and boxes.

    Raises Changed when the page no longer stands at `base`: nobody uncovers what somebody else covered.
    """
    current = _open(redaction, by)
    if current.stands_at(page) != base:
        raise Changed(_("Somebody else covered something meanwhile. Look at the pages again."))
    current.marks = {**current.marks, str(page): {"fields": fields, "boxes": boxes}}
    current.save()
    trail.record("redaction.marked", subject=current, by=by, at=at, case=current.document.case_id, page=page)
    return current


@transaction.atomic
def make_copy(redaction: Redaction, *, made: Made, marks: dict[str, Any], by: User, at: datetime) -> File:
    """Keep the copy that was made with `marks`. The original stays as it is.

    Raises Changed when somebody covered something else meanwhile.
    """
    current = _open(redaction, by)
    if current.marks != marks:
        raise Changed(_("Somebody else covered something meanwhile. Look at the pages again."))
    document = current.document
    copy = File(
        document=document, form=File.Form.REDACTED, type=made.type, pages=made.pages, made_by=by, made_at=at
    )
    current.file = content.keep(copy, made.data)
    current.save()
    trail.record("document.redacted", subject=copy, by=by, at=at, case=document.case_id)
    return copy


@transaction.atomic
def release(file: File, *, to: str, why: str, ground: str, by: User, at: datetime) -> Release:
    """Take a redacted copy out of the house: for whom, why, and on what ground. Only such a copy leaves."""
    grants.must_allow(by, file.document.case_id, May.RATE)
    if not file.is_redacted:
        raise Refused(_("Only a redacted copy leaves the house. Make one first."))
    given = Release(file=file, to=to, why=why, ground=ground, released_by=by, released_at=at)
    given.save(force_insert=True)
    case = file.document.case_id
    trail.record(
        "document.released", subject=given, by=by, at=at, case=case, ground=Release.Ground(ground).value
    )
    return given


@transaction.atomic
def handed_over(release: Release, *, by: User, at: datetime) -> None:
    """Write on the trail that the file of a release is about to be sent."""
    case = release.file.document.case_id
    grants.must_allow(by, case, May.RATE)
    trail.record("document.handed_over", subject=release, by=by, at=at, case=case)


def _open(redaction: Redaction, by: User) -> Redaction:
    """The redaction as it stands now, held until we are done, and not made into a copy yet."""
    grants.must_allow(by, redaction.document.case_id, May.RATE)
    current = Redaction.objects.select_for_update(of=["self"]).select_related("document").get(pk=redaction.pk)
    if current.file_id is not None:
        raise Refused(_("The copy was made already. Begin another to cover something else."))
    return current
