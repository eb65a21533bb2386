"""How the support ends, written down together; and going on after it ended."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from r2com.access.roles import May
from r2com.assessments.models import Assessment
from r2com.cases import actions as cases
from r2com.cases import frame
from r2com.cases.models import Case
from r2com.core.refusals import Changed, Refused
from r2com.drafts.forms import remembered, unkept
from r2com.plans.forms import differences, on_top_of
from r2com.plans.models import Plan, Step
from r2com.tasks.models import Task
from r2com.vault import keyring
from r2com.vault.models import Owner

from .. import actions
from ..forms import ClosingForm, ReopenForm, as_written
from ..models import Closing
from .reviews import TAB, find


@require_http_methods(["GET", "POST"])
def closing(request: HttpRequest, reference: str) -> HttpResponse:
    """The account of the end: written while the record is open, read afterwards."""
    case = find(request, reference)
    if not case.is_open:
        return _read(request, case)
    frame.must_allow(request, case.pk, May.RATE)
    keyring.warm_all({Owner.PERSON: [case.person_id], Owner.CASE: [case.pk]})
    memory = remembered(request, f"closing:{case.pk}", case=case)
    goals, tasks = _goals(request, case), _tasks(request, case)
    start = _begins(request, case)
    form = ClosingForm(
        request.POST or None, initial=memory.initial(ClosingForm, start), goals=goals, tasks=tasks
    )
    context = {
        "form": form,
        "memory": memory,
        "unkept": unkept(case.pk, request.user),
        "unfinished": _unfinished(request, case),
    }
    if form.is_valid():
        try:
            base = form.cleaned_data["base"]
            actions.prepare(case, form.account, base=base, by=request.user, at=timezone.now())
        except Refused as refusal:
            context |= _said_no(form, refusal, theirs=_begins(request, case))
        else:
            memory.forget()
            return redirect("closing_letter", case.reference)
    return frame.record(request, case, "reviews/closing.html", context, tab=TAB)


@require_http_methods(["GET", "POST"])
def reopen(request: HttpRequest, reference: str) -> HttpResponse:
    """Go on with the support, and say why."""
    case = find(request, reference)
    frame.must_allow(request, case.pk, May.FOLLOW_UP)
    memory = remembered(request, f"reopen:{case.pk}", case=case)
    form = ReopenForm(request.POST or None, initial=memory.initial(ReopenForm))
    if form.is_valid():
        try:
            cases.reopen(case, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            memory.forget()
            messages.info(request, _("Open again. Everybody who works here can write, and no call is due."))
            return redirect(case)
    return frame.record(request, case, "reviews/reopen.html", {"form": form, "memory": memory}, tab=TAB)


def written(request: HttpRequest, case: Case) -> Closing | None:
    """The account that is being written, or the one of the closing that stands."""
    rows = Closing.objects.visible_to(request.user).filter(case=case, closure=case.closure_id)
    found = rows.whole().first()
    if found:
        found.case = case
    return found


def _read(request: HttpRequest, case: Case) -> HttpResponse:
    if request.method == "POST":
        raise Http404
    return frame.record(request, case, "reviews/closed.html", {"closing": written(request, case)}, tab=TAB)


def _goals(request: HttpRequest, case: Case) -> list:
    plan = (
        Plan.objects.visible_to(request.user).filter(case=case).standing().prefetch_related("goals").first()
    )
    return plan.kept_goals if plan else []


def _tasks(request: HttpRequest, case: Case) -> list[Task]:
    return list(Task.objects.visible_to(request.user).open().filter(case=case).select_related("owner"))


def _begins(request: HttpRequest, case: Case) -> dict:
    """What was written so far; else what still waits, from the steps that are not done."""
    current = written(request, case)
    if current:
        return as_written(current)
    plans = Plan.objects.visible_to(request.user).filter(case=case).standing()
    steps = Step.objects.visible_to(request.user).filter(
        goal__plan__in=plans, goal__removed_at=None, done__isnull=True
    )
    rows = steps.select_related("goal__plan").order_by("goal__position", "position")
    return {"base": 0, "calls_wanted": "yes", "waits": "\n".join(" ".join(s.words.split()) for s in rows)}


def _unfinished(request: HttpRequest, case: Case) -> Assessment | None:
    """A talk that nobody will be able to go on with, or to answer, once the record is read only."""
    return Assessment.objects.visible_to(request.user).filter(case=case).not_signed_off().first()


def _said_no(form: ClosingForm, refusal: Refused, *, theirs: dict) -> dict:
    """Say why. What somebody else wrote meanwhile is shown; keeping again goes on top of it."""
    form.add_error(None, str(refusal))
    if not isinstance(refusal, Changed):
        return {}
    on_top_of(form, theirs["base"])
    return {"differences": differences(form, theirs)}
