"""Make sense: how it hangs together, in words, resting on chosen items."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from r2com.access import grants
from r2com.access.roles import May
from r2com.core.refusals import Changed, Refused
from r2com.drafts.forms import remembered

from .. import actions
from ..forms import SenseForm, sense_on_record
from ..models import Formulation
from ..responses import asked_items
from . import finding


@require_http_methods(["GET", "POST"])
def sense(request, pk):
    assessment, guide = finding.find(request, pk, may=May.READ_SENSITIVE)
    items = _talked_about(assessment, asked_items(assessment, guide, to=request.user))
    may_write = grants.allows(request.user, assessment.case_id, May.RATE) and not assessment.is_handed_in
    on_record = formulation(request, assessment)
    memory = remembered(request, f"sense:{pk}", case=assessment.case_id)
    form = SenseForm(request.POST or None, initial=_initial(memory, sense_on_record(on_record)), items=items)
    if request.method == "POST" and may_write and form.is_valid():
        try:
            base = form.cleaned_data["base"]
            actions.make_sense(assessment, form.sense(), base=base, by=request.user, at=timezone.now())
            memory.forget()
            messages.info(request, _("Kept."))
            return redirect("sense", pk)
        except Changed as changed:
            on_record = formulation(request, assessment)
            form.add_error(None, str(changed))
            form.data = form.data.copy()
            form.data["base"] = on_record.version
            form.other = on_record
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {
        "form": form,
        "memory": memory,
        "items": items,
        "formulation": on_record,
        "may_write": may_write,
    }
    return finding.show(request, assessment, guide, "assessments/sense.html", context, tab="make_sense")


def formulation(request, assessment) -> Formulation | None:
    """What was written. It weaves everything together, so only those who read sensitive items see it."""
    rows = Formulation.objects.visible_to(request.user).select_related("written_by", "assessment")
    return rows.prefetch_related("boxes", "futures").filter(assessment=assessment).first()


def _initial(memory, start):
    lists = {"priority_needs", "key_strengths"}
    typed = {k: v if k in lists or k.endswith("_items") else (v or [""])[0] for k, v in memory.fields.items()}
    return {**start, **typed}


def _talked_about(assessment, items):
    """The items that something was said about: a box rests on nothing else."""
    said = {rating.item for rating in assessment.ratings.all()}
    return [item for item in items if item.id in said]
