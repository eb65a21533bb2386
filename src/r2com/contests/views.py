"""Writing down what the person says about an entry, and answering it."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from r2com.cases import frame
from r2com.cases.rights import who_helps
from r2com.core.refusals import Refused
from r2com.drafts.forms import remembered

from . import actions, answering, correcting, kinds
from .forms import ContestForm, CorrectionForm, DecisionForm
from .models import Contest

TAB = "my_record"


@require_http_methods(["GET", "POST"])
def say(request, reference, kind, pk, part=""):
    """Turned round to the person: what stands there, and what they say about it."""
    case = frame.find(request, reference)
    frame.must_allow(request, case.pk, who_helps(case))
    entry = kinds.find(request.user, kind, pk, part)
    if entry is None or entry.case.pk != case.pk:
        raise Http404
    memory = remembered(request, f"contest:{kind}:{pk}:{part}", case=case)
    form = ContestForm(request.POST or None, initial=memory.initial(ContestForm))
    if form.is_valid():
        try:
            together = Contest.Through.TOGETHER
            actions.say(entry, **form.said(), through=together, by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            memory.forget()
            return redirect("my_record", case.reference)
    context = {"form": form, "memory": memory, "entry": entry}
    return frame.record(request, case, "contests/say.html", context, tab=TAB)


@require_http_methods(["GET", "POST"])
def contest(request, pk):
    """What was said, by when it is answered, and the answer."""
    found = get_object_or_404(Contest.objects.visible_to(request.user).answered_too(), pk=pk)
    case = frame.find(request, found.case.reference)
    may_decide = answering.may_decide(found, request.user)
    memory = remembered(request, f"decision:{pk}", case=case)
    form = _decision_form(request, found, memory)
    if form.is_valid():
        try:
            actions.decide(found, **form.said(), by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            memory.forget()
            return redirect(found)
    context = {"contest": found, "form": form, "memory": memory, "may_decide": may_decide}
    return frame.record(request, case, "contests/contest.html", context, tab=TAB)


def _decision_form(request, found: Contest, memory) -> DecisionForm:
    """The answer; with what stands in the entry, where the answer may be to correct it."""
    entry = None if found.is_decided else correcting.entry_to_correct(found, request.user)
    if entry is None:
        return DecisionForm(request.POST or None, initial=memory.initial(DecisionForm))
    stands = {"words": entry.words}
    initial = memory.initial(CorrectionForm, stands) | {"over": correcting.seen(entry.words)}
    return CorrectionForm(request.POST or None, initial=initial)
