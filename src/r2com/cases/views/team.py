"""Who works in a case, since when, and what changes when somebody else does."""

from django.contrib import messages
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from r2com.access import grants
from r2com.access.roles import ROLES, May, Role
from r2com.cases import actions, frame
from r2com.cases.deciding import decides
from r2com.cases.forms.team import PlaceForm
from r2com.cases.models import Case
from r2com.core.refusals import Refused
from r2com.organisations.models import Membership


@require_http_methods(["GET", "POST"])
def team(request, reference):
    case = frame.find(request, reference)
    may_place = _is_in_charge(request.user, case)
    if request.method == "POST" and not may_place:
        raise Http404
    form = _form(request, case) if may_place else None
    if request.method == "POST" and _done(request, case, form):
        stays = Case.objects.visible_to(request.user).filter(pk=case.pk).exists()
        return redirect("team", case.reference) if stays else redirect("people")
    members = list(case.members.select_related("user").order_by("since"))
    context = {
        "form": form,
        "here": [one for one in members if one.until is None],
        "before": [one for one in members if one.until],
        "may_decide": decides(request.user, case, timezone.now()),
        "may_read_notes": frame.may(request, case.pk, May.READ_SENSITIVE),
    }
    return frame.record(request, case, "cases/team.html", context, tab="team")


def _done(request, case: Case, form: PlaceForm) -> bool:
    """End a place, or give one. False when the form has to be shown again."""
    if "end" in request.POST:
        _end(request, case)
        return True
    return form.is_valid() and _place(request, case, form)


def _end(request, case: Case) -> None:
    member = next((one for one in frame.current_members(case) if str(one.pk) == request.POST["end"]), None)
    if member is None:
        raise Http404
    try:
        actions.end_place(member, by=request.user, at=timezone.now())
        messages.success(request, _("Their part ends now. They do not see this record any more."))
    except Refused as refusal:
        messages.warning(request, str(refusal))


def _place(request, case: Case, form: PlaceForm) -> bool:
    try:
        actions.place(case, **form.cleaned_data, by=request.user, at=timezone.now())
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("Written down. They see this record from now on."))
    return True


def _form(request, case: Case) -> PlaceForm:
    places = request.method == "POST" and "end" not in request.POST
    return PlaceForm(request.POST if places else None, memberships=_offered(case))


def _offered(case: Case) -> list[Membership]:
    """The team's case workers, and the mentors and partner agencies of the organisation."""
    rating = [role for role, about in ROLES.items() if May.RATE in about.may]
    fits = Q(role__in=rating, team=case.team_id) | Q(role__in=[Role.MENTOR, Role.PARTNER])
    today = Membership.objects.on(timezone.localdate()).filter(fits, organisation=case.organisation)
    return list(today.select_related("user").order_by("user__name"))


def _is_in_charge(user, case: Case) -> bool:
    return grants.allows(user, case.pk, May.RATE) or grants.allows(user, case.pk, May.SIGN_OFF)
