"""What every page here begins with: the case, the list that was begun for it, and who may write."""

from django.http import Http404, HttpRequest, HttpResponse

from r2com.access.roles import May
from r2com.cases import frame
from r2com.cases.models import Case
from r2com.vault import keyring
from r2com.vault.models import Owner

from ..models import BOARD, GATE, Begun


def find(request: HttpRequest, reference: str) -> Case:
    """The case, with the keys that its pages open words with."""
    case = frame.find(request, reference)
    keyring.warm_all({Owner.PERSON: [case.person_id], Owner.CASE: [case.pk]})
    return case


def gate_of(request: HttpRequest, case: Case) -> Begun | None:
    return _begun(request, case, GATE).with_lines().first()


def board_of(request: HttpRequest, case: Case) -> Begun | None:
    return _begun(request, case, BOARD).with_lights().first()


def _begun(request: HttpRequest, case: Case, checklist: str):
    rows = Begun.objects.visible_to(request.user).filter(case=case, checklist=checklist)
    return rows.with_version()


def may_change(request: HttpRequest, case: Case) -> bool:
    """The case worker, the deputy and the supervisor."""
    return frame.may(request, case.pk, May.RATE) or frame.may(request, case.pk, May.SIGN_OFF)


def must_change(request: HttpRequest, case: Case) -> None:
    if not may_change(request, case):
        raise Http404


def may_light(request: HttpRequest, case: Case) -> bool:
    """Everybody who brings what they saw or heard, and the supervisor."""
    return frame.may(request, case.pk, May.ADD_EVIDENCE) or may_change(request, case)


def must_light(request: HttpRequest, case: Case) -> None:
    if not may_light(request, case):
        raise Http404


def reads_sensitive(request: HttpRequest, case: Case) -> bool:
    return frame.may(request, case.pk, May.READ_SENSITIVE)


def as_pdf(made: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(made, content_type="application/pdf", headers=headers)
