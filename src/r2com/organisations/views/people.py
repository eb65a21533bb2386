"""Who works here, who is invited, who has left; and one person's place."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from r2com.access.models import Grant
from r2com.access.roles import May
from r2com.accounts import actions as accounts
from r2com.core.refusals import Refused

from .. import actions, forms
from ..frame import agency
from ..models import Certification, Invitation, Membership
from ..permission import only


@only(May.SET_UP)
@require_safe
def people(request):
    today, now = timezone.localdate(), timezone.now()
    here, left = _sorted(Membership.objects.visible_to(request.user), today)
    waiting = Invitation.objects.visible_to(request.user).waiting().select_related("team").order_by("name")
    invited = [{"invitation": one, "works": one.is_open(now)} for one in waiting]
    context = {"here": here, "left": left, "invited": invited}
    return agency(request, "organisations/people.html", context, tab="agency")


@only(May.SET_UP)
@require_safe
def person(request, user_id):
    return _show(request, _places(request, user_id))


@only(May.SET_UP)
@require_POST
def change_place(request, user_id):
    places = _places(request, user_id)
    form = forms.Place(request.POST, organisation=request.membership.organisation)
    if form.is_valid():
        try:
            actions.move(_current(places), **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.info(request, _("The place is changed from today on."))
            return redirect("agency_person", user_id)
    return _show(request, places, place=form)


@only(May.SET_UP)
@require_POST
def end_place(request, user_id):
    places = _places(request, user_id)
    form = forms.Leaving(request.POST)
    if form.is_valid():
        try:
            actions.leave(_current(places).user, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.info(request, _("It is written down when this place ends."))
            return redirect("agency_person", user_id)
    return _show(request, places, leaving=form)


@only(May.SET_UP)
@require_POST
def certify(request, user_id):
    places = _places(request, user_id)
    form = forms.Certify(request.POST)
    if form.is_valid():
        agency = request.membership.organisation
        try:
            actions.certify(
                _current(places).user, agency, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.info(request, _("It is written down until when they are certified."))
            return redirect("agency_person", user_id)
    return _show(request, places, certify=form)


@only(May.SET_UP)
@require_POST
def end_certification(request, user_id):
    user = _current(_places(request, user_id)).user
    holding = _certification(request, user)
    if holding is None or user == request.user:
        raise Http404
    actions.end_certification(holding, by=request.user, at=timezone.now())
    messages.info(request, _("They are not certified any more, from now on."))
    return redirect("agency_person", user_id)


@only(May.SET_UP)
@require_POST
def reset_second_factor(request, user_id):
    """For somebody who lost their phone. Never for oneself: a colleague has to know who asks."""
    user = _current(_places(request, user_id)).user
    if user == request.user:
        raise Http404
    accounts.reset_second_factor(user, by=request.user, at=timezone.now())
    messages.info(request, _("At the next sign-in they set up a new second factor."))
    return redirect("agency_person", user_id)


def _sorted(memberships, today) -> tuple[list, list]:
    """Those with a place today, and the last place of each who has none."""
    rows = memberships.select_related("user", "team").order_by("user__name", "-starts", "-pk")
    here = [row for row in rows if row.is_on(today)]
    seen = {row.user_id for row in here}
    left = []
    for row in rows:
        if row.user_id not in seen:
            seen.add(row.user_id)
            left.append(row)
    return here, left


def _places(request, user_id) -> list[Membership]:
    """Every place that somebody had in this agency, the newest first, or 404."""
    rows = (
        Membership.objects.visible_to(request.user)
        .filter(user=user_id)
        .select_related("user", "team", "organisation")
    )
    places = list(rows.order_by("-starts", "-pk"))
    if not places:
        raise Http404
    return places


def _current(places) -> Membership:
    today = timezone.localdate()
    for place in places:
        if place.is_on(today):
            return place
    raise Http404


def _show(request, places, **bound):
    """Somebody's page. What they do with people is not on it, only how many records would wait."""
    user, today = places[0].user, timezone.localdate()
    current = next((place for place in places if place.is_on(today)), None)
    context = {"somebody": user, "places": places, "current": current, "is_self": user == request.user}
    if current and user != request.user:
        start = {"role": current.role, "team": current.team_id}
        context |= {
            "place": bound.get("place") or forms.Place(initial=start, organisation=current.organisation),
            "leaving": bound.get("leaving") or forms.Leaving(initial={"ends": today}),
            "records": _records_held(user),
            "certification": _certification(request, user),
            "certify": bound.get("certify") or forms.Certify(),
            "may_judge": current.may(May.RATE),
        }
    return agency(request, "organisations/person.html", context, tab="agency")


def _certification(request, user) -> Certification | None:
    rows = Certification.objects.visible_to(request.user).on(timezone.localdate())
    return rows.filter(user=user).first()


def _records_held(user) -> int:
    """In how many records somebody rates and plans. A number, and nothing else of the records."""
    held = Grant.objects.live().held_by(user).values_list("case", "may")
    return len({case for case, may in held if May.RATE in may})
