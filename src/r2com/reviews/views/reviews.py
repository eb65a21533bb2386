"""All looks back and ahead with somebody, and one of them."""

from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from r2com.access.roles import May
from r2com.assessments.models import Assessment
from r2com.cases import frame
from r2com.cases.models import Case, Closure
from r2com.core.refusals import Refused
from r2com.drafts.forms import remembered

from .. import actions, dates, paper, table
from ..forms import AGAIN, NEWEST, BeginForm, DecisionForm
from ..models import Call, Closing, Review

TAB = "reviews"
NOT_LONG_AGO = timedelta(days=14)


@require_http_methods(["GET", "POST"])
def reviews(request: HttpRequest, reference: str) -> HttpResponse:
    """When we look again, what was decided before, and how it ended if it did."""
    case = find(request, reference)
    kept = list(
        Review.objects.visible_to(request.user).filter(case=case).select_related("decision", "begun_by")
    )
    coming = dates.coming(case, kept)
    newest = Assessment.objects.visible_to(request.user).filter(case=case).first()
    under_way = next((one for one in kept if not one.is_kept), None)
    form = BeginForm(request.POST or None, initial=_offered(coming, newest))
    if request.method == "POST":
        frame.must_allow(request, case.pk, May.RATE)
        if under_way or form.is_valid():
            return redirect(under_way or _begun(request, case, form))
    context = {
        "reviews": kept,
        "open_review": under_way,
        "planned": dates.planned(case),
        "coming": coming,
        "form": form,
        "may_write": frame.may(request, case.pk, May.RATE),
        "may_reopen": not case.is_open and frame.may(request, case.pk, May.FOLLOW_UP),
        **_ended(request, case),
    }
    return frame.record(request, case, "reviews/reviews.html", context, tab=TAB)


@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What changed, in both voices; what was done; and what is decided."""
    found = _find(request, pk)
    shown = {"review": found, "table": table.of(found, request.user)}
    may_write = frame.may(request, found.case_id, May.RATE) and not found.is_kept
    if request.method == "POST" and not found.is_kept:
        frame.must_allow(request, found.case_id, May.RATE)
    if may_write:
        shown["memory"] = remembered(request, f"review:{pk}", case=found.case)
        shown["form"] = form = _decision_form(request, found, shown["memory"])
        if form.is_valid():
            try:
                actions.keep(found, **form.decision, by=request.user, at=timezone.now())
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                shown["memory"].forget()
                return redirect(found)
    return frame.record(request, found.case, "reviews/review.html", shown, tab=TAB)


@require_safe
def print_review(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The whole review on paper, for the file."""
    return _paper(request, pk, carried=False)


@require_safe
def carry_review(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the person takes along: what was decided and what comes, and no judgement."""
    return _paper(request, pk, carried=True)


def find(request: HttpRequest, reference: str) -> Case:
    """The case, for those who read everything in it, or 404."""
    case = frame.find(request, reference)
    frame.must_allow(request, case.pk, May.READ_SENSITIVE)
    return case


def _find(request: HttpRequest, pk: UUID) -> Review:
    found = get_object_or_404(Review.objects.visible_to(request.user).whole(), pk=pk)
    frame.must_allow(request, found.case_id, May.READ_SENSITIVE)
    return found


def _offered(coming: dates.Planned | None, newest: Assessment | None) -> dict:
    """Which review it most likely is, and whether the last talk is fresh enough to rest on."""
    is_fresh = newest is not None and timezone.now() - newest.begun_at < NOT_LONG_AGO
    occasion = coming.occasion if coming else Review.Occasion.OTHER
    return {"occasion": occasion, "rests": NEWEST if is_fresh else AGAIN}


def _begun(request: HttpRequest, case: Case, form: BeginForm) -> Review | Assessment:
    """The page to go on with: the talk, if we talk again, else the review."""
    again = form.cleaned_data["rests"] == AGAIN
    occasion = form.cleaned_data["occasion"]
    begun = actions.begin(case, occasion=occasion, talk_again=again, by=request.user, at=timezone.now())
    return begun.assessment if again and begun.assessment else begun


def _ended(request: HttpRequest, case: Case) -> dict:
    """Every closing so far, and the calls that belong to the one that stands."""
    closures = Closure.objects.visible_to(request.user).filter(case=case)
    calls = Call.objects.visible_to(request.user).filter(case=case, closing__closure=case.closure_id)
    return {
        "closures": list(
            closures.select_related("closed_by", "reopening__reopened_by", "reopening__closure")
        ),
        "calls": list(calls.with_case()) if case.closure_id else [],
        "being_written": Closing.objects.visible_to(request.user).being_written().filter(case=case).first(),
    }


def _decision_form(request: HttpRequest, review: Review, memory) -> DecisionForm:
    rows = Review.objects.visible_to(request.user).filter(case=review.case_id).select_related("decision")
    presets = dates.presets(review.case, list(rows), timezone.localdate())
    start = {"next": presets[0][0] if presets else ""}
    return DecisionForm(request.POST or None, initial=memory.initial(DecisionForm, start), presets=presets)


def _paper(request: HttpRequest, pk: UUID, *, carried: bool) -> HttpResponse:
    """The PDF, once the trail knows. Its file name names nobody."""
    found, at = _find(request, pk), timezone.now()
    actions.printed(found, carried=carried, by=request.user, at=at)
    made = paper.review(found, request.user, carried=carried, at=at)
    headers = {"Content-Disposition": 'inline; filename="review.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(made, content_type="application/pdf", headers=headers)
