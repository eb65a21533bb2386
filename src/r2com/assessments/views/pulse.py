"""The pulse: eleven arrows on one page, what was kept, and the arrows over time."""

from pathlib import Path
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone, translation
from django.views.decorators.http import require_http_methods, require_safe

from r2com.access.roles import May
from r2com.cases import frame
from r2com.cases.models import Case
from r2com.core.refusals import Changed, Refused
from r2com.drafts.forms import remembered
from r2com.instruments.reading import instrument, newest
from r2com.ui.pdf import pdf

from .. import actions
from ..forms import PulseForm
from ..models import Pulse
from ..paper_of_pulses import paper
from ..pulses import items, last_said, lines, said, words_for, worsened
from ..responses import instrument_of

LOOKED_BACK, SHOWN = 12, 8
TEMPLATE = Path(__file__).resolve().parents[1] / "typst" / "pulses.typ"


@require_http_methods(["GET", "POST"])
def pulse(request: HttpRequest, reference: str) -> HttpResponse:
    """Take a pulse. Who only reads goes on to what was kept."""
    case = frame.find(request, reference)
    if request.method != "POST" and not frame.may(request, case.pk, May.RATE):
        return redirect("pulses", reference)
    frame.must_allow(request, case.pk, May.RATE)
    guide = instrument(newest(), translation.get_language() or "en")
    asked = items(guide, with_sensitive=_reads_all(request, case.pk))
    earlier = list(_standing(request, case)[:LOOKED_BACK])
    memory = remembered(request, f"pulse:{case.pk}", case=case)
    form = PulseForm(
        request.POST or None,
        guide=guide,
        asked=asked,
        last=last_said(earlier, asked),
        initial=memory.initial(PulseForm, {"base": earlier[0].pk if earlier else None}),
    )
    if form.is_valid():
        try:
            kept = actions.keep_pulse(case, **_given(form), by=request.user, at=timezone.now())
        except Refused as refusal:
            _say(form, refusal)
        else:
            memory.forget()
            return redirect(kept)
    context = {"form": form, "memory": memory, "guide": guide, "earlier": earlier}
    return frame.record(request, case, "assessments/pulse/take.html", context, tab="pulse")


@require_safe
def kept_pulse(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One pulse as it was kept, and a question when something worsened."""
    found = _find(request, pk)
    reads_all = _reads_all(request, found.case_id)
    context = {
        "pulse": found,
        "guide": instrument_of(found),
        "said": said(found, with_sensitive=reads_all),
        "worsened": worsened(found, with_sensitive=reads_all),
        "own_words": words_for(found, request.user, with_sensitive=reads_all),
        "may_amend": frame.may(request, found.case_id, May.RATE) and not found.is_amended,
    }
    return frame.record(request, found.case, "assessments/pulse/kept.html", context, tab="pulse")


@require_http_methods(["GET", "POST"])
def amend_pulse(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say a pulse anew. When somebody else did so meanwhile, both versions are shown."""
    found = _find(request, pk)
    frame.must_allow(request, found.case_id, May.RATE)
    guide = instrument_of(found)
    reads_all = _reads_all(request, found.case_id)
    asked = items(guide, with_sensitive=reads_all)
    memory = remembered(request, f"pulse-amended:{pk}", case=found.case)
    start = {**found.arrows, "own_words": words_for(found, request.user, with_sensitive=reads_all)}
    form = PulseForm(
        request.POST or None,
        guide=guide,
        asked=asked,
        last=last_said([found], asked),
        initial=memory.initial(PulseForm, start),
    )
    context = {"pulse": found, "form": form, "memory": memory, "guide": guide}
    if form.is_valid():
        given = {"arrows": form.arrows, "own_words": form.cleaned_data["own_words"]}
        try:
            kept = actions.amend_pulse(found, **given, by=request.user, at=timezone.now())
        except Refused as refusal:
            _say(form, refusal)
            if isinstance(refusal, Changed):
                context |= _theirs(request, found, reads_all)
        else:
            memory.forget()
            return redirect(kept)
    return frame.record(request, found.case, "assessments/pulse/amend.html", context, tab="pulse")


@require_safe
def pulses(request: HttpRequest, reference: str) -> HttpResponse:
    """Arrows over time, as a drawing and as a table."""
    case = frame.find(request, reference)
    shown = Paginator(_standing(request, case), SHOWN).get_page(request.GET.get("page"))
    kept = list(reversed(shown.object_list))
    reads_all = _reads_all(request, case.pk)
    context = {
        "page_of_pulses": shown,
        "pulses": kept,
        "lines": lines(kept, with_sensitive=reads_all),
        "may_rate": frame.may(request, case.pk, May.RATE),
    }
    return frame.record(request, case, "assessments/pulse/history.html", context, tab="pulse")


@require_safe
def print_pulses(request: HttpRequest, reference: str) -> HttpResponse:
    """The newest pulses as a paper, once the trail knows. It names no instrument."""
    case = frame.find(request, reference)
    kept = list(reversed(_standing(request, case)[:SHOWN]))
    if not kept:
        raise Http404
    actions.print_pulses(case, by=request.user, at=timezone.now())
    told = lines(kept, with_sensitive=_reads_all(request, case.pk), standalone=True)
    made = pdf(TEMPLATE, *paper(case, kept, told, by=request.user, at=timezone.now()))
    headers = {"Content-Disposition": 'inline; filename="arrows.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(made, content_type="application/pdf", headers=headers)


def _find(request: HttpRequest, pk: UUID) -> Pulse:
    rows = Pulse.objects.visible_to(request.user).whole()
    return get_object_or_404(rows.select_related("case__person", "case__organisation"), pk=pk)


def _standing(request: HttpRequest, case: Case):
    return Pulse.objects.visible_to(request.user).filter(case=case).standing().whole()


def _reads_all(request: HttpRequest, case_id: UUID) -> bool:
    return frame.may(request, case_id, May.READ_SENSITIVE)


def _given(form: PulseForm) -> dict:
    return {"arrows": form.arrows, **{name: form.cleaned_data[name] for name in ("own_words", "base")}}


def _say(form: PulseForm, refusal: Refused) -> None:
    form.add_error(refusal.item if isinstance(refusal, actions.NotHere) else None, str(refusal))


def _theirs(request: HttpRequest, pulse: Pulse, reads_all: bool) -> dict:
    """What somebody else kept in the place of this pulse meanwhile."""
    theirs = Pulse.objects.visible_to(request.user).whole().get(amends=pulse)
    own_words = words_for(theirs, request.user, with_sensitive=reads_all)
    return {"theirs": theirs, "said": said(theirs, with_sensitive=reads_all), "own_words": own_words}
