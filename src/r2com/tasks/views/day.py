"""What I have to do, by time."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from r2com.access.roles import May
from r2com.audit import trail
from r2com.cases.models import Case
from r2com.organisations.permission import only
from r2com.ui.pages import page

from .. import listing
from ..forms import FilterForm, chosen


@require_safe
@only(May.READ)
def tasks(request):
    """My tasks and what my cases ask for by themselves. What is chosen stands in the address."""
    if "add" in request.GET:
        if case := _to_add_in(request):
            return redirect("add_task", case.reference)
        messages.info(request, _("Choose a person first, then press the same button."))
    with_team = request.membership.may(May.SIGN_OFF)
    wanted = chosen(request.GET, with_team=with_team)
    shown = listing.of(request.user, wanted, at=timezone.now(), today=timezone.localdate())
    seen = {row.case.pk for row in shown.rows} | {task.case_id for task in shown.done}
    trail.opened("tasks", subject=None, by=request.user, cases=sorted(map(str, seen)))
    start = {"case": wanted.case, "kind": wanted.kind, "owner": wanted.owner}
    form = FilterForm(initial=start, cases=shown.cases, with_team=with_team)
    context = {"shown": shown, "form": form, "chosen": wanted, "back": request.get_full_path()}
    return page(request, "tasks/tasks.html", context)


def _to_add_in(request) -> Case | None:
    """The case in which somebody wants to write something down, when they pressed that button."""
    reference = request.GET.get("case", "").replace("\0", "")
    return Case.objects.visible_to(request.user).filter(reference=reference).first()
