"""The pages of a questionnaire: choose one, fill it in page by page, finish it, read it again."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from r2com.access.roles import May
from r2com.cases import frame
from r2com.core.refusals import Changed, Refused
from r2com.drafts.forms import Remembered, remembered

from .. import actions, forms, paper, practice, reading
from ..filling import Here
from ..models import Chosen, Questionnaire
from .finding import chosen, find, find_to_write, framed, may_write, named

# The bar leads nowhere while somebody else holds the device: no list of people, no account.
BY_THEMSELVES = {"by_themselves": True, "navigation": (), "worry": ""}
WITH_A_PERSON = ("person-with-worker", "person-alone")


@require_http_methods(["GET", "POST"])
def questionnaires(request: HttpRequest, reference: str) -> HttpResponse:
    """Those of a case, and those that can be begun."""
    case = frame.find(request, reference)
    offers = reading.askable(*WITH_A_PERSON) if frame.may(request, case.pk, May.RATE) else []
    if request.method == "POST":
        frame.must_allow(request, case.pk, May.RATE)
        published = chosen(request.POST.get("instrument", ""), offers)
        try:
            begun = actions.begin(case, published=published, by=request.user, at=timezone.now())
        except Refused as refusal:
            messages.warning(request, str(refusal))
            return redirect("questionnaires", case.reference)
        return redirect("questionnaire_page", begun.pk, begun.position)
    rows = Questionnaire.objects.visible_to(request.user).filter(case=case).for_list()
    shown = {"rows": named(rows), "offers": offers}
    return frame.record(request, case, "questionnaires/questionnaires.html", shown, tab="questionnaires")


@require_GET
def questionnaire(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was asked and answered, and where it goes on."""
    return _whole(request, find(request, pk), owed=[])


@require_http_methods(["GET", "POST"])
def fill(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """One page of questions. What is kept may bring up more to ask: then the page is shown again."""
    found = find_to_write(request, pk)
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
            form = context["form"] = here.with_what_is_new(form, answers)
        here.go_on_top(form)
    form.mark_owed()
    alone = here.guide.for_whom == "person-alone"
    template = "questionnaires/alone.html" if alone else "questionnaires/page.html"
    return framed(request, found, template, context | (BY_THEMSELVES if alone else {}))


@require_POST
def finish(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = find_to_write(request, pk)
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
    found, at = find(request, pk), timezone.now()
    actions.printed(found, by=request.user, at=at)
    around = _of_practice(request, found, timezone.localdate(at))
    made = paper.printed(found, around, by=request.user, at=at)
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
    if here.guide.for_whom == "person-alone" and (go == "stop" or onward is None):
        return redirect("thank_you", here.questionnaire.pk)
    if go == "keep" or onward is None:
        return redirect(here.questionnaire)
    if onward == here.number and go == "next":
        messages.info(request, _("Your answer brings up something more to ask."))
    address = reverse("questionnaire_page", args=[here.questionnaire.pk, onward])
    return redirect(address + here.anchor(form, answers, go))


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
        "may_write": may_write(request, found) and not found.is_finished,
        **_of_practice(request, found, today),
    }
    return framed(request, found, "questionnaires/questionnaire.html", context)


def _of_practice(request: HttpRequest, found: Questionnaire, today: date) -> dict:
    """What was answered otherwise last time, and what was chosen to change, once it is finished."""
    if not found.is_of_practice or not found.is_finished:
        return {}
    earlier = Questionnaire.objects.visible_to(request.user).before(found).first()
    rows = Chosen.objects.visible_to(request.user).filter(questionnaire=found.pk).for_list()
    changes = practice.changes(earlier, found, today) if earlier else []
    return {"earlier": earlier, "changes": changes, "chosen": practice.listed(rows)}


def _owed(problem, guide) -> dict:
    """What is still owed, and the page on which it is."""
    return {
        "question": problem.question.label,
        "sentence": forms.sentence(problem, {}),
        "number": reading.number_of(guide, problem.path[0]),
        "field": reading.field_name(problem.path),
    }
