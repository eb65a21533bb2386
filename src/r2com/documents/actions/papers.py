"""Adding a paper to a case, opening its file, and taking out what does not belong there."""

from datetime import date, datetime

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from r2com.access import grants
from r2com.access.roles import May
from r2com.accounts.models import User
from r2com.audit import trail
from r2com.cases.models import Case
from r2com.core.refusals import Refused
from r2com.keeping import actions as keeping

from .. import content
from ..apart import Made
from ..models import Document, File, Release


class Wrong(models.TextChoices):
    """Why a paper is taken out. Only these words go to the trail."""

    PERSON = "person", gettext_lazy("It belongs to somebody else")
    TWICE = "twice", gettext_lazy("It is here twice")
    UNREADABLE = "unreadable", gettext_lazy("Nobody can read it")


@transaction.atomic
def add(
    case: Case,
    *,
    original: bytes,
    clean: Made,
    name: str,
    kind: str,
    source: str,
    seen_by: str,
    note: str = "",
    received_from: str = "",
    dated: date | None = None,
    by: User,
    at: datetime,
) -> Document:
    """Keep a paper: the file untouched, and beside it the one that was made anew from it."""
    grants.must_allow(by, case.pk, May.ADD_EVIDENCE)
    said = {"name": name, "note": note, "received_from": received_from, "dated": dated}
    chosen = {"kind": kind, "source": source, "seen_by": seen_by}
    document = Document(case=case, added_by=by, added_at=at, **said, **chosen)
    document.save(force_insert=True)
    as_it_came = Made("application/octet-stream", clean.pages, original)
    _keep(document, File.Form.ORIGINAL, as_it_came, by=by, at=at)
    _keep(document, File.Form.CLEAN, clean, by=by, at=at)
    trail.record("document.added", subject=document, by=by, at=at, kind=kind, seen_by=seen_by)
    return document


@transaction.atomic
def file_opened(file: File, *, by: User, at: datetime) -> None:
    """Write on the trail that a file is about to be sent to somebody's machine."""
    if file.is_redacted:
        raise Refused(_("A redacted copy is taken out of the house, with a word for whom and why."))
    if file.form == File.Form.ORIGINAL:
        grants.must_allow(by, file.document.case_id, May.RATE)
    trail.record("document.opened", subject=file, by=by, at=at, case=file.document.case_id, form=file.form)


@transaction.atomic
def remove(document: Document, *, reason: str, by: User, at: datetime) -> None:
    """Take a paper out for good, with every form of it. Raises Refused while the record is held.

    One that left the house stays with the record.
    """
    grants.must_allow(by, document.case_id, May.RATE)
    keeping.must_not_be_held(document.case)
    if Release.objects.filter(file__document=document).exists():
        raise Refused(
            _("A copy of this was taken out of the house. It stays, so that one can see what was given.")
        )
    trail.record("document.removed", subject=document, by=by, at=at, reason=Wrong(reason).value)
    document.delete()


def _keep(document: Document, form: str, made: Made, *, by: User, at: datetime) -> File:
    file = File(document=document, form=form, type=made.type, pages=made.pages, made_by=by, made_at=at)
    return content.keep(file, made.data)
