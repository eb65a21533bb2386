"""Complaints for those who decide them, and one that is brought to somebody who works here."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from r2com.access.roles import May
from r2com.accounts.models import User
from r2com.audit import trail
from r2com.cases import frame
from r2com.core.refusals import Refused
from r2com.drafts.forms import remembered
from r2com.organisations.models import Membership
from r2com.organisations.permission import only
from r2com.ui.pages import page

from .. import actions
from ..forms import BroughtForm, DecideForm, WhomForm
from ..models import Complaint

AT_ONCE = 50


@only(May.DECIDE_COMPLAINTS)
@require_safe
def complaints(request):
    """What waits, by the day on which it has to be answered, and what was decided."""
    seen = Complaint.objects.visible_to(request.user).whole()
    waiting = sorted(seen.waiting()[:AT_ONCE], key=lambda one: one.due)
    decided = seen.decided().order_by("-due_on", "-pk")[:AT_ONCE]
    return page(request, "rights/complaints.html", {"waiting": waiting, "decided": decided})


@only(May.DECIDE_COMPLAINTS)
@require_http_methods(["GET", "POST"])
def complaint(request, pk):
    found = get_object_or_404(Complaint.objects.visible_to(request.user).whole(), pk=pk)
    asked = _asked(request, found)
    memory = remembered(request, f"complaint:{pk}") if asked else None
    form = _form(request, found, asked, memory) if memory else None
    if form and form.is_valid() and _done(request, found, form, asked):
        memory.forget()
        return redirect("complaints" if asked == "decide" else found)
    trail.opened("complaint", subject=found, by=request.user)
    context = {"complaint": found, "asked": asked, "form": form, "memory": memory}
    return page(request, "rights/complaint.html", context)


@require_http_methods(["GET", "POST"])
def brought(request, reference):
    """Somebody complains in the room, or hands in a paper. Afterwards it is sealed, for the writer, too."""
    case = frame.find(request, reference)
    memory = remembered(request, f"complaint-of:{case.pk}", case=case)
    form = BroughtForm(request.POST or None, initial=memory.initial(BroughtForm))
    if form.is_valid():
        try:
            made, words = actions.complain(
                case.organisation, **form.cleaned_data, record=case, by=request.user, at=timezone.now()
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            memory.forget()
            context = {"complaint": made, "words": words}
            return frame.record(request, case, "rights/brought_made.html", context, tab="my_record")
    return frame.record(
        request, case, "rights/brought.html", {"form": form, "memory": memory}, tab="my_record"
    )


def _asked(request, found: Complaint) -> str:
    """What this reader is asked for now: whom it is about, a decision, or nothing."""
    if found.sorted_at is None:
        return "whom"
    decided = any(one.by_id == request.user.pk for one in found.said)
    return "decide" if found.waits and not decided else ""


def _form(request, found: Complaint, asked: str, memory):
    if asked == "decide":
        return DecideForm(request.POST or None, initial=memory.initial(DecideForm))
    places = Membership.objects.on(timezone.localdate()).filter(organisation=found.organisation_id)
    people = list(User.objects.filter(pk__in=places.values("user")).order_by("name"))
    return WhomForm(request.POST if request.method == "POST" else None, people=people)


def _done(request, found: Complaint, form, asked: str) -> bool:
    act = actions.say_whom if asked == "whom" else actions.decide
    try:
        act(found, **form.cleaned_data, by=request.user, at=timezone.now())
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.info(request, _("Kept."))
    return True
