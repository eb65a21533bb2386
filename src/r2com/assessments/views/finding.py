"""Finding the assessment, and showing a page of it."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from r2com.access.roles import May
from r2com.cases import frame
from r2com.core.instruments import Instrument, Item

from ..models import Assessment
from ..responses import asked_items, instrument_of


def find(request, pk, *, may: May = May.READ) -> tuple[Assessment, Instrument]:
    """The assessment that this person may see and its instrument, or 404."""
    rows = Assessment.objects.visible_to(request.user).with_instrument()
    assessment = get_object_or_404(rows.prefetch_related("handed_in__answer"), pk=pk)
    frame.must_allow(request, assessment.case_id, may)
    return assessment, instrument_of(assessment)


def find_item(request, assessment, guide, item_id) -> tuple[Item, list[Item]]:
    """The item and its neighbours, or 404 when it is not asked here or not for these eyes."""
    items = asked_items(assessment, guide, to=request.user)
    found = next((item for item in items if item.id == item_id), None)
    if found is None:
        raise Http404
    return found, items


def show(request, assessment, guide, template, context, *, tab="assessments", status=200):
    """A page of the assessment in the record's frame, with the instrument's name and what it is not."""
    context = {"assessment": assessment, "guide": guide, **context}
    return frame.record(request, assessment.case, template, context, tab=tab, status=status)
