"""Letters: begin one from a template, write it, finish it, print it."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from r2com.access.roles import May
from r2com.cases import frame
from r2com.core.refusals import Changed, Refused
from r2com.drafts.forms import remembered

from .. import actions, letter_paper
from ..forms import LetterForm, differences, on_top_of
from ..models import Letter, LetterTemplate

WRITTEN = ("to", "subject", "words")


@require_http_methods(["GET", "POST"])
def letters(request: HttpRequest, reference: str) -> HttpResponse:
    """What a letter may begin with. Sent, it begins one."""
    case = frame.find(request, reference)
    frame.must_allow(request, case.pk, May.RATE)
    offered = list(LetterTemplate.objects.visible_to(request.user).on(timezone.localdate()))
    if request.method == "POST":
        chosen = _chosen(request.POST.get("template", ""), offered)
        language = chosen.language if chosen else _language(case)
        begun = actions.begin_letter(
            case, template=chosen, language=language, by=request.user, at=timezone.now()
        )
        return redirect(begun)
    names = dict(settings.LANGUAGES)
    groups = [
        (code, names[code], [one for one in offered if one.language == code]) for code in _languages(case)
    ]
    return frame.record(request, case, "letters/letters.html", {"groups": groups}, tab="documents")


@require_http_methods(["GET", "POST"])
def letter(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A letter: to write while it is open, to read once it is finished."""
    found = _find(request, pk)
    may_write = frame.may(request, found.case_id, May.RATE)
    if request.method == "POST":
        frame.must_allow(request, found.case_id, May.RATE)
    if found.is_finished or not may_write:
        return _read(request, found, may_write)
    memory = remembered(request, f"letter:{pk}", case=found.case)
    start = memory.initial(LetterForm, _as_written(found) | {"base": found.version})
    form = LetterForm(request.POST or None, initial=start)
    context = {"letter": found, "form": form, "memory": memory}
    if form.is_valid():
        try:
            _keep(request, found, form)
        except Refused as refusal:
            context |= _said_no(form, refusal, _find(request, pk))
        else:
            memory.forget()
            return redirect(found)
    return frame.record(request, found.case, "letters/write_letter.html", context, tab="documents")


@require_POST
def next_letter(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = _find(request, pk)
    frame.must_allow(request, found.case_id, May.RATE)
    return redirect(actions.begin_version(found, by=request.user, at=timezone.now()))


@require_GET
def print_letter(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = _find(request, pk)
    frame.must_allow(request, found.case_id, May.RATE)
    at = timezone.now()
    actions.letter_printed(found, by=request.user, at=at)
    headers = {"Content-Disposition": 'inline; filename="letter.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(letter_paper.printed(found, at=at), content_type="application/pdf", headers=headers)


def _chosen(pk: str, offered: list[LetterTemplate]) -> LetterTemplate | None:
    """The template that was pressed, or None for an empty sheet."""
    found = next((one for one in offered if str(one.pk) == pk), None)
    if pk and found is None:
        raise Http404
    return found


def _find(request: HttpRequest, pk: UUID) -> Letter:
    return get_object_or_404(Letter.objects.visible_to(request.user).with_case(), pk=pk)


def _read(request: HttpRequest, letter: Letter, may_write: bool) -> HttpResponse:
    earlier = (
        Letter.objects.visible_to(request.user).filter(next=letter).first() if letter.follows_id else None
    )
    shown = {"letter": letter, "may_write": may_write, "earlier": earlier}
    return frame.record(request, letter.case, "letters/letter.html", shown, tab="documents")


def _keep(request: HttpRequest, letter: Letter, form: LetterForm) -> None:
    do = actions.finish_letter if request.POST.get("go") == "finish" else actions.change_letter
    do(letter, **form.cleaned_data, by=request.user, at=timezone.now())


def _said_no(form: LetterForm, refusal: Refused, current: Letter) -> dict:
    """Say why in the form. What was kept meanwhile is shown; keeping again goes on top of it."""
    form.add_error(None, str(refusal))
    if not isinstance(refusal, Changed):
        return {}
    on_top_of(form, current.version)
    return {"differences": differences(form, _as_written(current))}


def _as_written(letter: Letter) -> dict[str, str]:
    return {name: getattr(letter, name) for name in WRITTEN}


def _language(case) -> str:
    """The language of the agency, if we write it."""
    code = case.organisation.language.partition("-")[0]
    return code if code in dict(settings.LANGUAGES) else "en"


def _languages(case) -> list[str]:
    """The agency's own language first: most letters go to offices around it."""
    own = _language(case)
    return [own, *(code for code, _name in settings.LANGUAGES if code != own)]
