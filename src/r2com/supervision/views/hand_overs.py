"""Handing cases over: whose, which, to whom; the notes; giving them; and where they stand in the record."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from r2com.access.roles import May
from r2com.audit import trail
from r2com.cases import frame
from r2com.core.refusals import Changed, Refused
from r2com.drafts.forms import remembered
from r2com.organisations.permission import only
from r2com.plans.forms import differences, on_top_of
from r2com.tasks import listing
from r2com.ui.pages import page

from .. import actions, handing
from ..forms import HandOverForm, NoteForm
from ..models import HandOver, HandOverNote

TAB = "team"


@require_safe
@only(May.SIGN_OFF)
def hand_overs(request: HttpRequest) -> HttpResponse:
    """Whose cases can be handed over, and what was lately. No record is shown."""
    shown = {"workers": handing.workers(request.user), "lately": handing.lately(request.user, timezone.now())}
    return page(request, "supervision/hand_overs.html", shown)


@require_http_methods(["GET", "POST"])
@only(May.SIGN_OFF)
def hand_over_from(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Choose some cases of one worker, and who is to have them."""
    cases = handing.cases_of(request.user, pk)
    if not cases:
        raise Http404
    worker = handing.worker_of(request.user, pk)
    form = HandOverForm(request.POST or None, cases=cases, colleagues=_colleagues(request, worker))
    if form.is_valid():
        try:
            plan = actions.Plan(**form.cleaned_data)
            return redirect(actions.prepare(worker, plan=plan, by=request.user, at=timezone.now()))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    trail.opened("hand_over_from", subject=None, by=request.user, cases=[str(case.pk) for case in cases])
    return page(request, "supervision/hand_over_from.html", {"worker": worker, "form": form})


@require_http_methods(["GET", "POST"])
@only(May.SIGN_OFF)
def hand_over(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Every case with its note; all that can be given are given, each by itself."""
    found = get_object_or_404(HandOver.objects.visible_to(request.user).select_related("worker"), pk=pk)
    notes = list(_notes(request).filter(hand_over=found).order_by("case__reference"))
    if request.method == "POST":
        handing.give_all(notes, by=request.user, at=timezone.now())
        return redirect(found)
    listing.warm(note.case for note in notes)
    trail.opened("hand_over", subject=None, by=request.user, cases=[str(note.case_id) for note in notes])
    now = timezone.now()
    rows = [(note, note.may_be_taken_back(now)) for note in notes]
    waits = any(not note.is_handed_over for note in notes)
    return page(request, "supervision/hand_over.html", {"hand_over": found, "rows": rows, "waits": waits})


@require_http_methods(["GET", "POST"])
@only(May.SIGN_OFF)
def hand_over_note(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One note, until its case is handed over."""
    found = get_object_or_404(_notes(request), pk=pk)
    if request.method == "GET" and found.is_handed_over:
        return redirect("case_hand_overs", found.case.reference)
    frame.must_allow(request, found.case_id, May.SIGN_OFF)
    if request.POST.get("go") == "leave_out":
        return _left_out(request, found)
    memory = remembered(request, f"hand-over:{pk}", case=found.case)
    form = NoteForm(
        request.POST or None,
        initial=memory.initial(NoteForm, _written(found)),
        colleagues=_colleagues(request, found.hand_over.worker),
    )
    context = {"note": found, "form": form, "memory": memory}
    if form.is_valid():
        try:
            actions.change_note(found, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refusal:
            context |= _said_no(request, form, refusal, pk)
        else:
            memory.forget()
            return redirect(found.hand_over)
    return frame.record(request, found.case, "supervision/hand_over_note.html", context, tab=TAB)


@require_POST
@only(May.SIGN_OFF)
def take_hand_over_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(_notes(request), pk=pk)
    frame.must_allow(request, found.case_id, May.SIGN_OFF)
    try:
        actions.take_back(found, by=request.user, at=timezone.now())
        messages.info(request, _("Taken back. It is as it was before."))
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect(found.hand_over)


@require_safe
def case_hand_overs(request: HttpRequest, reference: str) -> HttpResponse:
    """Every note with which this case changed hands, the newest first."""
    case = frame.find(request, reference)
    frame.must_allow(request, case.pk, May.READ_SENSITIVE)
    notes = list(_notes(request).of_case(case))
    context = {"notes": notes, "to_read": _to_read(request, case, notes)}
    return frame.record(request, case, "supervision/case_hand_overs.html", context, tab=TAB)


@require_POST
def read_hand_over(request: HttpRequest, reference: str, pk: UUID) -> HttpResponse:
    case = frame.find(request, reference)
    found = get_object_or_404(_notes(request).of_case(case).filter(to=request.user), pk=pk)
    try:
        actions.read_note(found, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect("case_hand_overs", case.reference)


def _notes(request: HttpRequest):
    return HandOverNote.objects.visible_to(request.user).whole()


def _colleagues(request: HttpRequest, worker) -> list:
    return handing.colleagues(request.membership, without=worker)


def _written(note: HandOverNote) -> dict:
    return {"words": note.words, "to": str(note.to_id), "part": note.part, "base": note.version}


def _left_out(request: HttpRequest, note: HandOverNote) -> HttpResponse:
    try:
        actions.leave_out(note, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
    remains = HandOver.objects.visible_to(request.user).filter(pk=note.hand_over_id).exists()
    return redirect(note.hand_over) if remains else redirect("hand_overs")


def _said_no(request: HttpRequest, form: NoteForm, refusal: Refused, pk: UUID) -> dict:
    """Say why in the form. What was kept meanwhile is shown; keeping again goes on top of it."""
    form.add_error(None, str(refusal))
    if not isinstance(refusal, Changed):
        return {}
    current = get_object_or_404(_notes(request), pk=pk)
    on_top_of(form, current.version)
    return {"differences": differences(form, _written(current))}


def _to_read(request: HttpRequest, case, notes: list[HandOverNote]) -> set[UUID]:
    """The notes that wait for this reader."""
    mine = [note for note in notes if note.to_id == request.user.pk and case.is_written_in]
    return {note.pk for note in mine if not note.is_read and not note.is_taken_back}
