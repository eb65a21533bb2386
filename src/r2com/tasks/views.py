"""One task: do it, move it, or read what came of it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from r2com.access.roles import May
from r2com.cases import frame
from r2com.core.refusals import Refused
from r2com.drafts.forms import remembered

from . import actions
from .forms import DoneForm, MoveForm
from .models import Task


@require_http_methods(["GET", "POST"])
def task(request, pk):
    rows = Task.objects.visible_to(request.user).select_related(
        "case__person",
        "case__organisation",
        "case__team",
        "case__closure",
        "owner",
        "made_by",
        "done__done_by",
    )
    found = get_object_or_404(rows, pk=pk)
    if request.method == "POST" and found.owner_id != request.user.pk:
        frame.must_allow(request, found.case_id, May.RATE)
    memory = remembered(request, f"task:{pk}", case=found.case_id)
    go = request.POST.get("go")
    done = DoneForm(request.POST if go == "done" else None, initial=memory.initial(DoneForm))
    move = MoveForm(
        request.POST if go == "move" else None,
        initial={"owner": found.owner_id, "due": found.due},
        task=found,
    )
    try:
        if go == "done" and done.is_valid():
            actions.finish(found, **done.cleaned_data, by=request.user, at=timezone.now())
            memory.forget()
            return redirect("today")
        if go == "move" and move.is_valid():
            actions.move(found, **move.cleaned_data, by=request.user, at=timezone.now())
            messages.info(request, _("Moved."))
            return redirect("task", pk)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    context = {"task": found, "done_form": done, "move_form": move, "memory": memory}
    return frame.record(request, found.case, "tasks/task.html", context, tab="person")
