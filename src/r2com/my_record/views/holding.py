"""What the person does not read for now, and why: to be settled before the record is read together."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from r2com.cases import frame
from r2com.cases.rights import who_helps
from r2com.contests import kinds
from r2com.core.refusals import Refused
from r2com.drafts.forms import remembered

from .. import actions, record
from ..forms import HoldBackForm
from ..models import HeldBack
from .beside import TAB


@require_safe
def held_back(request, reference):
    """What is held back now, and every entry that could be."""
    case = frame.find(request, reference)
    frame.must_allow(request, case.pk, who_helps(case))
    held = HeldBack.objects.visible_to(request.user).filter(case=case).standing().with_people()
    entries = [(row, kinds.find(request.user, row.kind, row.entry, row.part)) for row in held]
    parts = record.parts(case, request.user, HOLDABLE, whole=True)
    return frame.record(request, case, "my_record/held_back.html", {"held": entries, "parts": parts}, tab=TAB)


@require_http_methods(["GET", "POST"])
def hold_back(request, reference, kind, pk, part=""):
    case = frame.find(request, reference)
    frame.must_allow(request, case.pk, who_helps(case))
    entry = kinds.find(request.user, kind, pk, part) if kind != "held" else None
    if entry is None or entry.case.pk != case.pk:
        raise Http404
    memory = remembered(request, f"hold_back:{kind}:{pk}:{part}", case=case)
    form = HoldBackForm(request.POST or None, initial=memory.initial(HoldBackForm))
    if form.is_valid():
        try:
            actions.hold_back(entry, **form.said(), by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            memory.forget()
            return redirect("held_back", case.reference)
    context = {"form": form, "memory": memory, "entry": entry}
    return frame.record(request, case, "my_record/hold_back.html", context, tab=TAB)


@require_POST
def give_back(request, pk):
    rows = HeldBack.objects.visible_to(request.user).select_related("case__person", "case__organisation")
    held = get_object_or_404(rows, pk=pk)
    case = frame.find(request, held.case.reference)
    frame.must_allow(request, case.pk, who_helps(case))
    actions.give_back(held, by=request.user, at=timezone.now())
    messages.info(request, _("The person reads this entry again."))
    return redirect("held_back", case.reference)


HOLDABLE = [name for name in record.NAMES if name not in ("people", "contests", "seen", "complain")]
