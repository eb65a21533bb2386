"""The safety plan: everybody in the case may read it; who works with the person writes it with them."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from r2com.access.roles import May
from r2com.cases import frame
from r2com.cases.models import Case
from r2com.core.refusals import Changed, Refused
from r2com.drafts.forms import remembered

from . import actions, paper
from .forms import CopyForm, SafetyPlanForm
from .models import Copy, SafetyPlan
from .wording import EMERGENCY, PARTS


@require_http_methods(["GET", "POST"])
def safety_plan(request: HttpRequest, reference: str) -> HttpResponse:
    """The newest version, who has a copy, and the earlier versions. What is sent says who has a copy."""
    case = frame.find(request, reference)
    versions = list(_versions(request, case))
    newest = versions[0] if versions else None
    if request.method == "POST":
        frame.must_allow(request, case.pk, May.ADD_EVIDENCE)
        if newest is None:
            raise Http404
    memory = remembered(request, f"safety-copy:{case.pk}", case=case)
    form = CopyForm(request.POST or None, initial=memory.initial(CopyForm))
    if newest and form.is_valid():
        try:
            actions.hand_out(newest, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error("since", str(refusal))
        else:
            memory.forget()
            return redirect("safety_plan", reference)
    return _show(request, case, newest, {"form": form, "memory": memory, "earlier": versions[1:]})


@require_safe
def version(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A version as it was kept, with a word when it is no longer the newest."""
    found = get_object_or_404(SafetyPlan.objects.visible_to(request.user).whole(), pk=pk)
    newest = _versions(request, found.case).first()
    return _show(request, found.case, found, {"newer": newest if newest != found else None, "alone": True})


@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, reference: str) -> HttpResponse:
    """Write it together. When somebody else kept a version meanwhile, both are shown."""
    case = frame.find(request, reference)
    frame.must_allow(request, case.pk, May.RATE)
    newest = _versions(request, case).first()
    memory = remembered(request, f"safety-plan:{case.pk}", case=case)
    start = newest.words if newest else {"professionals": _team(case)}
    number = newest.number if newest else 0
    form = SafetyPlanForm(
        request.POST or None, initial=memory.initial(SafetyPlanForm, start | {"base": number})
    )
    context = {"form": form, "memory": memory, "plan": newest, "emergency": EMERGENCY}
    if form.is_valid():
        who = {"by": request.user, "at": timezone.now()}
        try:
            actions.keep(case, words=form.words(), base=form.cleaned_data["base"], **who)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            if isinstance(refusal, Changed):
                theirs = _versions(request, case).first()
                form.on_top_of(theirs.number)
                context |= {"theirs": theirs, "differences": form.differences(theirs)}
        else:
            memory.forget()
            return redirect("safety_plan", reference)
    return frame.record(request, case, "safety_plans/write.html", context, tab="safety_plan")


@require_POST
def take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    copy = get_object_or_404(Copy.objects.visible_to(request.user).around(), pk=pk)
    frame.must_allow(request, copy.plan.case_id, May.ADD_EVIDENCE)
    actions.take_back(copy, by=request.user, at=timezone.now())
    return redirect("safety_plan", copy.plan.case.reference)


@require_safe
def card(request: HttpRequest, reference: str) -> HttpResponse:
    """The newest version as a card for the wallet and a page to read, once the trail knows."""
    case = frame.find(request, reference)
    newest = _versions(request, case).first()
    if newest is None:
        raise Http404
    at = timezone.now()
    actions.print_card(newest, by=request.user, at=at)
    made = paper.printed(newest, by=request.user, at=at)
    headers = {"Content-Disposition": 'inline; filename="card.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(made, content_type="application/pdf", headers=headers)


def _versions(request: HttpRequest, case: Case):
    return SafetyPlan.objects.visible_to(request.user).filter(case=case).whole()


def _show(request: HttpRequest, case: Case, plan: SafetyPlan | None, context: dict) -> HttpResponse:
    shown = {
        "plan": plan,
        "parts": [(part.title, part.ask, plan.words[part.name], part.name) for part in PARTS] if plan else [],
        "emergency": EMERGENCY,
        "may_write": frame.may(request, case.pk, May.RATE),
        "may_hand_out": frame.may(request, case.pk, May.ADD_EVIDENCE),
        **context,
    }
    return frame.record(request, case, "safety_plans/safety_plan.html", shown, tab="safety_plan")


def _team(case: Case) -> str:
    """Who works with the person and has a telephone, to begin with."""
    people = [member.user for member in frame.current_members(case)]
    return "\n".join(f"{user.name}: {user.phone}" for user in people if user.phone)
