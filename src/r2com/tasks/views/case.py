"""What is to be done in one case, and reminders that are put off."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from r2com.access.roles import May
from r2com.cases import frame
from r2com.cases.models import Case
from r2com.core.refusals import Refused
from r2com.core.reminders import Reminder
from r2com.drafts.forms import remembered

from .. import actions, listing, reminders
from ..forms import PutOffForm, TaskForm
from ..models import Task

WRITES = (May.ADD_EVIDENCE, May.SIGN_OFF)
WRITE = {
    Task.Kind.QUESTION: actions.ask,
    Task.Kind.PROMISE: actions.promise,
    Task.Kind.MEETING: actions.meet,
}


@require_safe
def tasks(request, reference):
    case = frame.find(request, reference)
    today = timezone.localdate()
    shown = listing.of_case(request.user, case, at=timezone.now(), today=today)
    context = {
        "shown": shown,
        "back": request.path,
        "put_off": listing.still_put_off(request.user, case, today),
    }
    context["may_add"] = any(frame.may(request, case.pk, what) for what in WRITES)
    return frame.record(request, case, "tasks/case.html", context, tab="case_tasks")


@require_http_methods(["GET", "POST"])
def add(request, reference):
    """Write down something to do or to find out."""
    case = frame.find(request, reference)
    _must_write(request, case)
    memory = remembered(request, f"add-task:{case.pk}", case=case)
    start = {"kind": Task.Kind.PROMISE, "owner": request.user.pk, "when": "week"}
    given = {"case": case, "today": timezone.localdate()}
    form = TaskForm(request.POST or None, initial=memory.initial(TaskForm, start), **given)
    if form.is_valid() and _added(request, case, form):
        memory.forget()
        return redirect("case_tasks", reference)
    return frame.record(request, case, "tasks/add.html", {"form": form, "memory": memory}, tab="case_tasks")


@require_http_methods(["GET", "POST"])
def put_off(request, reference, kind, about=""):
    """Not now: choose a day, and say why."""
    case = frame.find(request, reference)
    _must_write(request, case)
    reminder = _reminder(request, case, kind, about)
    memory = remembered(request, f"put-off:{case.pk}:{kind}:{about}"[:120], case=case)
    form = PutOffForm(request.POST or None, initial=memory.initial(PutOffForm))
    if form.is_valid():
        given = {"kind": reminder.kind, "about": reminder.about, **form.cleaned_data}
        try:
            actions.put_off(case, **given, by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error("until", str(refusal))
        else:
            memory.forget()
            messages.info(request, _("It comes back on its day."))
            return redirect("case_tasks", reference)
    context = {"form": form, "memory": memory, "words": listing.worded(reminder), "day": reminder.day}
    return frame.record(request, case, "tasks/put_off.html", context, tab="case_tasks")


def _reminder(request, case: Case, kind: str, about: str) -> Reminder:
    """The reminder as it stands now, or 404: what is not there cannot be put off."""
    for one in reminders.of(request.user, timezone.localdate(), case.pk):
        if (one.kind, one.about) == (kind, about):
            return one
    raise Http404


def _added(request, case: Case, form: TaskForm) -> bool:
    given = dict(form.cleaned_data)
    kind, time = given.pop("kind"), given.pop("time")
    if kind == Task.Kind.MEETING:
        given["time"] = time
    try:
        WRITE[kind](case, **given, by=request.user, at=timezone.now())
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _must_write(request, case: Case) -> None:
    if not any(frame.may(request, case.pk, what) for what in WRITES):
        raise Http404
