"""The programmes of one person, and choosing one together."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from r2com.access.roles import May
from r2com.cases import frame
from r2com.cases.models import Case
from r2com.core.programmes import Programme
from r2com.core.refusals import Refused
from r2com.drafts.forms import remembered
from r2com.instruments import reading as instruments

from .. import actions, gate, library, reading
from ..forms import ChooseForm, proposed
from ..models import Offer, SafetyCheck
from .browsing import found

TAB = "case_programmes"


@require_safe
def case_programmes(request: HttpRequest, reference: str) -> HttpResponse:
    """What was chosen, what was said no to, and what there is."""
    case = frame.find(request, reference)
    offers = _offers(request, case)
    courses = [reading.course(offer) for offer in offers]
    going = {
        course.programme.id for course in courses if course.offer.is_chosen and not course.offer.is_ended
    }
    context = {
        "under_way": [one for one in courses if one.programme.id in going and not one.offer.is_ended],
        "ended": [one for one in courses if one.offer.is_ended],
        "refused": [one for one in courses if not one.offer.is_chosen],
        "others": [one for one in library.offered(get_language()) if one.id not in going],
        "may_choose": frame.may(request, case.pk, May.RATE),
    }
    return frame.record(request, case, "programmes/case_programmes.html", context, tab=TAB)


@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest, reference: str, programme: str) -> HttpResponse:
    case = frame.find(request, reference)
    frame.must_allow(request, case.pk, May.RATE)
    offered = found(programme)
    if offered.guard and not _gate(request, case).is_open:
        return redirect("restorative", case.reference)
    memory = remembered(request, f"programme:{programme}:{case.pk}", case=case)
    form = _form(request, case, offered, memory)
    if form.is_valid():
        try:
            offer = actions.choose(
                case, programme=programme, **form.chosen, by=request.user, at=timezone.now()
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            memory.forget()
            return redirect(offer if offer.is_chosen else "case_programmes", *_args(offer))
    context = {"programme": offered, "form": form, "memory": memory}
    return frame.record(request, case, "programmes/choose.html", context, tab=TAB)


def _args(offer: Offer) -> list:
    return [] if offer.is_chosen else [offer.case.reference]


def _offers(request: HttpRequest, case: Case) -> list[Offer]:
    """What was offered; a guarded programme only for those who read what is sensitive."""
    rows = Offer.objects.visible_to(request.user).filter(case=case).whole()
    trusted = frame.may(request, case.pk, May.READ_SENSITIVE)
    return [one for one in rows if trusted or not library.kept(one.edition, "en").guard]


def _gate(request: HttpRequest, case: Case) -> gate.Gate:
    return gate.of(SafetyCheck.objects.visible_to(request.user).filter(case=case).whole().first())


def _form(request: HttpRequest, case: Case, offered: Programme, memory) -> ChooseForm:
    given = {
        "instrument": instruments.instrument(instruments.newest(), get_language()),
        "team": [member.user for member in frame.current_members(case)],
    }
    return ChooseForm(request.POST or None, initial=memory.initial(ChooseForm, proposed(offered)), **given)
