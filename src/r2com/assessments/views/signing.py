"""Handing in, and the supervisor's answer."""

from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from r2com.access.roles import May
from r2com.core.refusals import Refused
from r2com.drafts.forms import remembered

from .. import actions
from ..forms import AnswerForm, HandInForm
from ..problems import sentence
from . import finding
from .sense import formulation


@require_http_methods(["GET", "POST"])
def hand_in(request, pk):
    """What is still owed, item by item, and the button once nothing is."""
    assessment, guide = finding.find(request, pk, may=May.RATE)
    memory = remembered(request, f"hand-in:{pk}", case=assessment.case_id)
    form = HandInForm(request.POST or None, initial=memory.initial(HandInForm))
    if form.is_valid():
        try:
            actions.hand_in(assessment, **form.cleaned_data, by=request.user, at=timezone.now())
            memory.forget()
            return redirect(assessment)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    owed = actions.still_owed(assessment)
    context = {
        "form": form,
        "memory": memory,
        "owed": [(guide.item(problem.item), sentence(problem)) for problem in owed],
        "missing": actions.missing(formulation(request, assessment)),
    }
    return finding.show(request, assessment, guide, "assessments/hand_in.html", context)


@require_http_methods(["GET", "POST"])
def sign_off(request, pk):
    """The supervisor reads it, and signs it off or returns it with comments."""
    assessment, guide = finding.find(request, pk, may=May.SIGN_OFF)
    memory = remembered(request, f"sign-off:{pk}", case=assessment.case_id)
    form = AnswerForm(request.POST or None, initial=memory.initial(AnswerForm))
    if form.is_valid():
        answer = actions.give_back if request.POST.get("go") == "return" else actions.sign_off
        try:
            answer(assessment, **form.cleaned_data, by=request.user, at=timezone.now())
            memory.forget()
            return redirect(assessment)
        except Refused as refusal:
            form.add_error("comments" if answer is actions.give_back else None, str(refusal))
    context = {"form": form, "memory": memory, "formulation": formulation(request, assessment)}
    return finding.show(request, assessment, guide, "assessments/sign_off.html", context)
