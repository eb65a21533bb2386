"""What stands before a restorative step: the answers, two people's yes, the person's own."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST

from r2com.access.roles import May
from r2com.cases import frame
from r2com.cases.models import Case
from r2com.core.refusals import Changed, Refused
from r2com.drafts.forms import remembered

from .. import actions, gate, library
from ..forms import CheckForm, ConsentForm, OwnAnswerForm
from ..models import SafetyCheck
from .choosing import TAB

CONSENT, OWN = "restorative-consent", "restorative-own"


@require_http_methods(["GET", "POST"])
def restorative(request: HttpRequest, reference: str) -> HttpResponse:
    case, check = _find(request, reference)
    memory = _memory(request, case)
    if request.method == "POST":
        frame.must_allow(request, case.pk, May.RATE)
    form = CheckForm(request.POST or None, initial=memory.initial(CheckForm, _answers(check)))
    if form.is_valid():
        try:
            actions.answer_check(case, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return _page(request, case, form=form, theirs=isinstance(refusal, Changed))
        memory.forget()
        return redirect("restorative", case.reference)
    return _page(request, case, form=form)


@require_POST
def consent(request: HttpRequest, reference: str) -> HttpResponse:
    case, check = _find(request, reference)
    form = ConsentForm(request.POST)
    if check is None:
        raise Http404
    return _sent(
        request, case, form, lambda given: actions.consent(check, **given, **_who(request)), "consent"
    )


@require_POST
def own_answer(request: HttpRequest, reference: str) -> HttpResponse:
    case, check = _find(request, reference)
    frame.must_allow(request, case.pk, May.RATE)
    form = OwnAnswerForm(request.POST)
    if check is None:
        raise Http404

    def keep(given):
        said = {"says": given["own_says"], "words": given["own_words"]}
        return actions.own_answer(check, **said, **_who(request))

    return _sent(request, case, form, keep, "own_form")


def _sent(request: HttpRequest, case: Case, form, keep, name: str) -> HttpResponse:
    """Keep what was said and go back, or show the page again with what is wrong."""
    if form.is_valid():
        try:
            keep(form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            key = CONSENT if name == "consent" else OWN
            remembered(request, f"{key}:{case.pk}", case=case).forget()
            return redirect("restorative", case.reference)
    return _page(request, case, **{name: form})


def _who(request: HttpRequest) -> dict:
    return {"by": request.user, "at": timezone.now()}


def _find(request: HttpRequest, reference: str) -> tuple[Case, SafetyCheck | None]:
    case = frame.find(request, reference)
    frame.must_allow(request, case.pk, May.READ_SENSITIVE)
    return case, SafetyCheck.objects.visible_to(request.user).filter(case=case).whole().first()


def _memory(request: HttpRequest, case: Case):
    return remembered(request, f"safety-check:{case.pk}", case=case)


def _answers(check: SafetyCheck | None) -> dict:
    if check is None:
        return {"base": 0}
    return {name: getattr(check, name) for name in actions.ANSWERED} | {"base": check.version}


def _page(
    request: HttpRequest, case: Case, *, form=None, consent=None, own_form=None, theirs=False
) -> HttpResponse:
    check = SafetyCheck.objects.visible_to(request.user).filter(case=case).whole().first()
    memory = _memory(request, case)
    form = form or CheckForm(initial=memory.initial(CheckForm, _answers(check)))
    if theirs and check is not None:
        form.data = {**form.data.dict(), "base": check.version}
    context = {
        "programme": next(one for one in library.offered(get_language()) if one.guard),
        "check": check,
        "gate": gate.of(check),
        "form": form,
        "memory": memory,
        "theirs": check if theirs else None,
        "part": _part(request, case),
        "may_answer": frame.may(request, case.pk, May.RATE),
        **_said(request, case, consent, own_form, version=check.version if check else 0),
    }
    return frame.record(request, case, "programmes/restorative.html", context, tab=TAB)


def _said(request: HttpRequest, case: Case, consent, own_form, *, version: int) -> dict:
    """The two smaller forms with what was typed and not kept yet. A yes is to the answers on the page."""
    memory = {name: remembered(request, f"{name}:{case.pk}", case=case) for name in (CONSENT, OWN)}
    start = memory[CONSENT].initial(ConsentForm) | {"base": version}
    if consent is not None:
        consent.data = {**consent.data.dict(), "base": version}
    return {
        "consent": consent or ConsentForm(initial=start),
        "own_form": own_form or OwnAnswerForm(initial=memory[OWN].initial(OwnAnswerForm)),
        "consent_memory": memory[CONSENT],
        "own_memory": memory[OWN],
    }


def _part(request: HttpRequest, case: Case) -> str:
    """Whether who is signed in speaks as the worker or the supervisor; empty for anybody else."""
    try:
        return actions.must_have_a_part(case, request.user)
    except Refused:
        return ""
