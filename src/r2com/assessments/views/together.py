"""Reading side by side, and taking a line of evidence back."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from r2com.access.roles import May
from r2com.core.refusals import Changed, Refused
from r2com.drafts.forms import remembered

from .. import actions
from ..forms import TogetherForm
from ..models import Evidence, Rating
from . import finding


@require_http_methods(["GET", "POST"])
def together(request, pk, item_id):
    """The same item in plain words, to read side by side."""
    assessment, guide = finding.find(request, pk, may=May.RATE)
    found, _items = finding.find_item(request, assessment, guide, item_id)
    rating = Rating.objects.visible_to(request.user).filter(assessment=assessment, item=found.id).first()
    memory = remembered(request, f"together:{pk}:{item_id}", case=assessment.case_id)
    start = {"base": rating.version if rating else 0, "own_words": rating.own_words if rating else ""}
    form = TogetherForm(request.POST or None, initial=memory.initial(TogetherForm, start), item=found)
    if request.method == "POST" and form.is_valid():
        try:
            base = form.cleaned_data["base"]
            actions.hear(assessment, found, words=form.words(), base=base, by=request.user, at=timezone.now())
            memory.forget()
            return redirect("item", pk, item_id)
        except Changed as changed:
            form.add_error(None, str(changed))
            form.data = {**form.data.dict(), "base": rating.version if rating else 0}
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"item": found, "form": form, "memory": memory, "rating": rating}
    return finding.show(request, assessment, guide, "assessments/together.html", context)


@require_POST
def take_back(request, pk, evidence_id):
    rows = Evidence.objects.visible_to(request.user).select_related("assessment__case")
    evidence = get_object_or_404(rows, pk=evidence_id, assessment=pk, taken_back_at__isnull=True)
    try:
        actions.take_back(evidence, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{reverse('item', args=[pk, evidence.item])}#evidence")
