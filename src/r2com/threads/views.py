"""Questions between colleagues: those of mine, one with everything said to it, and asking in a case."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from r2com.access.roles import May
from r2com.audit import trail
from r2com.cases import frame
from r2com.core.refusals import Refused
from r2com.drafts.forms import remembered
from r2com.organisations.permission import only
from r2com.ui.pages import page

from . import actions, reading
from .forms import AskForm, SayForm
from .models import Thread

WRITES = (May.ADD_EVIDENCE, May.SIGN_OFF)
GO = {"answered": actions.answered, "reopen": actions.reopen}


@require_safe
@only(May.READ)
def threads(request):
    """What waits for my word, what waits for somebody else's, and what was answered lately."""
    shown = reading.of(request.user, timezone.now())
    cases = {one.case_id for one in [*shown.mine, *shown.others, *shown.answered]}
    trail.opened("threads", subject=None, by=request.user, cases=sorted(map(str, cases)))
    return page(request, "threads/threads.html", {"shown": shown})


@require_http_methods(["GET", "POST"])
def thread(request, pk):
    found = _find(request, pk)
    may_write = _may_write(request, found.case)
    if request.method == "POST" and not may_write:
        raise Http404
    if (go := request.POST.get("go")) in GO:
        return _turned(request, found, GO[go])
    memory = remembered(request, f"thread:{pk}", case=found.case)
    form = SayForm(request.POST or None, initial=memory.initial(SayForm))
    if form.is_valid() and _said(form, actions.reply, found, request):
        memory.forget()
        return redirect(found)
    if request.method == "GET":
        actions.read(found, by=request.user, at=timezone.now())
    context = {"thread": found, "form": form, "memory": memory, "may_write": may_write}
    context |= {"takes_part": found.takes_part(request.user), "is_mine": found.asked_by_id == request.user.pk}
    context["readings"] = list(found.readings.select_related("user"))
    return frame.record(request, found.case, "threads/thread.html", context, tab="ask_colleague")


@require_http_methods(["GET", "POST"])
def amend(request, pk, entry_id):
    """Say something otherwise that one has said oneself."""
    found = _find(request, pk)
    said = next((one for one in found.spoken if one.first.pk == entry_id), None)
    if said is None or said.first.said_by_id != request.user.pk:
        raise Http404
    if not _may_write(request, found.case):
        raise Http404
    memory = remembered(request, f"entry:{entry_id}", case=found.case)
    form = SayForm(request.POST or None, initial=memory.initial(SayForm, {"words": said.now.words}))
    if form.is_valid() and _said(form, actions.amend, said.first, request):
        memory.forget()
        return redirect(found)
    context = {"thread": found, "form": form, "memory": memory}
    return frame.record(request, found.case, "threads/amend.html", context, tab="ask_colleague")


@require_http_methods(["GET", "POST"])
def ask(request, reference):
    """What was asked in this case, and asking something new."""
    case = frame.find(request, reference)
    may_write = _may_write(request, case)
    if request.method == "POST" and not may_write:
        raise Http404
    reads_sensitive = frame.may(request, case.pk, May.READ_SENSITIVE)
    memory = remembered(request, f"ask:{case.pk}", case=case)
    start = memory.initial(AskForm, {"is_sensitive": True})
    if memory.fields:
        start |= {name: name in memory.fields for name in ("is_sensitive", "only_asked")}
    offered = reading.colleagues(case, request.user)
    form = AskForm(request.POST or None, initial=start, colleagues=offered, reads_sensitive=reads_sensitive)
    if form.is_valid() and (made := _asked(form, case, request)):
        memory.forget()
        return redirect(made)
    context = {"form": form, "memory": memory, "may_write": may_write, "colleagues": offered}
    context["threads"] = reading.of_case(request.user, case)
    return frame.record(request, case, "threads/ask.html", context, tab="ask_colleague")


def _find(request, pk) -> Thread:
    return get_object_or_404(Thread.objects.visible_to(request.user).whole(), pk=pk)


def _may_write(request, case) -> bool:
    return any(frame.may(request, case.pk, what) for what in WRITES)


def _asked(form: AskForm, case, request) -> Thread | None:
    given = {"is_sensitive": False, **form.cleaned_data}
    try:
        return actions.ask(case, **given, by=request.user, at=timezone.now())
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None


def _turned(request, found: Thread, do):
    """Answered, or open again; a rule that says no is shown above the page."""
    try:
        do(found, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect(found)


def _said(form: SayForm, do, row, request) -> bool:
    """Say it. Where a rule says no, its sentence stands in the form."""
    try:
        do(row, **form.cleaned_data, by=request.user, at=timezone.now())
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
