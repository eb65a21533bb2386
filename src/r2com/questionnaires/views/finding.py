"""Finding a questionnaire, and showing a page of it in the frame of the record or of the agency."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from r2com.access.roles import May
from r2com.cases import frame
from r2com.instruments.models import PublishedInstrument
from r2com.organisations.frame import agency

from .. import reading
from ..models import Questionnaire


def find(request: HttpRequest, pk: UUID) -> Questionnaire:
    return get_object_or_404(Questionnaire.objects.visible_to(request.user).whole(), pk=pk)


def find_to_write(request: HttpRequest, pk: UUID) -> Questionnaire:
    """One that this user may answer; for everybody else its pages to write on do not exist."""
    found = find(request, pk)
    if not may_write(request, found):
        raise Http404
    return found


def may_write(request: HttpRequest, found: Questionnaire) -> bool:
    return frame.may(request, found.case_id, May.RATE) if found.case_id else True


def chosen(wanted: str, offers: list) -> PublishedInstrument:
    """The newest version of the instrument that was chosen, among those that are offered."""
    found = next((published for published, guide in offers if guide.id == wanted), None)
    if found is None:
        raise Http404
    return found


def named(rows) -> list[tuple[Questionnaire, str]]:
    """Each with the name of its instrument, in the reader's language."""
    return [(row, reading.guide_of(row).name) for row in rows]


def framed(request: HttpRequest, found: Questionnaire, template: str, context: dict) -> HttpResponse:
    """In the frame of the record, or of the agency when it is about its own practice."""
    shown = {"questionnaire": found, "guide": reading.guide_of(found), **context}
    if found.case_id:
        return frame.record(request, found.case, template, shown, tab="questionnaires")
    return agency(request, template, shown, tab="practice")
