"""Records that are held, for whoever looks after data protection. They read references, no record."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from r2com.access.roles import May
from r2com.access.wall import for_the_house
from r2com.core.refusals import Refused
from r2com.organisations.frame import agency
from r2com.organisations.permission import only

from .. import actions
from ..forms import HoldForm
from ..models import Hold

AT_ONCE = 50
REGISTERS = for_the_house("A register names references; whoever keeps it works in no record.")


@only(May.READ_REGISTERS)
@require_http_methods(["GET", "POST"])
@REGISTERS
def holds(request):
    form = HoldForm(request.POST or None)
    if form.is_valid() and _held(request, form):
        messages.info(request, _("Held. It is not deleted until somebody ends this."))
        return redirect("holds")
    seen = Hold.objects.visible_to(request.user).whole()
    context = {
        "form": form,
        "standing": seen.standing()[:AT_ONCE],
        "ended": seen.filter(ended__isnull=False).order_by("-placed_at", "-pk")[:AT_ONCE],
        "today": timezone.localdate(),
    }
    return agency(request, "keeping/holds.html", context, tab="holds")


@only(May.READ_REGISTERS)
@require_POST
@REGISTERS
def end_hold(request, pk):
    found = get_object_or_404(Hold.objects.visible_to(request.user), pk=pk)
    try:
        actions.end_hold(found, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.info(request, _("This record is held no longer."))
    return redirect("holds")


def _held(request, form: HoldForm) -> bool:
    try:
        organisation = request.membership.organisation
        actions.hold(organisation, **form.cleaned_data, by=request.user, at=timezone.now())
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
