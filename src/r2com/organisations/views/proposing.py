"""What needs two people: what is proposed, and one's own yes or no to it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from r2com.access.roles import May
from r2com.core.refusals import Refused

from .. import actions, proposals
from ..frame import agency
from ..models import Proposal
from ..permission import only


@only(May.SET_UP, May.READ_REGISTERS)
@require_safe
def waiting(request):
    now = timezone.now()
    rows = list(Proposal.objects.visible_to(request.user).whole()[:50])
    context = {
        "waiting": [(one, _may_answer(request, one)) for one in rows if one.waits(now)],
        "others": [one for one in rows if not one.waits(now)],
    }
    return agency(request, "organisations/proposals.html", context, tab="proposals")


@only(May.SET_UP, May.READ_REGISTERS)
@require_POST
def answer(request, pk):
    found = get_object_or_404(Proposal.objects.visible_to(request.user), pk=pk)
    do = actions.agree if request.POST.get("go") == "agree" else actions.refuse
    try:
        do(found, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.info(request, _("Kept."))
    return redirect("proposals")


def _may_answer(request, one: Proposal) -> bool:
    is_own = one.proposed_by_id == request.user.pk
    return not is_own and request.membership.may(proposals.kind(one.kind).agrees)
