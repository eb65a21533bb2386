"""A second reader goes through the file before it leaves. Whoever drafted it never does."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from r2com.access import grants
from r2com.access.duties import must_be_two
from r2com.access.roles import May
from r2com.accounts.models import User
from r2com.audit import trail
from r2com.cases.rights import who_helps
from r2com.core.refusals import Changed, Refused

from .. import file
from ..covering import lines
from ..models import FileRequest, Passage, ReadThrough


@transaction.atomic
def leave_out(asked: FileRequest, *, words: str, reason: str, why: str, by: User, at: datetime) -> Passage:
    """Take words out of the file, wherever they stand in it. Raises Refused where they do not stand there."""
    current = _for_second_reader(asked, by)
    if not why.strip():
        raise Refused(_("Write why, so that a colleague can look at it again."))
    if not lines(words) or not file.holds(current, words, by=by):
        raise Refused(_("These words do not stand in the file. Copy them as they stand there."))
    passage = Passage(request=current, words=words.strip(), reason=reason, why=why.strip(), by=by, at=at)
    passage.save(force_insert=True)
    trail.record("file.passage_left_out", subject=passage, case=current.case, by=by, at=at, reason=reason)
    return passage


@transaction.atomic
def put_back(passage: Passage, *, by: User, at: datetime) -> None:
    """These words leave with the file after all. That they were taken out is kept. Twice is no harm."""
    request = _for_second_reader(passage.request, by)
    current = Passage.objects.select_for_update(of=("self",)).get(pk=passage.pk)
    if current.put_back_at is None:
        current.put_back_by, current.put_back_at = by, at
        current.save(update_fields=["put_back_by", "put_back_at"])
        trail.record("file.passage_put_back", subject=current, case=request.case, by=by, at=at)


@transaction.atomic
def read_through(asked: FileRequest, *, stood: str, by: User, at: datetime) -> ReadThrough:
    """Say that the file may leave as it stands. Raises Changed where it is not what was read any more."""
    current = _for_second_reader(asked, by)
    if stood != file.mark(current, by=by):
        raise Changed(_("Something was written since you read it. Read it once more."))
    read = ReadThrough.objects.create(request=current, stood=stood, by=by, at=at)
    trail.record("file.read_through", subject=current, by=by, at=at)
    return read


def _for_second_reader(asked: FileRequest, by: User) -> FileRequest:
    """The request as it is now, for somebody who did not draft the file. Raises Refused."""
    found = FileRequest.objects.select_for_update(of=["self"]).select_related("case__person")
    current = found.get(pk=asked.pk)
    grants.must_allow_any(by, current.case_id, who_helps(current.case), May.SIGN_OFF)
    must_be_two(
        current.entered_by_id, by, _("You drafted this file. Somebody else reads it before it leaves.")
    )
    if current.is_given:
        raise Refused(_("This file was given already. Enter a new request for another one."))
    return current
