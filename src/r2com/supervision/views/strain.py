"""How am I: a page of one's own, and what one worker shows to one supervisor."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from r2com.access.roles import May
from r2com.core.refusals import Refused
from r2com.drafts.forms import remembered
from r2com.organisations.permission import only
from r2com.ui.pages import page
from r2com.vault import keyring
from r2com.vault.models import Owner

from .. import actions
from ..forms import ShowForm, StrainAnswerForm, StrainForm
from ..models import StrainCheck
from ..models.places import supervisors_of

WITHOUT_WORDS = {"take_back": actions.hide, "delete": actions.delete}


@require_http_methods(["GET", "POST"])
@only(May.ADD_EVIDENCE)
def strain(request: HttpRequest) -> HttpResponse:
    """One's own words, a new page for them, and what others show me."""
    memory = remembered(request, "strain")
    form = StrainForm(request.POST or None, initial=memory.initial(StrainForm))
    if form.is_valid():
        kept = actions.write(request.user, **form.cleaned_data, by=request.user, at=timezone.now())
        memory.forget()
        return redirect(kept)
    visible = StrainCheck.objects.visible_to(request.user)
    own = visible.filter(worker=request.user).select_related("shown_to")
    context = {"form": form, "memory": memory, "own": own}
    context["shown"] = StrainCheck.objects.shown_to(request.user) if _supervises(request) else []
    return page(request, "supervision/strain.html", context)


@require_http_methods(["GET", "POST"])
@only(May.ADD_EVIDENCE)
def strain_check(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One page of words; the button that was pressed says what is done with it."""
    rows = StrainCheck.objects.visible_to(request.user).select_related("worker", "shown_to")
    found = get_object_or_404(rows, pk=pk)
    is_own = found.worker_id == request.user.pk
    go = request.POST.get("go")
    if request.method == "POST" and is_own and go in WITHOUT_WORDS:
        WITHOUT_WORDS[go](found, by=request.user, at=timezone.now())
        return redirect("strain")
    memory = remembered(request, f"strain:{pk}")
    name, form = _form(request, found, memory, go)
    if request.method == "POST" and name != go:
        raise Http404
    if form.is_valid() and _did(request, found, name, form):
        memory.forget()
        return redirect(found)
    keyring.warm(Owner.USER, [found.worker_id])
    context = {"check": found, "is_own": is_own, "form": form, "go": name, "memory": memory}
    context["answers"] = list(found.answers.select_related("by", "about"))
    return page(request, "supervision/strain_check.html", context)


def _form(request: HttpRequest, found: StrainCheck, memory, go: str | None):
    """The worker chooses to whom they show it; the supervisor answers."""
    if found.worker_id == request.user.pk:
        sent = request.POST if go == "show" else None
        return "show", ShowForm(sent, supervisors=supervisors_of(request.user))
    sent = request.POST if go == "answer" else None
    return "answer", StrainAnswerForm(sent, initial=memory.initial(StrainAnswerForm))


def _did(request: HttpRequest, found: StrainCheck, name: str, form) -> bool:
    do = {"show": actions.show, "answer": actions.answer}[name]
    try:
        do(found, **form.cleaned_data, by=request.user, at=timezone.now())
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _supervises(request: HttpRequest) -> bool:
    return request.membership.may(May.SIGN_OFF)
