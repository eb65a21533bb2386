"""Who is away and who stands in: one's own, and for a supervisor the team's."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from r2com.access.roles import May
from r2com.core.refusals import Refused
from r2com.organisations.models import Membership
from r2com.organisations.permission import only
from r2com.ui.pages import page

from .. import actions, handing
from ..forms import AbsenceForm
from ..models import Absence


@require_http_methods(["GET", "POST"])
@only(May.ADD_EVIDENCE)
def absences(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    form = _form(request) if request.membership.team else None
    if form and form.is_valid() and _planned(request, form):
        return redirect("absences")
    rows = list(Absence.objects.visible_to(request.user).not_over(today))
    mine = [row for row in rows if row.stands_in_id == request.user.pk]
    others = [row for row in rows if row.stands_in_id != request.user.pk]
    context = {"form": form, "standing_in": mine, "absences": others, "may_end": _may_end(request, rows)}
    return page(request, "supervision/absences.html", context)


@require_POST
@only(May.ADD_EVIDENCE)
def end_absence(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Absence.objects.visible_to(request.user), pk=pk)
    try:
        actions.call_off(found, by=request.user, at=timezone.now())
        messages.info(request, _("Taken out. They are not away."))
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect("absences")


def _form(request: HttpRequest) -> AbsenceForm:
    """A supervisor writes for anybody in the team, everybody else for themselves."""
    place = request.membership
    team = handing.everybody(place)
    workers = team if place.may(May.SIGN_OFF) else [one for one in team if one.user_id == place.user_id]
    start = {"worker": str(workers[0].pk)} if len(workers) == 1 else {}
    return AbsenceForm(request.POST or None, initial=start, workers=workers, colleagues=team)


def _planned(request: HttpRequest, form: AbsenceForm) -> bool:
    given = dict(form.cleaned_data)
    worker: Membership = given.pop("worker")
    try:
        actions.plan_absence(worker, **given, by=request.user, at=timezone.now())
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _may_end(request: HttpRequest, rows: list[Absence]) -> set[UUID]:
    """Those that this reader may take out: their own, and a supervisor's team's."""
    place = request.membership
    teams = {place.team_id} if place.may(May.SIGN_OFF) else set()
    return {row.pk for row in rows if row.worker_id == request.user.pk or row.team_id in teams}
