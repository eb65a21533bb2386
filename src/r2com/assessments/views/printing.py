"""The assessment as a paper."""

from pathlib import Path

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from r2com.access.roles import May
from r2com.audit import trail
from r2com.ui.pdf import pdf

from ..paper import paper
from ..responses import asked_items
from . import finding
from .sense import formulation

TEMPLATE = Path(__file__).resolve().parents[1] / "typst" / "assessment.typ"


@require_safe
def print_assessment(request, pk):
    """The PDF, once the trail knows that it was printed. Its file name names nobody."""
    assessment, guide = finding.find(request, pk, may=May.READ_SENSITIVE)
    items = asked_items(assessment, guide, to=request.user)
    trail.record("assessment.printed", subject=assessment, by=request.user)
    written = formulation(request, assessment)
    data, images = paper(assessment, guide, items, written, by=request.user, at=timezone.localtime())
    headers = {"Content-Disposition": 'inline; filename="assessment.pdf"'}
    return HttpResponse(pdf(TEMPLATE, data, images), content_type="application/pdf", headers=headers)
