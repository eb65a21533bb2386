"""A programme that somebody began: its meetings, pausing, ending, and the paper."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from r2com.access.roles import May
from r2com.cases import frame
from r2com.core.refusals import Changed, Refused
from r2com.drafts.forms import remembered

from .. import actions, gate, paper, reading
from ..forms import EndForm, PauseForm, SessionForm
from ..models import Offer, SafetyCheck
from .choosing import TAB


@require_safe
def chosen(request: HttpRequest, pk: UUID) -> HttpResponse:
    course = _find(request, pk)
    offer = course.offer
    context = {
        "course": course,
        "offer": offer,
        "where": reading.where(offer),
        "missing": _missing(request, course),
        "may_write": frame.may(request, offer.case_id, May.ADD_EVIDENCE) and offer.is_chosen,
        "may_turn": frame.may(request, offer.case_id, May.RATE) and offer.is_chosen and not offer.is_ended,
        "reads_notes": frame.may(request, offer.case_id, May.READ_SENSITIVE),
    }
    return frame.record(request, offer.case, "programmes/chosen.html", context, tab=TAB)


@require_http_methods(["GET", "POST"])
def session(request: HttpRequest, pk: UUID, session: str) -> HttpResponse:
    course = _find(request, pk)
    offer = course.offer
    frame.must_allow(request, offer.case_id, May.ADD_EVIDENCE)
    meeting = _meeting(course, session)
    memory = remembered(request, f"session:{pk}:{session}", case=offer.case)
    team = [member.user for member in frame.current_members(offer.case)]
    start = memory.initial(SessionForm, _start(meeting)) | {"base": len(meeting.entries)}
    form = SessionForm(request.POST or None, initial=start, team=team)
    if form.is_valid():
        try:
            actions.write_session(offer, session=session, **form.said, by=request.user, at=timezone.now())
        except Refused as refusal:
            meeting = _meeting(_find(request, pk), session)
            _said_no(form, refusal, seen=len(meeting.entries))
        else:
            memory.forget()
            return redirect(offer)
    shown = {"course": course, "offer": offer, "meeting": meeting, "form": form, "memory": memory}
    shown["reads_notes"] = frame.may(request, offer.case_id, May.READ_SENSITIVE)
    return frame.record(request, offer.case, "programmes/session.html", shown, tab=TAB)


@require_http_methods(["GET", "POST"])
def pause(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _turn(request, pk, PauseForm, actions.pause)


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _turn(request, pk, EndForm, actions.end)


@require_POST
def resume(request: HttpRequest, pk: UUID) -> HttpResponse:
    offer = _find_to_turn(request, pk).offer
    try:
        actions.resume(offer, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect(offer)


@require_GET
def print_overview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The paper. Of a restorative step there is none: nobody carries a word about a victim."""
    course = _find(request, pk)
    if course.programme.guard:
        raise Http404
    at = timezone.now()
    actions.printed(course.offer, by=request.user, at=at)
    made = paper.printed(course, by=request.user, at=at)
    headers = {"Content-Disposition": 'inline; filename="overview.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(made, content_type="application/pdf", headers=headers)


def _turn(request: HttpRequest, pk: UUID, form_class, act) -> HttpResponse:
    """Pause it or end it, with a reason and the person's words."""
    course = _find_to_turn(request, pk)
    offer = course.offer
    memory = remembered(request, f"programme-turn:{form_class.__name__}:{pk}", case=offer.case)
    form = form_class(request.POST or None, initial=memory.initial(form_class))
    if form.is_valid():
        try:
            act(offer, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            memory.forget()
            return redirect(offer)
    context = {"course": course, "offer": offer, "form": form, "memory": memory}
    context["ends"] = form_class is EndForm
    return frame.record(request, offer.case, "programmes/turn.html", context, tab=TAB)


def _find(request: HttpRequest, pk: UUID) -> reading.Course:
    offer = get_object_or_404(Offer.objects.visible_to(request.user).whole(), pk=pk)
    course = reading.course(offer)
    if course.programme.guard:
        frame.must_allow(request, offer.case_id, May.READ_SENSITIVE)
    return course


def _find_to_turn(request: HttpRequest, pk: UUID) -> reading.Course:
    course = _find(request, pk)
    frame.must_allow(request, course.offer.case_id, May.RATE)
    return course


def _meeting(course: reading.Course, session: str) -> reading.Meeting:
    found = next((meeting for meeting in course.meetings if meeting.session.id == session), None)
    if found is None:
        raise Http404
    return found


def _start(meeting: reading.Meeting) -> dict:
    """A day that is set is carried into the form; nothing is typed twice."""
    entry = meeting.entry
    if entry is None or not meeting.is_open:
        return {}
    return {"day": entry.day, "leader": str(entry.leader_id or ""), "led_by_other": entry.led_by_other}


def _said_no(form: SessionForm, refusal: Refused, *, seen: int) -> None:
    """Say why. What was written meanwhile is shown; keeping again is added after it."""
    form.add_error(None, str(refusal))
    if isinstance(refusal, Changed):
        form.data = form.data.copy()
        form.data["base"] = str(seen)


def _missing(request: HttpRequest, course: reading.Course) -> list[str]:
    if not course.programme.guard:
        return []
    rows = SafetyCheck.objects.visible_to(request.user).filter(case=course.offer.case_id)
    return gate.of(rows.whole().first()).missing
