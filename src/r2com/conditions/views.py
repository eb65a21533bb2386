"""The conditions of somebody's release, in plain words."""

from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from r2com.access.categories import Category
from r2com.access.roles import May
from r2com.cases import frame
from r2com.core.refusals import Changed, Refused
from r2com.drafts.forms import remembered

from . import actions
from .forms import ConditionForm, as_written
from .models import Condition

TAB = "conditions"


@require_safe
def conditions(request, reference):
    case = frame.find(request, reference)
    today = timezone.localdate()
    is_open = frame.opens(request, case.pk, Category.LEGAL)
    every = list(Condition.objects.visible_to(request.user).filter(case=case))
    context = {
        "holding": [one for one in every if not one.is_over(today)],
        "over": [one for one in every if one.is_over(today)],
        "is_open": is_open,
        "may_write": is_open and frame.may(request, case.pk, May.RATE),
    }
    return frame.record(request, case, "conditions/conditions.html", context, tab=TAB)


@require_http_methods(["GET", "POST"])
def add_condition(request, reference):
    case = frame.find(request, reference)
    frame.must_allow(request, case.pk, May.RATE)
    if request.method == "GET" and not frame.opens(request, case.pk, Category.LEGAL):
        return redirect("conditions", case.reference)
    memory = remembered(request, f"condition:new:{case.pk}", case=case)
    form = ConditionForm(request.POST or None, initial=memory.initial(ConditionForm, {"base": 0}))
    if form.is_valid():
        try:
            actions.write(case, **form.said(), by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            memory.forget()
            return redirect("conditions", case.reference)
    context = {"form": form, "memory": memory}
    return frame.record(request, case, "conditions/condition.html", context, tab=TAB)


@require_http_methods(["GET", "POST"])
def condition(request, pk):
    found = _find(request, pk)
    memory = remembered(request, f"condition:{pk}", case=found.case)
    form = ConditionForm(request.POST or None, initial=memory.initial(ConditionForm, as_written(found)))
    context = {"form": form, "memory": memory, "condition": found}
    if form.is_valid():
        try:
            base = form.cleaned_data["base"]
            actions.rewrite(found, **form.said(), base=base, by=request.user, at=timezone.now())
        except Changed as change:
            context["theirs"] = _both(request, form, found, change)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            memory.forget()
            return redirect("conditions", found.case.reference)
    return frame.record(request, found.case, "conditions/condition.html", context, tab=TAB)


def _find(request, pk) -> Condition:
    people = ("case__person", "case__organisation", "case__team")
    found = get_object_or_404(Condition.objects.visible_to(request.user).select_related(*people), pk=pk)
    frame.must_allow(request, found.case_id, May.RATE)
    return found


def _both(request, form, found, change) -> Condition:
    """What somebody else kept meanwhile, beside what was typed here; the next press decides."""
    now = Condition.objects.visible_to(request.user).get(pk=found.pk)
    form.add_error(None, str(change))
    form.data = {**form.data.dict(), "base": now.version}
    return now
