"""The person reads their record: side by side, on paper, or through a link."""

from django.views.decorators.http import require_safe

from r2com.access.roles import May
from r2com.cases import frame

from . import record

TAB = "my_record"


@require_safe
def my_record(request, reference):
    """Turned round, in large type."""
    case = frame.find(request, reference)
    frame.must_allow(request, case.pk, May.READ_SENSITIVE)
    may_write = frame.may(request, case.pk, May.RATE)
    context = {"parts": record.parts(case, request.user), "may_write": may_write, "read_only": not may_write}
    return frame.record(request, case, "my_record/my_record.html", context, tab=TAB)
