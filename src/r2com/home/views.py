"""Where the day begins, the people one supports, and the person's page."""

from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from r2com.access.roles import May
from r2com.audit import trail
from r2com.cases import frame
from r2com.ui.pages import page

from . import day, overview


@require_safe
def today(request):
    """What is due, what waits for me, and the people I support. Sorted by time, never by person."""
    if not request.membership.may(May.READ):
        return redirect("agency" if request.membership.may(May.SET_UP) else "bases")
    shown = day.today(request.user, timezone.localdate())
    trail.opened("today", subject=None, by=request.user, cases=shown.case_ids)
    return page(
        request, "home/today.html", {"day": shown, "may_open_door": request.membership.may(May.OPEN_DOOR)}
    )


@require_safe
def people(request):
    """Everybody I support, by the day of release."""
    shown = day.people(request.user, timezone.localdate())
    trail.opened("people", subject=None, by=request.user, cases=[str(row.case.pk) for row in shown])
    context = {"people": shown, "may_move_in": request.membership.may(May.SIGN_OFF)}
    return page(request, "home/people.html", context)


@require_safe
def person(request, reference):
    case = frame.find(request, reference)
    context = overview.of(case, request.user, timezone.localdate())
    context["may_rate"] = frame.may(request, case.pk, May.RATE)
    context["may_write"] = frame.may(request, case.pk, May.ADD_EVIDENCE)
    return frame.record(request, case, "home/person.html", context, tab="person")
