"""The pages of a questionnaire: choose one, fill it in page by page, finish it, read it again."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from r2com.access.roles import May
from r2com.cases import frame
from r2com.core.refusals import Changed, Refused
from r2com.drafts.forms import Remembered, remembered
from r2com.instruments.models import PublishedInstrument
from r2com.organisations.frame import agency
from r2com.organisations.permission import only

from . import actions, forms, paper, reading
from .filling import Here
from .models import Questionnaire

WITH_A_PERSON = ("person-with-worker", "person-alone")


@require_http_methods(["GET", "POST"])
def questionnaires(request: HttpRequest, reference: str) -> HttpResponse:
    """Those of a case, and those that can be begun."""
    case = frame.find(request, reference)
    may_write = frame.may(request, case.pk, May.RATE)
    offers = reading.askable(*WITH_A_PERSON) if may_write else []
    if request.method == "POST":
        frame.must_allow(request, case.pk, May.RATE)
        published = _chosen(request, offers)
        try:
            begun = actions.begin(case, published=published, by=request.user, at=timezone.now())
        except Refused as refusal:
            messages.warning(request, str(refusal))
            return redirect("questionnaires", case.reference)
        return redirect("questionnaire_page", begun.pk, begun.position)
    rows = Questionnaire.objects.visible_to(request.user).filter(case=case).for_list()
    shown = {"rows": _named(rows), "offers": offers}
    return frame.record(request, case, "questionnaires/questionnaires.html", shown, tab="questionnaires")


@only(May.SET_UP, May.SIGN_OFF)
@require_http_methods(["GET", "POST"])
def practice(request: HttpRequest) -> HttpResponse:
    """What the organisation says about its own practice. Nothing here is about any person."""
    offers = reading.askable("organisation")
    if request.method == "POST":
        begun = actions.look_at_practice(
            request.membership.organisation,
            published=_chosen(request, offers),
            by=request.user,
            at=timezone.now(),
        )
        return redirect("questionnaire_page", begun.pk, begun.position)
    rows = Questionnaire.objects.visible_to(request.user).of_practice().for_list()
    return agency(
        request, "questionnaires/practice.html", {"rows": _named(rows), "offers": offers}, tab="practice"
    )


@require_GET
def questionnaire(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was asked and answered, and where it goes on."""
    return _whole(request, _find(request, pk), owed=[])


@require_http_methods(["GET", "POST"])
def fill(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """One page of questions. What is kept may bring up more to ask: then the page is shown again."""
    found = _find_to_write(request, pk)
    if found.is_finished and request.method == "GET":
        return redirect(found)
    here = Here.at(found, number)
    memory = remembered(request, f"questionnaire:{pk}:{number}", case=found.case_id)
    form = here.form(request.POST or None, memory)
    context = {"form": form, "memory": memory, "here": here, "may_go_back": here.before is not None}
    if form.is_bound:
        answers = here.understood(form)
        try:
            return _kept(request, here, form, answers, memory)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            if isinstance(refusal, Changed):
                context["differences"] = here.differences(form, answers)
        except StillWrong:
            pass
        here.go_on_top(form)
    form.mark_owed()
    return _framed(request, found, "questionnaires/page.html", context)


@require_POST
def finish(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = _find_to_write(request, pk)
    try:
        actions.finish(found, by=request.user, at=timezone.now())
    except actions.Owing as owing:
        return _whole(request, found, owed=owing.owed)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect(found)


@require_GET
def print_questionnaire(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The PDF, once the trail knows that it was printed. Its file name names nobody."""
    found, at = _find(request, pk), timezone.now()
    actions.printed(found, by=request.user, at=at)
    made = paper.printed(found, by=request.user, at=at)
    headers = {"Content-Disposition": 'inline; filename="questionnaire.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(made, content_type="application/pdf", headers=headers)


class StillWrong(Exception):
    """What was sound is kept; the rest is still to be put right."""


def _kept(request: HttpRequest, here: Here, form, answers: dict, memory: Remembered) -> HttpResponse:
    """Keep what is sound, then go where the button says. Raises Refused, or StillWrong."""
    go = request.POST.get("go", "next")
    if not form.errors:
        here.change_times(form, answers, go)
    onward = here.onward(form, answers, go)
    actions.keep(
        here.questionnaire,
        names=here.names,
        answers=answers,
        base=form.data.get("base", ""),
        position=here.number if form.errors else onward or here.number,
        by=request.user,
        at=timezone.now(),
    )
    if form.errors:
        raise StillWrong
    memory.forget()
    if go == "keep" or onward is None:
        return redirect(here.questionnaire)
    if onward == here.number and go == "next":
        messages.info(request, _("Your answer brings up something more to ask."))
    address = reverse("questionnaire_page", args=[here.questionnaire.pk, onward])
    return redirect(address + here.anchor(form, answers, go))


def _find(request: HttpRequest, pk: UUID) -> Questionnaire:
    return get_object_or_404(Questionnaire.objects.visible_to(request.user).whole(), pk=pk)


def _find_to_write(request: HttpRequest, pk: UUID) -> Questionnaire:
    """One that this user may answer; for everybody else its pages to write on do not exist."""
    found = _find(request, pk)
    if not _may_write(request, found):
        raise Http404
    return found


def _may_write(request: HttpRequest, found: Questionnaire) -> bool:
    return frame.may(request, found.case_id, May.RATE) if found.case_id else True


def _chosen(request: HttpRequest, offers: list) -> PublishedInstrument:
    """The newest version of the instrument that was chosen, among those that are offered."""
    wanted = request.POST.get("instrument", "")
    found = next((published for published, guide in offers if guide.id == wanted), None)
    if found is None:
        raise Http404
    return found


def _named(rows) -> list[tuple[Questionnaire, str]]:
    """Each with the name of its instrument, in the reader's language."""
    return [(row, reading.guide_of(row).name) for row in rows]


def _whole(request: HttpRequest, found: Questionnaire, *, owed: list) -> HttpResponse:
    guide, today = reading.guide_of(found), timezone.localdate()
    asked = reading.asked_pages(found, guide, today)
    titles = reading.titles(guide, found.answers, today)
    sections = [
        {
            "number": number,
            "title": titles[number],
            "blocks": reading.blocks(reading.lines(guide, found.answers, page, today)),
        }
        for number, page in asked
    ]
    context = {
        "sections": sections,
        "owed": [_owed(one, guide) for one in owed],
        "may_write": _may_write(request, found) and not found.is_finished,
    }
    return _framed(request, found, "questionnaires/questionnaire.html", context)


def _owed(problem, guide) -> dict:
    """What is still owed, and the page on which it is."""
    return {
        "question": problem.question.label,
        "sentence": forms.sentence(problem, {}),
        "number": reading.number_of(guide, problem.path[0]),
        "field": reading.field_name(problem.path),
    }


def _framed(request: HttpRequest, found: Questionnaire, template: str, context: dict) -> HttpResponse:
    """In the frame of the record, or of the agency when it is about its own practice."""
    shown = {"questionnaire": found, "guide": reading.guide_of(found), **context}
    if found.case_id:
        return frame.record(request, found.case, template, shown, tab="questionnaires")
    return agency(request, template, shown, tab="practice")
