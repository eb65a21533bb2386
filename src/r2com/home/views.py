"""Where the day begins, the people one supports, and the person's page."""

from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from r2com.access.roles import May
from r2com.audit import trail
from r2com.cases import frame, timeline
from r2com.ui.pages import page

from . import caseload, day, golden, overview, searched
from .forms import FindForm


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


@require_http_methods(["GET", "HEAD", "POST"])
def people(request):
    """Everybody I support, by the day of release; or, when a name was typed, who has one like it.

    The name is posted, so that it never stands in an address, and the people found have an address of their
    own, so that one gets back to them: `?show=found`. With `?show=closed`, where the support has ended.
    """
    form = FindForm(request.POST or None)
    if form.is_valid():
        return searched.lead_to_found(request, form.cleaned_data["name"])
    closed, name = request.GET.get("show") == "closed", searched.kept(request)
    shown = _shown(request, name, closed)
    trail.opened("people", subject=None, by=request.user, cases=shown.case_ids)
    context = {"sheet": shown, "people": shown.people, "closed": closed, "searched": bool(name)}
    context["form"] = form if form.is_bound else FindForm(initial={"name": name})
    context["may_move_in"] = request.membership.may(May.SIGN_OFF)
    context["may_open"] = request.membership.may(May.OPEN_IN_EMERGENCY)
    return page(request, "home/people.html", context)


def _shown(request, name: str, closed: bool) -> caseload.Sheet:
    """Who has a name like this; without one, the page of the list that was asked for."""
    day = timezone.localdate()
    if name:
        return caseload.found(request.user, request.membership.organisation, name, day)
    turn = {way: request.GET.get(way, "") for way in ("after", "before")}
    return caseload.sheet(request.user, day, **turn, closed=closed)


@require_safe
def person(request, reference):
    case = frame.find(request, reference)
    context = overview.of(case, request.user, timezone.localdate())
    context["picture"] = timeline.picture(context["moments"], case)
    if request.GET.get("so_far") != "all":
        context["goes_back"] = len(context["moments"]) > overview.NEWEST
        context["moments"] = context["moments"][: overview.NEWEST]
    context["may_rate"] = frame.may(request, case.pk, May.RATE)
    context["may_write"] = frame.may(request, case.pk, May.ADD_EVIDENCE)
    return frame.record(request, case, "home/person.html", context, tab="person")


@require_safe
def golden_thread(request, reference):
    """From what is hard to what came of it. It holds the formulation, so it is for those who read that."""
    case = frame.find(request, reference)
    frame.must_allow(request, case.pk, May.READ_SENSITIVE)
    context = {"golden": golden.of(case, request.user)}
    return frame.record(request, case, "home/golden.html", context, tab="golden_thread")
