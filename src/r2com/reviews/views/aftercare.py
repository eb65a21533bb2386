"""A call some time after the end: how is it, and the door stays open."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from r2com.access.roles import May
from r2com.cases import frame
from r2com.core.refusals import Refused
from r2com.drafts.forms import remembered

from .. import actions
from ..forms import RingForm
from ..models import Attempt, Call
from .reviews import TAB


@require_http_methods(["GET", "POST"])
def aftercare(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Whom to ring and how to reach them safely; afterwards, what came of it."""
    call = get_object_or_404(Call.objects.visible_to(request.user).with_case(), pk=pk)
    frame.must_allow(request, call.case_id, May.FOLLOW_UP)
    memory = remembered(request, f"call:{pk}", case=call.case)
    go = request.POST.get("go", "rung")
    form = RingForm(request.POST if request.POST and go == "rung" else None, initial=memory.initial(RingForm))
    if (go == "mine" or form.is_valid()) and _done(request, call, form, go):
        memory.forget()
        back = go == "rung" and form.cleaned_data["result"] == Attempt.Result.ASKED_BACK
        return redirect("reopen" if back else "reviews", call.case.reference)
    attempts = list(call.attempts.select_related("by", "call"))
    context = {"call": call, "attempts": attempts, "form": form, "memory": memory}
    return frame.record(request, call.case, "reviews/aftercare.html", context, tab=TAB)


def _done(request: HttpRequest, call: Call, form: RingForm, go: str) -> bool:
    """Take the call over, or write down what came of it; False when a rule says no."""
    who = {"by": request.user, "at": timezone.now()}
    try:
        if go == "mine":
            actions.take_over(call, **who)
            messages.info(request, _("This call is yours now."))
        else:
            actions.ring(call, **form.cleaned_data, **who)
    except Refused as refusal:
        if form.is_bound:
            form.add_error(None, str(refusal))
        else:
            messages.warning(request, str(refusal))
        return False
    return True
