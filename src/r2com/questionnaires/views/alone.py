"""The person's own view: filled in alone or on paper, thanked for, and read beside what is talked about."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from r2com.access.roles import May
from r2com.cases import frame

from .. import actions, own_view, paper, reading
from ..models import Questionnaire
from .finding import chosen, find_to_write, framed
from .pages import BY_THEMSELVES, WITH_A_PERSON


@require_GET
def thank_you(request: HttpRequest, pk: UUID) -> HttpResponse:
    """After the last page: the person gives the device back."""
    found = find_to_write(request, pk)
    if reading.guide_of(found).for_whom != "person-alone":
        raise Http404
    return framed(request, found, "questionnaires/thank_you.html", dict(BY_THEMSELVES))


@require_GET
def area(request: HttpRequest, reference: str, area: str) -> HttpResponse:
    """What the person said about one area, to be read beside the items of that area."""
    case = frame.find(request, reference)
    frame.must_allow(request, case.pk, May.READ_SENSITIVE)
    rows = Questionnaire.objects.visible_to(request.user).filter(case=case)
    shown = {"view": own_view.of_area(rows, area, timezone.localdate())}
    return frame.record(request, case, "questionnaires/own_view.html", shown, tab="questionnaires")


@require_GET
def print_blank(request: HttpRequest, reference: str, instrument: str) -> HttpResponse:
    """A paper to fill in by hand, in the person's language. It names nobody."""
    case, at = frame.find(request, reference), timezone.now()
    frame.must_allow(request, case.pk, May.RATE)
    published = chosen(instrument, reading.askable(*WITH_A_PERSON))
    actions.print_blank(case, published=published, by=request.user, at=at)
    made = paper.blank(case, published)
    headers = {"Content-Disposition": 'inline; filename="questions.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(made, content_type="application/pdf", headers=headers)
