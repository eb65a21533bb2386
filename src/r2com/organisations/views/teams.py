"""The teams, and what each role may do."""

from django.contrib import messages
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from r2com.access.roles import ROLES, May, Role
from r2com.core.refusals import Refused

from .. import actions, forms
from ..frame import agency
from ..models import Team
from ..permission import only


@only(May.SET_UP)
@require_http_methods(["GET", "POST"])
def teams(request):
    form = forms.TeamName(request.POST or None)
    if form.is_valid():
        try:
            _begin(request, form.cleaned_data["name"])
        except Refused as refusal:
            form.add_error("name", str(refusal))
        else:
            return redirect("agency_teams")
    return agency(request, "organisations/teams.html", {**_teams(request), "form": form}, tab="agency_teams")


@only(May.SET_UP)
@require_POST
def end_team(request, team_id):
    team = get_object_or_404(Team.objects.visible_to(request.user).open(timezone.localdate()), pk=team_id)
    try:
        actions.end_team(team, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.info(request, _("The team has ended today. What it did stays under its name."))
    return redirect("agency_teams")


@only(May.SET_UP)
@require_safe
def roles(request):
    explained = [
        {"name": Role(role).label, "sentence": description.sentence} for role, description in ROLES.items()
    ]
    return agency(request, "organisations/roles.html", {"roles": explained}, tab="agency_roles")


def _begin(request, name):
    now = timezone.now()
    organisation = request.membership.organisation
    actions.begin_team(organisation, name=name, starts=timezone.localdate(now), by=request.user, at=now)


def _teams(request) -> dict:
    """Teams at work with how many people each has, and those that ended."""
    today = timezone.localdate()
    works = Q(memberships__ends__isnull=True) | Q(memberships__ends__gt=today)
    rows = (
        Team.objects.visible_to(request.user)
        .annotate(people=Count("memberships", filter=works))
        .order_by("name")
    )
    return {
        "teams": [row for row in rows if row.ends is None or row.ends > today],
        "ended": [row for row in rows if row.ends and row.ends <= today],
    }
