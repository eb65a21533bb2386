"""What there is to talk about, what was talked about, and the map of needs and strengths."""

from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from r2com.access.roles import May
from r2com.cases import frame
from r2com.core.instruments import profile

from .. import actions
from ..forms import BeginForm
from ..models import Assessment
from ..pictures import map_of
from ..responses import asked_items, response
from . import finding


@require_http_methods(["GET", "POST"])
def assessments(request, reference):
    """All talks with this person, the newest first, and where a new one begins."""
    case = frame.find(request, reference)
    form = BeginForm(request.POST or None, initial={"kind": Assessment.Kind.FULL})
    if request.method == "POST":
        frame.must_allow(request, case.pk, May.RATE)
        if form.is_valid():
            begun = actions.begin(case, kind=form.cleaned_data["kind"], by=request.user, at=timezone.now())
            return redirect(begun)
    rows = Assessment.objects.visible_to(request.user).filter(case=case)
    talks = list(rows.with_answers())
    context = {"assessments": talks, "form": form, "may_rate": frame.may(request, case.pk, May.RATE)}
    return frame.record(request, case, "assessments/assessments.html", context, tab="assessments")


@require_safe
def assessment(request, pk):
    """The guide's contents: each domain and item, and whether it was talked about."""
    found, guide = finding.find(request, pk)
    items = asked_items(found, guide, to=request.user)
    states = {rating.item: rating for rating in found.ratings.all()}
    lead = guide.lead
    lines = [(item, states.get(item.id), _state(states.get(item.id), lead, guide)) for item in items]
    by_domain = [
        (domain, [line for line in lines if line[0].domain == domain.code]) for domain in guide.domains
    ]
    context = {
        "domains": [(domain, rows) for domain, rows in by_domain if rows],
        "talked_about": sum(state != "" for _item, _rating, state in lines),
        "asked": len(lines),
        "go_on_with": _go_on_with(found, items, states),
        "may_rate": frame.may(request, found.case_id, May.RATE),
        "may_sign_off": frame.may(request, found.case_id, May.SIGN_OFF),
        "reads_all": frame.may(request, found.case_id, May.READ_SENSITIVE),
        "comments": _comments(found) if frame.may(request, found.case_id, May.READ_SENSITIVE) else "",
    }
    return finding.show(request, found, guide, "assessments/assessment.html", context)


@require_safe
def needs_and_strengths(request, pk):
    found, guide = finding.find(request, pk)
    found_items = {item.id for item in asked_items(found, guide, to=request.user)}
    context = {
        "picture": map_of(
            profile(guide, response(found)), guide, shown=found_items, ratings=found.ratings.all()
        ),
        "reads_all": frame.may(request, found.case_id, May.READ_SENSITIVE),
    }
    return finding.show(request, found, guide, "assessments/map.html", context, tab="map")


@require_safe
def newest_map(request, reference):
    return _newest(request, reference, "assessment_map", "map")


@require_safe
def newest_sense(request, reference):
    frame.must_allow(request, frame.find(request, reference).pk, May.READ_SENSITIVE)
    return _newest(request, reference, "sense", "make_sense")


def _newest(request, reference, page, tab):
    """Lead to the newest assessment, or say that there is none yet."""
    case = frame.find(request, reference)
    newest = Assessment.objects.visible_to(request.user).filter(case=case).first()
    if newest is None:
        return frame.record(request, case, "assessments/none_yet.html", {}, tab=tab)
    return redirect(page, newest.pk)


def _comments(assessment) -> str:
    """What the supervisor wrote to the worker with the last answer. It may speak of any item."""
    answer = getattr(assessment.last_handing_in, "answer", None)
    return answer.comments if answer else ""


def _state(rating, lead, guide) -> str:
    """Talked about, left open, or nothing yet: a word for the list, never what was judged."""
    if rating is None or not (rating.judgements or rating.own_words):
        return ""
    return "open" if rating.judgements.get(lead) in guide.not_known else "talked"


def _go_on_with(assessment, items, states):
    """Exactly where the talk stopped: the item after the last one kept, else the first not talked about."""
    ids = [item.id for item in items]
    if not ids:
        raise Http404
    start = ids.index(assessment.last_item) + 1 if assessment.last_item in ids else 0
    waiting = [item for item in [*items[start:], *items[:start]] if item.id not in states]
    return waiting[0] if waiting else items[min(start, len(items) - 1)]
