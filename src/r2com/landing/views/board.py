"""The board of the first 72 hours: read it, light a lamp in one tap, say more about one, print it."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from r2com.cases import frame
from r2com.cases.models import Case
from r2com.core.refusals import Refused
from r2com.drafts.forms import remembered

from .. import actions, clock, content, paper, saying
from ..board import Lamp, lamps
from ..forms import NoteForm
from ..models import BOARD
from . import finding

DOES: dict[str, Callable] = {
    "light": actions.light,
    "note": actions.note,
    "put_out": actions.put_out,
    "does_not_apply": actions.does_not_apply,
}


@require_GET
def board(request: HttpRequest, reference: str) -> HttpResponse:
    case = finding.find(request, reference)
    begun = finding.board_of(request, case)
    now = timezone.now()
    found = lamps(case, begun)
    whole = finding.reads_sensitive(request, case)
    context = {
        "checklist": content.of(begun, BOARD),
        "lamps": [saying.lamp(lamp, request.user, with_sensitive=whole) for lamp in found],
        "lead": saying.lead(case, found, frame.current_members(case), now),
        "days": clock.days(case.release_on) if case.release_on else [],
        "today": clock.local_day(now),
        "has_begun": clock.has_begun(case.release_on, now),
        "is_over": case.release_on and clock.is_over(case.release_on, now),
        "may_light": finding.may_light(request, case) and clock.has_begun(case.release_on, now),
        "may_change": finding.may_change(request, case),
    }
    return frame.record(request, case, "landing/board.html", context, tab="first_72_hours")


@require_POST
def light_lamp(request: HttpRequest, reference: str, lamp: str) -> HttpResponse:
    """One tap. Afterwards one is where one was."""
    case = finding.find(request, reference)
    finding.must_light(request, case)
    _lamp(request, case, lamp)
    try:
        actions.light(case, lamp=lamp, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return _back(case, lamp)


@require_http_methods(["GET", "POST"])
def lamp(request: HttpRequest, reference: str, lamp: str) -> HttpResponse:
    """One lamp with a few words: light it, put it out, say how far it is, or that it does not apply."""
    case = finding.find(request, reference)
    finding.must_light(request, case)
    found = _lamp(request, case, lamp)
    memory = remembered(request, f"lamp:{case.pk}:{lamp}", case=case)
    form = NoteForm(request.POST or None, initial=memory.initial(NoteForm))
    does = _does(request, case, lamp)
    if does and form.is_valid():
        try:
            does(note=form.cleaned_data["note"], by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            memory.forget()
            return _back(case, lamp)
    shown = saying.lamp(found, request.user, with_sensitive=finding.reads_sensitive(request, case))
    context = {"shown": shown, "form": form, "memory": memory}
    context["may_leave_away"] = found.line.may_not_apply and finding.may_change(request, case)
    context["has_begun"] = clock.has_begun(case.release_on, timezone.now())
    return frame.record(request, case, "landing/lamp.html", context, tab="first_72_hours")


@require_GET
def print_board(request: HttpRequest, reference: str) -> HttpResponse:
    case = finding.find(request, reference)
    begun = finding.board_of(request, case)
    at = timezone.now()
    actions.printed(case, checklist=BOARD, by=request.user, at=at)
    return finding.as_pdf(paper.board(case, begun, by=request.user, at=at), "days")


def _lamp(request: HttpRequest, case: Case, lamp: str) -> Lamp:
    """The lamp as it is now, or 404 when there is none."""
    found = {one.line.id: one for one in lamps(case, finding.board_of(request, case))}
    if lamp not in found:
        raise Http404
    return found[lamp]


def _does(request: HttpRequest, case: Case, lamp: str) -> Callable | None:
    """What the button that was pressed does; leaving a lamp away is for those in charge."""
    go = request.POST.get("go", "")
    if go == "does_not_apply":
        finding.must_change(request, case)
    return partial(DOES[go], case, lamp=lamp) if go in DOES else None


def _back(case: Case, lamp: str) -> HttpResponse:
    return redirect(f"{reverse('first_72_hours', args=[case.reference])}#lamp-{lamp}")
