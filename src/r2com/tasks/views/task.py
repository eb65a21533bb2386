"""One task: do it, move it, open it again, or read what came of it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from r2com.access.roles import May
from r2com.cases import frame
from r2com.core.refusals import Refused
from r2com.drafts.forms import remembered

from .. import actions
from ..forms import DoneForm, MoveForm
from ..models import Task


@require_http_methods(["GET", "POST"])
def task(request, pk):
    found = _find(request, pk)
    may_change = _may_change(request, found)
    if request.method == "POST" and not may_change:
        raise Http404
    memory = remembered(request, f"task:{pk}", case=found.case_id)
    go = request.POST.get("go")
    done = DoneForm(request.POST if go == "done" else None, initial=memory.initial(DoneForm))
    start = {"owner": found.owner_id, "due": found.due, "time": found.time}
    move = MoveForm(request.POST if go == "move" else None, initial=start, task=found)
    if done.is_valid():
        actions.finish(found, **done.cleaned_data, by=request.user, at=timezone.now())
        memory.forget()
        return redirect(back(request))
    if move.is_valid() and _moved(request, found, move):
        return redirect("task", pk)
    context = {"task": found, "done_form": done, "move_form": move, "memory": memory}
    context |= {"may_change": may_change, "may_undo": may_change and found.may_be_undone(timezone.now())}
    context["taken_back"] = list(found.not_done.select_related("done_by", "taken_back_by"))
    return frame.record(request, found.case, "tasks/task.html", context, tab="case_tasks")


@require_POST
def undo(request, pk):
    """It is not done after all."""
    found = _find(request, pk)
    if not _may_change(request, found):
        raise Http404
    try:
        actions.undo(found, by=request.user, at=timezone.now())
        messages.info(request, _("It is open again. What was written about it stays."))
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect("task", pk)


def back(request) -> str:
    """The list from which something was done, else Today."""
    wanted = request.POST.get("back", "")
    ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if ours and wanted.startswith(("/tasks/", "/people/")) else reverse("today")


def _find(request, pk) -> Task:
    return get_object_or_404(Task.objects.visible_to(request.user).whole(), pk=pk)


def _may_change(request, found: Task) -> bool:
    """Its owner, and who plans or supervises here; nobody once the case is closed."""
    if not found.case.is_written_in or found.owner_id == request.user.pk:
        return found.case.is_written_in
    return any(frame.may(request, found.case_id, what) for what in (May.RATE, May.SIGN_OFF))


def _moved(request, found: Task, form: MoveForm) -> bool:
    try:
        actions.move(found, **form.cleaned_data, by=request.user, at=timezone.now())
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.info(request, _("Moved."))
    return True
