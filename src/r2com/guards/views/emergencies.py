"""Opening a record in an emergency, and looking at it afterwards."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from r2com.access import wall
from r2com.access.roles import May
from r2com.cases.models import Case
from r2com.core.refusals import Refused
from r2com.drafts.forms import remembered
from r2com.organisations.permission import only
from r2com.ui.pages import page

from .. import actions, reading
from ..forms import EmergencyForm, ReviewForm
from ..models import Emergency


@only(May.OPEN_IN_EMERGENCY, May.REVIEW_EMERGENCY)
@require_safe
def emergencies(request):
    """What one opened, and what waits for one's own look."""
    rows = _visible_to(request.user)
    others = [one for one in rows if one.user_id != request.user.pk]
    context = {
        "mine": [one for one in rows if one.user_id == request.user.pk],
        "waiting": [one for one in others if not one.is_reviewed],
        "looked_at": [one for one in others if one.is_reviewed],
        "now": timezone.now(),
        "may_open": request.membership.may(May.OPEN_IN_EMERGENCY),
        "reviews": request.membership.may(May.REVIEW_EMERGENCY),
    }
    return page(request, "guards/emergencies.html", context)


@only(May.OPEN_IN_EMERGENCY)
@require_http_methods(["GET", "POST"])
def open_emergency(request):
    memory = remembered(request, "emergency:new")
    form = EmergencyForm(request.POST or None, initial=memory.initial(EmergencyForm))
    if form.is_valid() and (opened := _opened(request, form)):
        memory.forget()
        return redirect("person", opened)
    return page(request, "guards/open_emergency.html", {"form": form, "memory": memory})


def _opened(request, form: EmergencyForm) -> str:
    """The reference of the record that is open now, or nothing when the form has to be shown again."""
    reference, now = form.cleaned_data["reference"], timezone.now()
    if Case.objects.visible_to(request.user).filter(reference=reference).exists():
        messages.info(request, _("You see this record already. Nothing had to be opened."))
        return reference
    try:
        actions.open_in_emergency(request.membership, **form.cleaned_data, by=request.user, at=now)
    except actions.NotHere as refusal:
        actions.not_found(by=request.user, at=now)
        form.add_error("reference", str(refusal))
        return ""
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return ""
    messages.info(request, _("Open for an hour, to read. Your supervisor and data protection know."))
    return reference


@only(May.OPEN_IN_EMERGENCY, May.REVIEW_EMERGENCY)
@require_http_methods(["GET", "POST"])
def emergency(request, pk):
    found, now = _find(request, pk), timezone.now()
    is_own = found.user_id == request.user.pk
    may_review = not is_own and not found.is_reviewed and request.membership.may(May.REVIEW_EMERGENCY)
    memory = remembered(request, f"emergency:{pk}", case=found.case)
    form = ReviewForm(request.POST or None, initial=memory.initial(ReviewForm)) if may_review else None
    if form and form.is_valid() and _reviewed(request, found, form):
        memory.forget()
        return redirect("emergencies")
    context = {
        "emergency": found,
        "is_own": is_own,
        "is_live": found.is_live(now),
        "pages": reading.pages_read(found),
        "form": form,
        "memory": memory,
    }
    return page(request, "guards/emergency.html", context)


@only(May.OPEN_IN_EMERGENCY)
@require_POST
def go_on(request, pk):
    return _done(request, pk, actions.go_on)


@only(May.OPEN_IN_EMERGENCY)
@require_POST
def end_emergency(request, pk):
    return _done(request, pk, actions.end)


def _reviewed(request, found: Emergency, form: ReviewForm) -> bool:
    try:
        actions.review(found, **form.cleaned_data, by=request.user, at=timezone.now())
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.info(request, _("Kept."))
    return True


def _done(request, pk, do):
    found = _find(request, pk)
    try:
        do(found, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect(found)


@wall.for_the_house("data protection and the supervisor look at them by reference, without a grant")
def _visible_to(user) -> list[Emergency]:
    return list(Emergency.objects.visible_to(user).whole()[:50])


@wall.for_the_house("the same, for one of them")
def _find(request, pk) -> Emergency:
    return get_object_or_404(Emergency.objects.visible_to(request.user).whole(), pk=pk)
