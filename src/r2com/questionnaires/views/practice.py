"""How we work: what was said about it, what changed, and what people chose to change."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from r2com.access.roles import May
from r2com.core.refusals import Refused
from r2com.drafts.forms import remembered
from r2com.organisations.frame import agency
from r2com.organisations.permission import only

from .. import actions, reading
from .. import practice as ours
from ..choosing import ChooseForm, EndForm
from ..models import Chosen, Questionnaire
from .finding import chosen, find, named


@only(May.SET_UP, May.SIGN_OFF)
@require_http_methods(["GET", "POST"])
def practice(request: HttpRequest) -> HttpResponse:
    """What the organisation says about its own practice. Nothing here is about any person."""
    offers = reading.askable("organisation")
    if request.method == "POST":
        begun = actions.look_at_practice(
            request.membership.organisation,
            published=chosen(request.POST.get("instrument", ""), offers),
            by=request.user,
            at=timezone.now(),
        )
        return redirect("questionnaire_page", begun.pk, begun.position)
    rows = Questionnaire.objects.visible_to(request.user).of_practice().for_list()
    shown = {
        "rows": named(rows),
        "offers": offers,
        "chosen": ours.listed(Chosen.objects.visible_to(request.user).for_list()),
    }
    return agency(request, "questionnaires/practice.html", shown, tab="practice")


@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Choose something to change, from what was finished."""
    found = find(request, pk)
    if not found.is_of_practice or not found.is_finished:
        raise Http404
    memory = remembered(request, f"practice:choose:{pk}")
    form = ChooseForm(
        request.POST or None,
        initial=memory.initial(ChooseForm),
        guide=reading.guide_of(found),
        owners=ours.could_own(found.organisation, timezone.localdate()),
    )
    if _done(form, actions.choose, found, request):
        memory.forget()
        return redirect("practice")
    context = {"questionnaire": found, "form": form, "memory": memory}
    return agency(request, "questionnaires/choose.html", context, tab="practice")


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say that something chosen is done, or let go."""
    rows = Chosen.objects.visible_to(request.user).select_related("organisation", "owner", "ended")
    found = get_object_or_404(rows, pk=pk)
    memory = remembered(request, f"practice:end:{pk}")
    form = EndForm(request.POST or None, initial=memory.initial(EndForm))
    if _done(form, actions.end, found, request):
        memory.forget()
        return redirect("practice")
    context = {"one": found, "form": form, "memory": memory}
    return agency(request, "questionnaires/end.html", context, tab="practice")


def _done(form, do, thing, request: HttpRequest) -> bool:
    """Whether it was sent and done; a rule that says no stands in the form."""
    if not form.is_valid():
        return False
    try:
        do(thing, **form.cleaned_data, by=request.user, at=timezone.now())
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
