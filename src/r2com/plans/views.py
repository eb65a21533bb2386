"""The pages of a plan: read it, write it together, ask for an answer, print it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from r2com.access.roles import May
from r2com.assessments.models import Assessment
from r2com.cases import frame
from r2com.cases.models import Case
from r2com.core.refusals import Changed, Refused
from r2com.drafts.forms import remembered

from . import actions, guide, paper, reading
from .forms import AnswerForm, AroundForm, GoalForm, around, as_written, differences, on_top_of
from .models import Goal, Plan, Step


@require_http_methods(["GET", "POST"])
def plans(request: HttpRequest, reference: str) -> HttpResponse:
    case = frame.find(request, reference)
    if request.method == "POST":
        frame.must_allow(request, case.pk, May.RATE)
        return redirect(
            actions.begin(case, _newest_assessment(request, case), by=request.user, at=timezone.now())
        )
    listed = list(Plan.objects.visible_to(request.user).filter(case=case).prefetch_related("answers"))
    draft = listed[0] if listed and listed[0].is_draft else None
    current = next((plan for plan in listed if plan.is_agreed), None)
    earlier = [plan for plan in listed if plan not in (draft, current)]
    shown = {"draft": draft, "current": current, "earlier": earlier}
    shown["may_change"] = frame.may(request, case.pk, May.RATE)
    return frame.record(request, case, "plans/plans.html", shown, tab="plans")


@require_GET
def plan(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = _find(request, pk)
    shown = _shown(request, found)
    newest = _newest_assessment(request, found.case) if shown["may_change"] else None
    if newest and newest.pk != found.assessment_id:
        shown["newer_assessment"] = newest
    return frame.record(request, found.case, "plans/plan.html", shown, tab="plans")


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What stands around the goals."""
    found = _find_to_write(request, pk)
    if refused := _no_draft(request, found):
        return refused
    memory = remembered(request, f"plan:{pk}", case=found.case)
    form = AroundForm(
        request.POST or None, initial=memory.initial(AroundForm, around(found) | {"base": found.version})
    )
    context = {"plan": found, "form": form, "memory": memory}
    if form.is_valid():
        try:
            actions.change(found, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refusal:
            current = _find(request, pk)
            context |= _said_no(form, refusal, theirs=around(current), version=current.version)
        else:
            memory.forget()
            return redirect(found)
    return frame.record(request, found.case, "plans/change.html", context, tab="plans")


@require_http_methods(["GET", "POST"])
def add_goal(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _goal_page(request, _find_to_write(request, pk), None)


@require_http_methods(["GET", "POST"])
def goal(request: HttpRequest, pk: UUID, goal_id: UUID) -> HttpResponse:
    found = _find_to_write(request, pk)
    return _goal_page(request, found, _goal_of(found, request, goal_id))


@require_POST
def remove_goal(request: HttpRequest, pk: UUID, goal_id: UUID) -> HttpResponse:
    return _done_with_goal(request, pk, goal_id, actions.remove_goal)


@require_POST
def put_back(request: HttpRequest, pk: UUID, goal_id: UUID) -> HttpResponse:
    return _done_with_goal(request, pk, goal_id, actions.put_back)


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = _find_to_write(request, pk)
    memory = remembered(request, f"plan-answer:{pk}", case=found.case)
    start = memory.initial(AnswerForm) | {"base": found.edition}
    form = AnswerForm(request.POST or None, initial=start)
    if form.is_valid():
        try:
            actions.record_answer(found, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refusal:
            _said_no(form, refusal, theirs={}, version=found.edition)
        else:
            memory.forget()
            return redirect(found)
    context = {**_shown(request, found), "form": form, "memory": memory, "may_change": False, "aloud": True}
    return frame.record(request, found.case, "plans/answer.html", context, tab="plans")


@require_GET
def print_plan(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = _find(request, pk)
    at = timezone.now()
    actions.printed(found, by=request.user, at=at)
    made = paper.printed(found, by=request.user, at=at)
    headers = {"Content-Disposition": 'inline; filename="plan.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(made, content_type="application/pdf", headers=headers)


def _find(request: HttpRequest, pk: UUID) -> Plan:
    return get_object_or_404(Plan.objects.visible_to(request.user).whole(), pk=pk)


def _find_to_write(request: HttpRequest, pk: UUID) -> Plan:
    found = _find(request, pk)
    frame.must_allow(request, found.case_id, May.RATE)
    return found


def _goal_of(plan: Plan, request: HttpRequest, goal_id: UUID) -> Goal:
    goals = Goal.objects.visible_to(request.user).filter(plan=plan)
    return get_object_or_404(goals.select_related("plan__case"), pk=goal_id)


def _newest_assessment(request: HttpRequest, case: Case) -> Assessment | None:
    return Assessment.objects.visible_to(request.user).filter(case=case).first()


def _shown(request: HttpRequest, plan: Plan) -> dict:
    """The plan as it is read on a page, for somebody who may read this much of it."""
    goals = (
        reading.goals(
            plan, guide.of(plan), with_sensitive=frame.may(request, plan.case_id, May.READ_SENSITIVE)
        )
        if plan.kept_goals
        else []
    )
    may_write = frame.may(request, plan.case_id, May.RATE)
    return {
        "plan": plan,
        "goals": goals,
        "stops": reading.lines(plan.stops),
        "numbers": reading.numbers(plan.ring),
        "promises": reading.lines(plan.promises),
        "whose": reading.whose(plan),
        "answered": reading.answered(plan),
        "may_ask": may_write,
        "may_change": may_write and plan.is_draft,
    }


def _goal_page(request: HttpRequest, plan: Plan, goal: Goal | None) -> HttpResponse:
    """Write a new goal, or word one anew."""
    if refused := _no_draft(request, plan):
        return refused
    instrument = guide.of(plan)
    given = {
        "plan": plan,
        "instrument": instrument,
        "team": [m.user for m in frame.current_members(plan.case)],
    }
    memory = remembered(request, f"goal:{goal.pk}" if goal else f"goal:new:{plan.pk}", case=plan.case)
    form = _goal_form(request, memory, as_written(goal) | {"base": goal.version} if goal else {}, given)
    context = {"plan": plan, "goal": goal, "form": form, "memory": memory}
    if form.is_valid():
        try:
            _keep_goal(request, plan, goal, form)
        except Refused as refusal:
            current = goal and _goal_of(plan, request, goal.pk)
            theirs = as_written(current) if current else {}
            context |= _said_no(form, refusal, theirs=theirs, version=current.version if current else 0)
        else:
            memory.forget()
            return redirect(plan)
    chosen = form["item"].value()
    context["offers"] = guide.offers(instrument, [chosen] if chosen else guide.needs_first(plan))
    return frame.record(request, plan.case, "plans/goal.html", context, tab="plans")


def _goal_form(request: HttpRequest, memory, start: dict, given: dict) -> GoalForm:
    """The form; one that was sent only to look something up is not judged yet."""
    if "look" in request.POST:
        return GoalForm(initial=request.POST.dict(), **given)
    return GoalForm(request.POST or None, initial=memory.initial(GoalForm, start), **given)


def _keep_goal(request: HttpRequest, plan: Plan, goal: Goal | None, form: GoalForm) -> None:
    who = {"by": request.user, "at": timezone.now()}
    if goal is None:
        actions.add_goal(plan, **form.goal, **who)
    else:
        actions.change_goal(goal, base=form.cleaned_data["base"] or 0, **form.goal, **who)


def _done_with_goal(request: HttpRequest, pk: UUID, goal_id: UUID, do) -> HttpResponse:
    plan = _find_to_write(request, pk)
    try:
        do(_goal_of(plan, request, goal_id), by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect(plan)


def _no_draft(request: HttpRequest, plan: Plan) -> HttpResponse | None:
    """Back to the plan with a word of why, when somebody opens a form of a plan that was answered."""
    if plan.is_draft or request.method == "POST":
        return None
    try:
        plan.must_be_draft()
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect(plan)


def _said_no(form, refusal: Refused, *, theirs: dict, version: int) -> dict:
    """Say why in the form. What was kept meanwhile is shown; keeping again goes on top of it."""
    form.add_error(None, str(refusal))
    if not isinstance(refusal, Changed):
        return {}
    on_top_of(form, version)
    return {"differences": differences(form, theirs)}


@require_POST
def finish_step(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A step is done; go back to Today, where it stood."""
    step = get_object_or_404(Step.objects.visible_to(request.user).with_case(), pk=pk)
    frame.must_allow(request, step.goal.plan.case_id, May.ADD_EVIDENCE)
    actions.finish_step(step, by=request.user, at=timezone.now())
    return redirect("today")
