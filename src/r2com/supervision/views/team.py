"""The pages of a supervisor about their team: by day, never by person and never by worker."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from r2com.access.roles import May
from r2com.audit import trail
from r2com.organisations.permission import only
from r2com.ui.pages import page

from .. import away
from .. import due as due_in_team
from .. import hours as hours_in_team
from .. import waiting as waiting_in_team


@require_safe
@only(May.SIGN_OFF)
def due(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    headed = due_in_team.of(request.user, today)
    seen = sorted({str(row.case.pk) for _heading, rows in headed for row in rows})
    trail.opened("supervision", subject=None, by=request.user, cases=seen)
    return page(request, "supervision/due.html", {"headed": headed, "away": away.soon(request.user, today)})


@require_safe
@only(May.SIGN_OFF)
def waiting(request: HttpRequest) -> HttpResponse:
    found = waiting_in_team.of(request.user)
    trail.opened("supervision_waiting", subject=None, by=request.user, cases=found.case_ids)
    return page(request, "supervision/waiting.html", {"waiting": found})


@require_safe
@only(May.SIGN_OFF)
def hours(request: HttpRequest) -> HttpResponse:
    """Numbers of hours and of cases; no record is shown."""
    work = hours_in_team.of(request.user, timezone.now(), timezone.localdate())
    return page(request, "supervision/hours.html", {"work": work})
