"""The letter templates that the agency words for itself."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from r2com.access.roles import May
from r2com.core.refusals import Refused
from r2com.drafts.forms import remembered
from r2com.organisations.frame import agency
from r2com.organisations.permission import only

from .. import actions
from ..forms import TemplateForm
from ..models import LetterTemplate
from ..placeholders import KNOWN


@only(May.SET_UP)
@require_safe
def letter_templates(request: HttpRequest) -> HttpResponse:
    rows = list(LetterTemplate.objects.visible_to(request.user))
    languages = [_in_language(rows, code, name) for code, name in settings.LANGUAGES]
    return agency(request, "letters/templates.html", {"languages": languages}, tab="letter_templates")


@only(May.SET_UP)
@require_http_methods(["GET", "POST"])
def add_letter_template(request: HttpRequest, language: str) -> HttpResponse:
    if language not in dict(settings.LANGUAGES):
        raise Http404
    organisation = request.membership.organisation
    memory = remembered(request, f"agency:letters:{language}")
    form = TemplateForm(request.POST or None, initial=memory.initial(TemplateForm))
    if form.is_valid():
        who = {"by": request.user, "at": timezone.now()}
        try:
            actions.add_template(organisation, language=language, **form.cleaned_data, **who)
        except Refused as refusal:
            form.add_error("text", str(refusal))
        else:
            memory.forget()
            return redirect("letter_templates")
    return _page(request, form, memory, language, None)


@only(May.SET_UP)
@require_http_methods(["GET", "POST"])
def letter_template(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Word a template anew."""
    found = _find(request, pk)
    if request.method == "GET" and found.ends is not None:
        return redirect("letter_templates")
    start = {name: getattr(found, name) for name in ("name", "subject", "text")}
    memory = remembered(request, f"agency:letter:{pk}")
    form = TemplateForm(request.POST or None, initial=memory.initial(TemplateForm, start))
    if form.is_valid():
        try:
            actions.reword_template(found, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error("text", str(refusal))
        else:
            memory.forget()
            messages.info(request, _("Worded anew from today on. Letters that were begun keep their words."))
            return redirect("letter_templates")
    return _page(request, form, memory, found.language, found)


@only(May.SET_UP)
@require_POST
def retire_letter_template(request: HttpRequest, pk: UUID) -> HttpResponse:
    try:
        actions.retire_template(_find(request, pk), by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect("letter_templates")


def _find(request: HttpRequest, pk: UUID) -> LetterTemplate:
    return get_object_or_404(LetterTemplate.objects.visible_to(request.user), pk=pk)


def _page(request, form, memory, language: str, template: LetterTemplate | None) -> HttpResponse:
    shown = {
        "form": form,
        "memory": memory,
        "template": template,
        "code": language,
        "spoken": dict(settings.LANGUAGES)[language],
        "known": [("{" + name + "}", meaning) for name, meaning in KNOWN.items()],
    }
    return agency(request, "letters/template.html", shown, tab="letter_templates")


def _in_language(rows: list[LetterTemplate], code: str, name) -> dict:
    here = [row for row in rows if row.language == code]
    return {
        "code": code,
        "name": name,
        "in_use": [row for row in here if row.ends is None],
        "older": [row for row in here if row.ends is not None],
    }
