"""The people in somebody's corner: the circle, the list beside it, and one of them."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from r2com.access.roles import May
from r2com.cases import frame
from r2com.core.refusals import Changed, Refused
from r2com.drafts.forms import remembered

from . import actions, drawing
from .forms import SupporterForm, as_written
from .models import Supporter

TAB = "corner"


@require_safe
def corner(request, reference):
    case = frame.find(request, reference)
    everybody = list(Supporter.objects.visible_to(request.user).filter(case=case))
    here = [one for one in everybody if one.left_at is None]
    context = {
        "rings": drawing.rings(here),
        "picture": drawing.picture(here, case.person.short_name) if here else "",
        "left": [one for one in everybody if one.left_at],
        "may_write": frame.may(request, case.pk, May.RATE),
    }
    return frame.record(request, case, "corner/corner.html", context, tab=TAB)


@require_http_methods(["GET", "POST"])
def add_supporter(request, reference):
    case = frame.find(request, reference)
    frame.must_allow(request, case.pk, May.RATE)
    memory = remembered(request, f"supporter:new:{case.pk}", case=case)
    start = {"base": 0, "contact": Supporter.Contact.ASK_FIRST}
    form = SupporterForm(request.POST or None, initial=memory.initial(SupporterForm, start))
    if form.is_valid():
        try:
            actions.name(case, **form.said(), by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            memory.forget()
            messages.success(request, _("They stand in the corner now."))
            return redirect("corner", case.reference)
    context = {"form": form, "memory": memory}
    return frame.record(request, case, "corner/supporter.html", context, tab=TAB)


@require_http_methods(["GET", "POST"])
def supporter(request, pk):
    found = _find(request, pk)
    memory = remembered(request, f"supporter:{pk}", case=found.case)
    form = SupporterForm(request.POST or None, initial=memory.initial(SupporterForm, as_written(found)))
    context = {"form": form, "memory": memory, "supporter": found}
    if form.is_valid():
        try:
            actions.correct(
                found, **form.said(), base=form.cleaned_data["base"], by=request.user, at=timezone.now()
            )
        except Changed as change:
            context["theirs"] = _both(request, form, found, change)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            memory.forget()
            return redirect("corner", found.case.reference)
    return frame.record(request, found.case, "corner/supporter.html", context, tab=TAB)


@require_POST
def let_go(request, pk):
    found = _find(request, pk)
    actions.let_go(found, by=request.user, at=timezone.now())
    messages.info(request, _("They are not in the corner any more. You can take them back in below."))
    return redirect("corner", found.case.reference)


@require_POST
def take_back_in(request, pk):
    found = _find(request, pk)
    actions.take_back_in(found, by=request.user, at=timezone.now())
    return redirect("corner", found.case.reference)


def _find(request, pk) -> Supporter:
    rows = Supporter.objects.visible_to(request.user).select_related(
        "case__person", "case__organisation", "case__team"
    )
    found = get_object_or_404(rows, pk=pk)
    frame.must_allow(request, found.case_id, May.RATE)
    return found


def _both(request, form, found, change) -> Supporter:
    """What somebody else kept meanwhile, beside what was typed here; the next press decides."""
    now = Supporter.objects.visible_to(request.user).get(pk=found.pk)
    form.add_error(None, str(change))
    form.data = {**form.data.dict(), "base": now.version}
    return now
