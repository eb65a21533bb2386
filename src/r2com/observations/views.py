"""The pages: what was observed, writing something down, and one observation with what comes after it."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from r2com.access.roles import May
from r2com.assessments.models import Assessment
from r2com.assessments.responses import instrument_of
from r2com.cases import frame
from r2com.core.refusals import Changed, Refused
from r2com.drafts.forms import remembered
from r2com.instruments.reading import never_record
from r2com.organisations.models import Certification

from . import actions
from .forms import AnswerForm, LookForm, ObserveForm, RewordForm, TakeForm, TellForm, on_top_of
from .models import Observation, Says

DO = {"tell": actions.tell, "answer": actions.answer, "reword": actions.reword, "look": actions.look}


@require_safe
def observations(request, reference):
    case = frame.find(request, reference)
    rows = Observation.objects.visible_to(request.user).filter(case=case).for_list()
    shown = {"rows": rows, "may_write": _may_write(request, case)}
    return frame.record(request, case, "observations/observations.html", shown, tab="observations")


@require_http_methods(["GET", "POST"])
def observe(request, reference):
    """Write down what was seen or heard. Certain words are asked about once more before it is kept."""
    case = frame.find(request, reference)
    if not _may_write(request, case):
        raise Http404
    memory = remembered(request, f"observe:{case.pk}", case=case)
    form = ObserveForm(request.POST or None, initial=memory.initial(ObserveForm))
    if form.is_valid() and (made := _did(form, actions.observe, case, request)):
        memory.forget()
        return redirect(made)
    context = {"form": form, "memory": memory, "never": never_record()}
    return frame.record(request, case, "observations/observe.html", context, tab="observations")


@require_http_methods(["GET", "POST"])
def observation(request, pk):
    """One observation; the button that was pressed says what is done with it."""
    found = get_object_or_404(Observation.objects.visible_to(request.user).whole(), pk=pk)
    forms, go = _forms(request, found), request.POST.get("go")
    if request.method == "POST":
        if go not in forms:
            raise Http404
        form, memory = forms[go]
        if form.is_valid() and _done(request, found, go, form):
            memory.forget()
            return _onward(found, go, form)
    wrong, _memory = forms.get(go, (None, None))
    context = {"observation": found, "forms": forms, "wrong": wrong, "never": never_record()}
    return frame.record(request, found.case, "observations/observation.html", context, tab="observations")


def _onward(found: Observation, go: str, form):
    """Back to where one was; to the list, when this is no longer for one's eyes."""
    gone = go == "look" and form.cleaned_data["says"] == Says.NOT_KEPT
    return redirect("observations", found.case.reference) if gone else redirect(found)


def _may_write(request, case) -> bool:
    return case.is_written_in and frame.may(request, case.pk, May.ADD_EVIDENCE)


def _forms(request, found: Observation) -> dict:
    """What this reader may do here now, with what they typed before, by the name of the button."""
    if not _may_write(request, found.case):
        return {}
    is_mine = found.written_by_id == request.user.pk
    rates = frame.may(request, found.case_id, May.RATE)
    now = {"base": found.version}
    offered = {
        "look": (
            rates and not is_mine and not found.is_decided and _is_trained(request, found),
            LookForm,
            now,
        ),
        "reword": (is_mine and not found.is_decided, RewordForm, now | {"words": found.words}),
        "tell": (not found.told_at, TellForm, {}),
    }
    after = {
        "answer": (bool(found.told_at), AnswerForm, {}),
        "take": (rates and found.counts, TakeForm, {}),
    }
    # Once the person has answered, using it comes before one more answer
    offered |= dict(reversed(after.items())) if found.answers.all() else after
    made = {
        name: _made(request, found, name, form, start) for name, (may, form, start) in offered.items() if may
    }
    return {name: pair for name, pair in made.items() if pair}


def _made(request, found: Observation, name: str, form_class, start: dict):
    """The form and its memory; nothing where there is no open talk to take it over into."""
    memory = remembered(request, f"observation:{found.pk}:{name}", case=found.case_id)
    given = {"initial": memory.initial(form_class, start) | {"base": found.version}, "auto_id": f"{name}_%s"}
    if name == "take":
        open_one = _open_assessment(request, found)
        if open_one is None:
            return None
        guide = instrument_of(open_one)
        given |= {"guide": guide, "items": guide.items}
    return form_class(request.POST if request.POST.get("go") == name else None, **given), memory


def _is_trained(request, found: Observation) -> bool:
    return Certification.is_held_by(request.user, found.case.organisation, on=timezone.localdate())


def _open_assessment(request, found: Observation) -> Assessment | None:
    rows = Assessment.objects.visible_to(request.user).filter(case=found.case_id).not_signed_off()
    return rows.select_related("published", "case").order_by("-begun_at").first()


def _done(request, found: Observation, go: str, form) -> bool:
    if go != "take":
        return _did(form, DO[go], found, request) is not False
    open_one = _open_assessment(request, found)
    guide = instrument_of(open_one)
    item = next(one for one in guide.items if one.id == form.cleaned_data.pop("item"))

    def take(observation, **given):
        return actions.take_over(observation, into=open_one, item=item, **given)

    return _did(form, take, found, request) is not False


def _did(form, do, thing, request):
    """What the action gives; False when a rule says no, with its sentence in the form."""
    try:
        return do(thing, **form.cleaned_data, by=request.user, at=timezone.now())
    except Refused as refusal:
        form.add_error(None, str(refusal))
        if isinstance(refusal, Changed):
            on_top_of(form, thing)
        return False
