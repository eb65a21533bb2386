"""Covering what nobody outside may read, making the copy, and taking it out of the house."""

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
from r2com.core.refusals import Changed, Refused
from r2com.drafts.forms import remembered

from .. import actions, apart, content
from ..forms import FinishForm, PageForm, ReleaseForm
from ..models import File, Redaction, Release
from .papers import find, find_file, picture
from .sending import as_file


@require_POST
def redact(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Begin to cover, or go on."""
    found = find(request, pk)
    frame.must_allow(request, found.case_id, May.RATE)
    begun = actions.begin_redaction(found, by=request.user, at=timezone.now())
    return redirect("redaction", begun.pk, 1)


@require_http_methods(["GET", "POST"])
def redaction(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """One page, with what is to be black on it."""
    found, pages = _find_open(request, pk, number)
    form = PageForm(request.POST or None, initial=_start(found, number), boxes=found.drawn_on(number))
    if form.is_valid():
        try:
            _mark(request, found, number, form)
        except Changed as change:
            found, pages = _find_open(request, pk, number)
            form = form.over(found, number)
            form.add_error(None, str(change))
            return _page(request, found, number, pages, form=form)
        to = number + 1 if request.POST.get("go") == "next" and number < pages else number
        return redirect("redaction", pk, to)
    return _page(request, found, number, pages, form=form)


@require_GET
def redaction_picture(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    found, _pages = _find_open(request, pk, number)
    file = _clean(request, found)
    trail.opened("document_page", subject=file, by=request.user, case=found.document.case_id, number=number)
    return picture(file, number, found.boxes(number))


@require_POST
def finish_redaction(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make the copy from what is covered now, in the workshop; then keep it."""
    found, pages = _find_open(request, pk, 1)
    form = FinishForm(request.POST)
    if form.is_valid() and not (found.marked_pages or form.cleaned_data["nothing"]):
        form.add_error("nothing", _("Cover something first, or say that there is nothing to cover."))
    if form.is_valid():
        try:
            _copy(request, found)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.info(request, _("The redacted copy is made. Look at every page before you take it out."))
            return redirect(found.document)
    return _page(request, found, 1, pages, finish=form)


@require_http_methods(["GET", "POST"])
def release(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a redacted copy out of the house. There is no such page for anything else."""
    file = find_file(request, pk)
    frame.must_allow(request, file.document.case_id, May.RATE)
    if not file.is_redacted:
        raise Http404
    memory = remembered(request, f"release:{pk}", case=file.document.case)
    form = ReleaseForm(request.POST or None, initial=memory.initial(ReleaseForm))
    if form.is_valid():
        actions.release(file, **form.cleaned_data, by=request.user, at=timezone.now())
        memory.forget()
        messages.info(request, _("Written down. Fetch the copy below."))
        return redirect(file.document)
    shown = {
        "document": file.document,
        "file": file,
        "form": form,
        "memory": memory,
        "numbers": range(1, file.pages + 1),
    }
    return frame.record(request, file.document.case, "documents/release.html", shown, tab="documents")


@require_GET
def released_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    rows = Release.objects.visible_to(request.user).select_related("file__document")
    found = get_object_or_404(rows, pk=pk)
    frame.must_allow(request, found.file.document.case_id, May.RATE)
    actions.handed_over(found, by=request.user, at=timezone.now())
    return as_file(found.file)


def _find_open(request: HttpRequest, pk: UUID, number: int) -> tuple[Redaction, int]:
    """A redaction that is being made, and how many pages there are. 404 for a page that is not there."""
    found = get_object_or_404(Redaction.objects.visible_to(request.user).open().with_case(), pk=pk)
    frame.must_allow(request, found.document.case_id, May.RATE)
    pages = _clean(request, found).pages
    if not 1 <= number <= pages:
        raise Http404
    return found, pages


def _clean(request: HttpRequest, redaction: Redaction) -> File:
    files = File.objects.visible_to(request.user).select_related("document")
    return files.get(document=redaction.document_id, form=File.Form.CLEAN)


def _start(redaction: Redaction, number: int) -> dict:
    return {"fields_covered": redaction.fields_of(number), "base": redaction.stands_at(number)}


def _mark(request: HttpRequest, redaction: Redaction, number: int, form: PageForm) -> None:
    said = {"base": form.cleaned_data["base"], "fields": form.cleaned_data["fields_covered"]}
    who = {"by": request.user, "at": timezone.now()}
    actions.mark(redaction, page=number, boxes=form.kept_boxes, **said, **who)


def _copy(request: HttpRequest, redaction: Redaction) -> None:
    """Drawing takes a while: it is done before anything is written, from the marks as they are now."""
    marks = redaction.marks
    boxes = {page: redaction.boxes(int(page)) for page in marks}
    file = _clean(request, redaction)
    made = apart.redacted(content.whole(file), file.type, boxes)
    actions.make_copy(redaction, made=made, marks=marks, by=request.user, at=timezone.now())


def _page(request: HttpRequest, redaction: Redaction, number: int, pages: int, *, form=None, finish=None):
    drawn = redaction.drawn_on(number)
    shown = {
        "redaction": redaction,
        "document": redaction.document,
        "form": form or PageForm(initial=_start(redaction, number), boxes=drawn),
        "finish_form": finish or FinishForm(),
        "drawn": [[edge / 10 for edge in box] for box in drawn],
        "page": number,
        "pages": range(1, pages + 1),
        "is_last": number == pages,
        "marked": redaction.marked_pages,
    }
    return frame.record(request, redaction.document.case, "documents/redaction.html", shown, tab="documents")
