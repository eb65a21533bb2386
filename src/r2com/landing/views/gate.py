"""The list before the gate: read it, work on a line, add one, move the day of release, print it."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from r2com.cases import frame
from r2com.cases.models import Case
from r2com.core.refusals import Changed, Refused
from r2com.drafts.forms import remembered

from .. import actions, clock, content, gate, paper
from ..forms import (
    ConfirmForm,
    LineForm,
    OwnLineForm,
    ReasonForm,
    ReleaseForm,
    SayForm,
    as_written,
    differences,
    on_top_of,
)
from ..models import GATE
from . import finding

ASKED = {
    "keep": LineForm,
    "say": SayForm,
    "confirm": ConfirmForm,
    "take_back": ReasonForm,
    "not_needed": ReasonForm,
}
DOES: dict[str, Callable] = {
    "keep": actions.change_line,
    "say": actions.say,
    "confirm": actions.confirm,
    "take_back": actions.take_back,
    "not_needed": actions.not_needed,
    "need_again": actions.need_again,
}


@require_GET
def the_list(request: HttpRequest, reference: str) -> HttpResponse:
    case = finding.find(request, reference)
    begun = finding.gate_of(request, case)
    today = timezone.localdate()
    is_released = clock.has_begun(case.release_on, timezone.now())
    standings = gate.standings(case, begun) if begun or not is_released else []
    context = {
        "checklist": content.of(begun, GATE),
        "parts": gate.in_parts(standings, today),
        "today": today,
        "is_released": is_released,
        "is_begun": begun is not None,
        "may_change": finding.may_change(request, case),
        "reads_sensitive": finding.reads_sensitive(request, case),
    }
    return frame.record(request, case, "landing/gate.html", context, tab="before_the_gate")


@require_http_methods(["GET", "POST"])
def line(request: HttpRequest, reference: str, line: str) -> HttpResponse:
    """One line: who arranges it, how far it is, and what the receiver says."""
    case = finding.find(request, reference)
    standing = _standing(request, case, line)
    may_change = finding.may_change(request, case)
    if request.method == "POST" and not may_change:
        raise Http404
    go = request.POST.get("go", "")
    forms, memories = _forms(request, case, standing, go) if may_change else ({}, {})
    context = {"line": standing, "forms": forms, "memories": memories, "today": timezone.localdate()}
    if go in DOES and (go not in forms or forms[go].is_valid()):
        try:
            given = forms[go].cleaned_data if go in forms else {}
            DOES[go](case, line=line, **given, by=request.user, at=timezone.now())
        except Refused as refusal:
            context |= _said_no(request, case, line, forms.get(go), refusal)
        else:
            if go in memories:
                memories[go].forget()
            return _back(case, line)
    context["may_change"] = may_change
    context["is_hidden"] = standing.is_sensitive and not finding.reads_sensitive(request, case)
    return frame.record(request, case, "landing/line.html", context, tab="before_the_gate")


@require_http_methods(["GET", "POST"])
def add_line(request: HttpRequest, reference: str) -> HttpResponse:
    case = finding.find(request, reference)
    finding.must_change(request, case)
    memory = remembered(request, f"gate:{case.pk}:add", case=case)
    form = OwnLineForm(request.POST or None, initial=memory.initial(OwnLineForm))
    if form.is_valid():
        try:
            actions.add_line(case, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            memory.forget()
            return redirect("before_the_gate", case.reference)
    context = {"form": form, "memory": memory}
    return frame.record(request, case, "landing/add_line.html", context, tab="before_the_gate")


@require_http_methods(["GET", "POST"])
def release_day(request: HttpRequest, reference: str) -> HttpResponse:
    """Another day of release, or none that is known. Every day that hangs on it moves along."""
    case = finding.find(request, reference)
    finding.must_change(request, case)
    form = ReleaseForm(
        request.POST if request.method == "POST" else None, initial={"release_on": case.release_on}
    )
    if form.is_valid():
        try:
            actions.move_release(case, to=form.cleaned_data["release_on"], by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.info(request, _("Kept. Every day that hangs on it has moved along."))
            return redirect("before_the_gate", case.reference)
    return frame.record(request, case, "landing/release_day.html", {"form": form}, tab="before_the_gate")


@require_GET
def print_gate(request: HttpRequest, reference: str) -> HttpResponse:
    case = finding.find(request, reference)
    begun = finding.gate_of(request, case)
    at = timezone.now()
    actions.printed(case, checklist=GATE, by=request.user, at=at)
    whole = finding.reads_sensitive(request, case)
    return finding.as_pdf(paper.gate(case, begun, with_sensitive=whole, by=request.user, at=at), "list")


def _standing(request: HttpRequest, case: Case, line: str) -> gate.Standing:
    """The line as it stands now, or 404 when it is not on the list."""
    found = {one.id: one for one in gate.standings(case, finding.gate_of(request, case))}
    if line not in found:
        raise Http404
    return found[line]


def _forms(request: HttpRequest, case: Case, standing: gate.Standing, go: str) -> tuple[dict, dict]:
    """The forms that fit how the line stands, and the one that was sent; each with what it remembers."""
    offered = dict.fromkeys([*standing.offers, *([go] if go in ASKED else [])])
    forms, memories = {}, {}
    for name in offered:
        memories[name] = remembered(request, f"gate:{case.pk}:{standing.id}:{name}", case=case)
        start, more = _start(case, standing, name)
        make = partial(ASKED[name], **more, prefix=None, auto_id=f"{name}_%s")
        sent = request.POST if go == name else None
        forms[name] = make(sent, initial=memories[name].initial(ASKED[name], start))
    return forms, memories


def _start(case: Case, standing: gate.Standing, name: str) -> tuple[dict, dict]:
    """What a form begins with, and what else it needs."""
    if name == "keep":
        return as_written(standing.written), {"team": [one.user for one in frame.current_members(case)]}
    return ({"on": timezone.localdate()} if name == "confirm" else {}), {}


def _back(case: Case, line: str) -> HttpResponse:
    """To the list, where the line stands."""
    return redirect(f"{reverse('before_the_gate', args=[case.reference])}#line-{line}")


def _said_no(request: HttpRequest, case: Case, line: str, form, refusal: Refused) -> dict:
    """Say why in the form. What was kept meanwhile is shown; keeping again goes on top of it."""
    if form is None:
        messages.warning(request, str(refusal))
        return {}
    form.add_error(None, str(refusal))
    if not isinstance(refusal, Changed):
        return {}
    theirs = as_written(_standing(request, case, line).written)
    on_top_of(form, theirs["base"])
    return {"differences": differences(form, theirs)}
