"""A second reader goes through a file before it leaves: what is taken out, and that it may leave so."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from r2com.access.roles import May
from r2com.cases import frame
from r2com.cases.rights import who_helps
from r2com.core.refusals import Refused
from r2com.drafts.forms import remembered
from r2com.safety_plans.paper import language

from .. import actions, file
from ..forms import PassageForm
from ..models import FileRequest, Passage


@require_http_methods(["GET", "POST"])
def read_file(request, pk):
    """The file as it would leave now, and words to take out of it."""
    asked, case = _find(request, pk)
    memory = remembered(request, f"passage:{pk}", case=case)
    form = PassageForm(request.POST or None, initial=memory.initial(PassageForm))
    if form.is_valid():
        try:
            actions.leave_out(asked, **form.said(), by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            memory.forget()
            return redirect("read_file", pk)
    with translation.override(language(case)):
        drawn = file.draft(asked, by=request.user)
    passages = Passage.objects.visible_to(request.user).standing().filter(request=asked)
    context = {
        "asked": asked,
        "drawn": drawn,
        "form": form,
        "memory": memory,
        "passages": passages.select_related("by", "request"),
        "is_drafter": asked.entered_by_id == request.user.pk,
        "readings": asked.readings.select_related("by"),
    }
    return frame.record(request, case, "rights/read_file.html", context, tab="my_record")


@require_POST
def read_through(request, pk):
    asked, _case = _find(request, pk)
    stood = request.POST.get("stood", "")[:64]
    try:
        actions.read_through(asked, stood=stood, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.info(request, _("The file may leave as you read it."))
    return redirect("read_file", pk)


@require_POST
def put_back(request, pk):
    rows = Passage.objects.visible_to(request.user).select_related("request__case")
    passage = get_object_or_404(rows, pk=pk)
    _find(request, passage.request_id)
    try:
        actions.put_back(passage, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect("read_file", passage.request_id)


def _find(request, pk):
    """A request of a record that this reader sees, and its case, for whoever may be its second reader."""
    asked = get_object_or_404(FileRequest.objects.visible_to(request.user).whole(), pk=pk)
    case = frame.find(request, asked.case.reference)
    if not any(frame.may(request, case.pk, what) for what in (who_helps(case), May.SIGN_OFF)):
        raise Http404
    return asked, case
