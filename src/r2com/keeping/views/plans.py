"""What falls due, by which rule; proposing that it goes; and the certificates of what went."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from r2com.access.roles import May
from r2com.access.wall import for_the_house
from r2com.core.refusals import Refused
from r2com.organisations.frame import agency
from r2com.organisations.permission import only

from .. import actions, certificates, due
from ..models import Certificate, RetentionPlan

AT_ONCE = 50


@only(May.SET_UP, May.READ_REGISTERS)
@require_http_methods(["GET", "POST"])
@for_the_house("What is due is named by its reference; whoever proposes works in no record.")
def retention_plan(request):
    """Looking changes nothing. Pressing proposes exactly what stands here to a second person."""
    now = timezone.now()
    if request.method == "POST":
        return _proposed(request, now)
    lines = due.due(request.membership.organisation, due.today(now))
    waiting = RetentionPlan.objects.visible_to(request.user).filter(
        proposal__use__isnull=True, proposal__until__gt=now
    )
    context = {
        "going": [one for one in lines if not one.is_held],
        "held": [one for one in lines if one.is_held],
        "waits": waiting.exclude(proposal__consent__agrees=False).exists(),
        "certificates": Certificate.objects.visible_to(request.user)[:AT_ONCE],
    }
    return agency(request, "keeping/plan.html", context, tab="retention_plan")


@only(May.SET_UP, May.READ_REGISTERS)
@require_safe
def certificate(request, pk):
    found = get_object_or_404(Certificate.objects.visible_to(request.user), pk=pk)
    context = {"certificate": found, "said": certificates.opened(found.note)}
    return agency(request, "keeping/certificate.html", context, tab="retention_plan")


@only(May.SET_UP, May.READ_REGISTERS)
@require_safe
def certificate_file(request, pk):
    """The signed text itself, for whoever checks it elsewhere."""
    found = get_object_or_404(Certificate.objects.visible_to(request.user), pk=pk)
    headers = {"Content-Disposition": 'attachment; filename="certificate.txt"'}
    return HttpResponse(found.note, content_type="text/plain; charset=utf-8", headers=headers)


def _proposed(request, now):
    try:
        actions.propose_run(request.membership.organisation, by=request.user, at=now)
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect("retention_plan")
    messages.info(request, _("It waits for a second person, for a day."))
    return redirect("proposals")
