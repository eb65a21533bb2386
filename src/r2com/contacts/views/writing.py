"""Writing down a contact, duplicating a routine one, and amending what was written."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from r2com.access.roles import May
from r2com.cases import frame
from r2com.cases.models import Case
from r2com.core.refusals import Changed, Refused
from r2com.drafts.forms import Remembered, remembered
from r2com.plans.forms import differences, on_top_of
from r2com.tasks.models import Task

from .. import actions, prefill
from ..forms import AmendForm, NewContactForm
from ..models import Contact
from ..note import Note, as_written


@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, reference: str) -> HttpResponse:
    case = frame.find(request, reference)
    frame.must_allow(request, case.pk, May.ADD_EVIDENCE)
    return _new(request, case, f"contact:new:{case.pk}")


@require_http_methods(["GET", "POST"])
def again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A new note that begins like a routine one, with the time of today."""
    like = _find_to_write(request, pk)
    return _new(request, like.case, f"contact:again:{pk}", as_written(like.standing))


@require_http_methods(["GET", "POST"])
def amend(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A new version. Only the one who wrote the note comes here."""
    found = _find_to_write(request, pk)
    get_object_or_404(Contact.objects.visible_to(request.user).filter(written_by=request.user), pk=pk)
    memory = remembered(request, f"contact:{pk}", case=found.case)
    note = as_written(found.standing)
    goals = prefill.goals_of(found.case, request.user, note)
    start = {**prefill.amending(note, goals), "base": found.standing.number}
    form = _form(request, AmendForm, memory, start, prefill.lines_of(note), goals=goals)
    context = {"contact": found, "form": form, "memory": memory, "back": found.get_absolute_url()}
    if form.is_valid():
        try:
            base, reason = form.cleaned_data["base"], form.cleaned_data["reason"]
            actions.amend(found, base=base, note=form.note, reason=reason, by=request.user, at=timezone.now())
        except Refused as refusal:
            context |= _said_no(form, refusal, start)
        else:
            memory.forget()
            return redirect(found)
    return frame.record(request, found.case, "contacts/amend.html", context, tab="contacts")


def back_to(request: HttpRequest, home: str) -> str:
    """Where somebody came from, when that is a page of ours; else `home`."""
    back = request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
    return back if ours and back.startswith("/") else home


def _new(request: HttpRequest, case: Case, key: str, like: Note | None = None) -> HttpResponse:
    """The form of a new note, and keeping it. Afterwards one is where one was."""
    now, back = timezone.now(), back_to(request, case.get_absolute_url())
    tasks = list(Task.objects.visible_to(request.user).filter(case=case).open().owned_by(request.user))
    goals = prefill.goals_of(case, request.user)
    start = prefill.anew(case, request.user, tasks, timezone.localtime(now))
    start |= prefill.again(like, goals) if like else {}
    memory = remembered(request, key, case=case)
    form = _form(request, NewContactForm, memory, start, {}, goals=goals, tasks=tasks)
    if form.is_valid():
        given = {"note": form.note, "promise": form.promise, "done": form.cleaned_data["done"]}
        try:
            written = actions.write(case, **given, by=request.user, at=now)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            memory.forget()
            _say_kept(request, written)
            return redirect(back)
    context = {"form": form, "memory": memory, "back": back, "like": like}
    return frame.record(request, case, "contacts/write.html", context, tab="contacts")


def _form(request: HttpRequest, form_class, memory: Remembered, start: dict, lines: dict, **given):
    """The form; one that was sent only for another line is not judged yet."""
    if "look" in request.POST:
        memory.fields = dict(request.POST.lists())
        more = prefill.lines_in(request.POST, request.POST["look"])
        return form_class(initial=memory.initial(form_class), lines=more, **given)
    had = prefill.lines_in(request.POST or memory.fields)
    lines = {kind: max(had[kind], lines.get(kind, 1)) for kind in had}
    return form_class(request.POST or None, initial=memory.initial(form_class, start), lines=lines, **given)


def _say_kept(request: HttpRequest, written: Contact) -> None:
    messages.info(request, render_to_string("contacts/kept.html", {"contact": written, "case": written.case}))


def _said_no(form, refusal: Refused, theirs: dict) -> dict:
    """Say why in the form. What was kept meanwhile is shown; keeping again goes on top of it."""
    form.add_error(None, str(refusal))
    if not isinstance(refusal, Changed):
        return {}
    on_top_of(form, theirs["base"])
    moment = form.fields["happened_at"].widget.format_value(timezone.localtime(theirs["happened_at"]))
    pairs = differences(form, {**theirs, "happened_at": moment})
    return {"differences": [pair for pair in pairs if pair[0] != form["towards"].label]}


def _find_to_write(request: HttpRequest, pk: UUID) -> Contact:
    found = get_object_or_404(Contact.objects.visible_to(request.user).whole(), pk=pk)
    frame.must_allow(request, found.case_id, May.ADD_EVIDENCE)
    return found
