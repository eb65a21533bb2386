"""The pages of exports: ask, be the second person, take the file."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from r2com.access.roles import May
from r2com.core.refusals import Refused
from r2com.drafts.forms import remembered
from r2com.organisations.permission import only
from r2com.ui.pages import page

from . import actions, files
from .forms import WITH, ExportForm, NamedExportForm
from .models import ExportRequest


@only(May.EXPORT)
@require_http_methods(["GET", "POST"])
def exports(request):
    kind = NamedExportForm if request.membership.may(May.EXPORT_NAMED) else ExportForm
    memory = remembered(request, "export:new")
    form = kind(request.POST or None, initial=memory.initial(kind, _start(kind)))
    if form.is_valid():
        try:
            asked = _ask(request, form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            memory.forget()
            return redirect(asked)
    now = timezone.now()
    rows = list(ExportRequest.objects.visible_to(request.user).whole()[:50])
    context = {
        "form": form,
        "memory": memory,
        "mine": [(one, one.state(now)) for one in rows if one.asked_by_id == request.user.pk],
        "waiting": [one for one in rows if one.asked_by_id != request.user.pk and one.waits(now)],
    }
    return page(request, "exports/exports.html", context)


@only(May.EXPORT)
@require_safe
def export(request, pk):
    now, asked = timezone.now(), _find(request, pk)
    is_own = asked.asked_by_id == request.user.pk
    context = {
        "export": asked,
        "state": asked.state(now),
        "may_answer": not is_own and asked.waits(now),
        "may_take": is_own and asked.is_ready(now),
        "may_withdraw": is_own and (asked.waits(now) or asked.is_ready(now)),
    }
    return page(request, "exports/export.html", context)


@only(May.EXPORT)
@require_POST
def answer(request, pk):
    do = actions.agree if request.POST.get("go") == "agree" else actions.refuse
    return _done(request, _find(request, pk), do)


@only(May.EXPORT)
@require_POST
def withdraw(request, pk):
    return _done(request, _find(request, pk), actions.withdraw)


@only(May.EXPORT)
@require_POST
def take(request, pk):
    """The file. Once it has begun to leave, it is on the trail as taken."""
    asked = _find(request, pk)
    try:
        actions.take(asked, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect(asked)
    return files.answer(asked)


def _find(request, pk) -> ExportRequest:
    return get_object_or_404(ExportRequest.objects.visible_to(request.user).whole(), pk=pk)


def _start(kind) -> dict:
    return {name: field.initial for name, field in kind.base_fields.items() if field.initial is not None}


def _ask(request, given: dict) -> ExportRequest:
    return actions.ask(
        request.membership,
        what=given["what"],
        format=given["format"],
        is_identifiable=given.get("names") == WITH,
        reason=given.get("reason", ""),
        by=request.user,
        at=timezone.now(),
    )


def _done(request, asked: ExportRequest, do):
    try:
        do(asked, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.info(request, _("Kept."))
    return redirect(asked)
