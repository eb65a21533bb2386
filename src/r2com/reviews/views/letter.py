"""The letter to the person, and with it the end."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from r2com.access.roles import May
from r2com.cases import frame
from r2com.cases.forms.languages import language_name
from r2com.cases.models import Case
from r2com.core.refusals import Changed, Refused
from r2com.drafts.forms import remembered

from .. import actions, dates, letter, paper
from ..forms import LetterForm
from ..models import Closing
from .closing import written
from .reviews import TAB, find


@require_http_methods(["GET", "POST"])
def closing_letter(request: HttpRequest, reference: str) -> HttpResponse:
    """The letter, begun from what is known. Keeping it closes the record; afterwards it is read here."""
    case = find(request, reference)
    closing = written(request, case)
    if not case.is_open:
        return _read(request, case, closing)
    frame.must_allow(request, case.pk, May.RATE)
    if closing is None:
        return redirect("closing", case.reference)
    memory = remembered(request, f"letter:{closing.pk}", case=case)
    offered = letter.begun(closing, request.user, timezone.now())
    start = memory.initial(LetterForm, offered) | {"base": closing.version}
    form = LetterForm(request.POST or None, initial=start)
    if form.is_valid() and _closed(request, closing, form):
        memory.forget()
        return redirect("reviews", case.reference)
    calls = dates.calls(case, timezone.localdate()) if closing.calls_wanted else []
    context = {"closing": closing, "form": form, "memory": memory, "calls": calls}
    context |= {"spoken": language_name(offered["language"]), "code": offered["language"]}
    context["offered"] = _otherwise(form, offered) if memory.fields else []
    return frame.record(request, case, "reviews/letter.html", context, tab=TAB)


@require_safe
def print_letter(request: HttpRequest, reference: str) -> HttpResponse:
    """The letter as it was kept. Its file name names nobody, and the paper no programme."""
    case = find(request, reference)
    closing = written(request, case)
    if case.is_open or closing is None or not hasattr(closing, "letter"):
        raise Http404
    at = timezone.now()
    actions.letter_printed(closing.letter, by=request.user, at=at)
    headers = {"Content-Disposition": 'inline; filename="letter.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(paper.letter(closing), content_type="application/pdf", headers=headers)


def _otherwise(form: LetterForm, offered: dict) -> list[tuple[str, str]]:
    """The parts that were typed otherwise than they would be offered now."""
    return [(form[part].label, offered[part]) for part in letter.PARTS if form[part].value() != offered[part]]


def _closed(request: HttpRequest, closing: Closing, form: LetterForm) -> bool:
    """Close, or say in the form why not."""
    words = form.words(letter.language(closing.case))
    try:
        base = form.cleaned_data["base"]
        actions.close(closing, words, base=base, by=request.user, at=timezone.now())
    except Refused as refusal:
        form.add_error(None, str(refusal))
        if isinstance(refusal, Changed):
            form.data = form.data.copy()
            form.data["base"] = str(closing.version)
        return False
    return True


def _read(request: HttpRequest, case: Case, closing: Closing | None) -> HttpResponse:
    if request.method == "POST" or closing is None:
        raise Http404
    context = {"closing": closing, "letter": getattr(closing, "letter", None)}
    return frame.record(request, case, "reviews/letter_kept.html", context, tab=TAB)
