"""The papers of a case: the list, adding one, looking at it, and its files."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from r2com.access.roles import May
from r2com.audit import trail
from r2com.cases import frame
from r2com.core.refusals import Refused
from r2com.drafts.forms import remembered
from r2com.vault import keyring
from r2com.vault.models import Owner

from .. import actions, apart, content
from ..forms import DocumentForm, RemoveForm
from ..intake import taken_in
from ..models import Document, File, Letter, SeenBy
from .sending import as_file, as_picture


@require_GET
def documents(request: HttpRequest, reference: str) -> HttpResponse:
    case = frame.find(request, reference)
    keyring.warm_all({Owner.PERSON: [case.person_id], Owner.CASE: [case.pk]})
    papers = Document.objects.visible_to(request.user).filter(case=case).select_related("added_by")
    letters = Letter.objects.visible_to(request.user).filter(case=case, next__isnull=True)
    shown = {
        "papers": papers,
        "letters": letters.select_related("finish", "begun_by"),
        "may_add": frame.may(request, case.pk, May.ADD_EVIDENCE),
        "may_write": frame.may(request, case.pk, May.RATE),
        "sensitive": SeenBy.SENSITIVE,
    }
    return frame.record(request, case, "documents/documents.html", shown, tab="documents")


@require_http_methods(["GET", "POST"])
def add_document(request: HttpRequest, reference: str) -> HttpResponse:
    case = frame.find(request, reference)
    frame.must_allow(request, case.pk, May.ADD_EVIDENCE)
    memory = remembered(request, f"document:new:{case.pk}", case=case)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = DocumentForm(*sent, initial=memory.initial(DocumentForm, {"seen_by": SeenBy.EVERYBODY}))
    if form.is_valid():
        try:
            kept = _taken_in(request, case, form)
        except Refused as refusal:
            form.add_error("photo" if form.cleaned_data["photo"] else "file", str(refusal))
        else:
            memory.forget()
            return _after_adding(request, case, kept)
    return frame.record(
        request, case, "documents/add_document.html", {"form": form, "memory": memory}, tab="documents"
    )


@require_GET
def document(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = find(request, pk)
    may_change = frame.may(request, found.case_id, May.RATE)
    shown = {
        "document": found,
        "may_change": may_change,
        "releases": [one for file in found.redacted for one in file.releases.all()],
        "remove_form": RemoveForm() if may_change else None,
        "sensitive": SeenBy.SENSITIVE,
        "numbers": range(1, found.clean.pages + 1),
    }
    return frame.record(request, found.case, "documents/document.html", shown, tab="documents")


@require_POST
def remove_document(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = find(request, pk)
    frame.must_allow(request, found.case_id, May.RATE)
    form = RemoveForm(request.POST)
    if form.is_valid():
        try:
            actions.remove(found, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("documents", found.case.reference)
    shown = {"document": found, "remove_form": form}
    return frame.record(request, found.case, "documents/remove_document.html", shown, tab="documents")


@require_GET
def document_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The file itself, to read or to keep in the house. A redacted copy has another way out."""
    file = find_file(request, pk)
    try:
        actions.file_opened(file, by=request.user, at=timezone.now())
    except Refused as refusal:
        raise Http404 from refusal
    return as_file(file)


@require_GET
def document_page(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """One page as a picture, to look at."""
    file = find_file(request, pk)
    if file.form == File.Form.ORIGINAL or not 1 <= number <= file.pages:
        raise Http404
    case = file.document.case_id
    trail.opened("document_page", subject=file, by=request.user, case=case, number=number)
    return picture(file, number, [])


def find(request: HttpRequest, pk: UUID) -> Document:
    return get_object_or_404(Document.objects.visible_to(request.user).with_files(), pk=pk)


def find_file(request: HttpRequest, pk: UUID) -> File:
    return get_object_or_404(File.objects.visible_to(request.user).with_case(), pk=pk)


def picture(file: File, number: int, boxes: list[list[int]]) -> HttpResponse:
    try:
        return as_picture(apart.page(content.whole(file), file.type, number, boxes))
    except Refused as refusal:
        raise Http404 from refusal


def _taken_in(request: HttpRequest, case, form: DocumentForm) -> Document:
    """The paper with its file drawn anew. What takes long is done before anything is written."""
    sent = form.sent
    made = taken_in(sent)
    who = {"by": request.user, "at": timezone.now()}
    return actions.add(case, original=sent, clean=made, **form.said, **who)


def _after_adding(request: HttpRequest, case, kept: Document) -> HttpResponse:
    """To the paper, for whoever may see it."""
    if Document.objects.visible_to(request.user).filter(pk=kept.pk).exists():
        return redirect(kept)
    messages.info(request, _("Kept. Only those who read sensitive items see it."))
    return redirect("documents", case.reference)
