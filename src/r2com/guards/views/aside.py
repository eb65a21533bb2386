"""A record that is set aside: its page, that the person was told, and that it is used again."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from r2com.access.roles import May
from r2com.cases import frame
from r2com.cases.rights import who_helps
from r2com.core.refusals import Refused
from r2com.drafts.forms import remembered

from .. import actions
from ..forms import SetAsideForm, ToldForm
from ..models import SetAside


@require_http_methods(["GET", "POST"])
def set_aside(request, reference):
    """Why and since when a record is kept and not used; or the form that sets it aside."""
    case = frame.find(request, reference)
    _must_help(request, case)
    memory = remembered(request, f"set_aside:{case.pk}", case=case)
    form = SetAsideForm(request.POST or None, initial=memory.initial(SetAsideForm))
    if form.is_valid():
        try:
            actions.set_aside(case, **form.said(), by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            memory.forget()
            return redirect("set_aside", reference)
    rows = list(SetAside.objects.visible_to(request.user).filter(case=case).whole())
    context = {
        "form": form,
        "memory": memory,
        "standing": next((one for one in rows if one.ended_at is None), None),
        "over": [one for one in rows if one.ended_at],
        "told": ToldForm(),
    }
    return frame.record(request, case, "guards/set_aside.html", context, tab="my_record")


@require_POST
def tell_of_use(request, pk):
    aside, case = _find(request, pk)
    form = ToldForm(request.POST)
    if form.is_valid():
        _tried(request, lambda: actions.tell(aside, **form.cleaned_data, by=request.user, at=timezone.now()))
    else:
        messages.warning(request, _("Choose one of the answers."))
    return redirect("set_aside", case.reference)


@require_POST
def use_again(request, pk):
    aside, case = _find(request, pk)
    _tried(request, lambda: actions.use_again(aside, by=request.user, at=timezone.now()))
    return redirect("set_aside", case.reference)


def _find(request, pk):
    aside = get_object_or_404(SetAside.objects.visible_to(request.user).whole(), pk=pk)
    case = frame.find(request, aside.case.reference)
    _must_help(request, case)
    return aside, case


def _must_help(request, case) -> None:
    if not any(frame.may(request, case.pk, what) for what in (who_helps(case), May.SIGN_OFF)):
        raise Http404


def _tried(request, act) -> None:
    try:
        act()
    except Refused as refusal:
        messages.warning(request, str(refusal))
