"""The person reads their record: side by side, and on paper."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from r2com.access.roles import May
from r2com.cases import frame
from r2com.cases.rights import who_helps

from .. import actions, paper, record

TAB = "my_record"
TYPES = {"pdf": "application/pdf", "zip": "application/zip"}


@require_safe
def my_record(request, reference):
    """Turned round, in large type."""
    case = frame.find(request, reference)
    frame.must_allow(request, case.pk, May.READ_SENSITIVE)
    may_write = frame.may(request, case.pk, who_helps(case))
    context = {
        "parts": record.parts(case, request.user),
        "may_write": may_write,
        "read_only": not may_write,
    }
    return frame.record(request, case, "my_record/my_record.html", context, tab=TAB)


@require_safe
def print_record(request, reference):
    return _taken_away(request, reference, "pdf", paper.printed)


@require_safe
def pack_record(request, reference):
    return _taken_away(request, reference, "zip", paper.both)


def _taken_away(request, reference, form, make) -> HttpResponse:
    """The file, once the trail knows. Its name names nobody, and no cache keeps it."""
    case = frame.find(request, reference)
    frame.must_allow(request, case.pk, who_helps(case))
    at = timezone.now()
    actions.take_away(case, form=form, by=request.user, at=at)
    headers = {"Content-Disposition": f'attachment; filename="record.{form}"', "Cache-Control": "no-store"}
    return HttpResponse(make(case, by=request.user, at=at), content_type=TYPES[form], headers=headers)
