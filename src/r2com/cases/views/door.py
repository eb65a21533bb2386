"""At the door: search, then open a case or say not this time."""

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from r2com.access import wall
from r2com.access.roles import ROLES, May
from r2com.audit import trail
from r2com.cases import actions
from r2com.cases.forms.door import DoorForm, Offered, SearchForm
from r2com.cases.forms.rows import worded, wordings
from r2com.cases.keeping import deletion_day
from r2com.cases.models import Case, Door
from r2com.core.refusals import Refused
from r2com.drafts.forms import as_post, remembered
from r2com.organisations.models import Membership
from r2com.organisations.permission import only
from r2com.people import search
from r2com.sharing.models import Category, LawfulBasis, NoBasis, must_have_basis
from r2com.ui.pages import page

KEY = "door"


@dataclass(frozen=True)
class Known:
    """Somebody with a name like this, and the page on which their record is."""

    key: str
    name: str
    born: date | None
    reference: str


@only(May.OPEN_DOOR)
@require_http_methods(["GET", "POST"])
def door(request):
    """One address for both screens, so that no name ever stands in one."""
    step = STEPS.get(request.POST.get("step"), _begin)
    return step(request, remembered(request, KEY))


@only(May.OPEN_DOOR)
@require_safe
def declined(request, door_id):
    """What stays of somebody we declined, until the day it is deleted."""
    found = _declined(request.user, door_id)
    trail.opened("declined", subject=found, by=request.user)
    signposts = [worded(entry) for entry in found.signposts.all()]
    context = {"door": found, "reason": worded(found.decline_reason), "signposts": signposts}
    return page(request, "cases/door/declined.html", context)


@wall.for_the_house("of whom we decline, nobody has a grant")
def _declined(user, door_id) -> Door:
    rows = Door.objects.visible_to(user).select_related("person", "decline_reason")
    return get_object_or_404(rows, pk=door_id, answer=Door.Answer.DECLINED)


def _begin(request, memory):
    """The search, or what somebody began here and has not finished."""
    if memory.fields:
        return _second_screen(request, memory, as_post(memory.fields))
    return page(request, "cases/door/search.html", {"form": SearchForm()})


def _search(request, memory):
    skips = request.POST["step"] == "skip"
    form = SearchForm(request.POST, skips=skips)
    if not form.is_valid():
        return page(request, "cases/door/search.html", {"form": form, "skips": skips})
    if memory.fields:
        messages.warning(request, _("You had begun with somebody. Finish or drop that first."))
        return redirect("door")
    typed = request.POST.copy()
    if not skips:
        typed["search_skipped_because"] = ""
    return _second_screen(request, memory, typed)


def _turn_the_page(request, memory):
    """Show or put away the part about saying no; nothing is checked yet and nothing is lost."""
    return _second_screen(request, memory, request.POST, declines=request.POST["step"] == "not_now")


def _drop(request, memory):
    memory.forget()
    return redirect("door")


def _open(request, memory):
    def act(form):
        who, arrival = form.newcomer(), form.arrival()
        deputy = form.cleaned_data["deputy"]
        case = actions.open_case(who, arrival, deputy=deputy, by=request.user, at=timezone.now())
        messages.success(request, _("The case is open. Next: tell them what we do."))
        return redirect("explain", case.reference)

    return _answer(request, memory, act)


def _decline(request, memory):
    def act(form):
        said = form.cleaned_data
        found = actions.turn_away(
            form.newcomer(),
            form.arrival(),
            reason=said["decline_reason"],
            signposts=said["signposts"],
            by=request.user,
            at=timezone.now(),
        )
        return redirect("declined", found.pk)

    return _answer(request, memory, act, declines=True)


STEPS = {
    "search": _search,
    "skip": _search,
    "not_now": _turn_the_page,
    "back": _turn_the_page,
    "drop": _drop,
    "open": _open,
    "decline": _decline,
}


def _answer(request, memory, act, declines=False):
    """Ask the form and do it; or show the form again, with what is missing or what a rule says."""
    form = DoorForm(request.POST, offered=_offered(request, request.POST), declines=declines)
    if form.is_valid():
        try:
            done = act(form)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            declines = declines or isinstance(refusal, actions.NotAdmissible)
        else:
            memory.forget()
            return done
    return _show(request, memory, form, declines)


def _second_screen(request, memory, typed: QueryDict, declines=False):
    """The form with what was typed so far, and without complaints."""
    begun = bool(memory.fields) and request.method == "GET"
    memory.fields = dict(typed.lists())
    form = DoorForm(initial=memory.initial(DoorForm), offered=_offered(request, typed))
    return _show(request, memory, form, declines, begun)


def _show(request, memory, form, declines, begun=False):
    organisation = request.membership.organisation
    context = {"form": form, "memory": memory, "declines": declines, "begun": begun}
    context["deletion_day"] = deletion_day(organisation, timezone.localdate()) if declines else None
    return page(request, "cases/door/form.html", context)


def _offered(request, typed: QueryDict) -> Offered:
    """What can be chosen here today, and who has a name like the one typed."""
    today, ours = timezone.localdate(), request.membership
    bases = list(LawfulBasis.objects.on(today).filter(organisation=ours.organisation, category=Category.CORE))
    return Offered(
        lists=wordings(ours.organisation, today),
        bases=bases,
        no_basis="" if bases else _no_basis(ours.organisation, today),
        teams=[ours.team] if ours.team else list(ours.organisation.teams.on(today)),
        colleagues=_colleagues(ours, today),
        known=_known(request, typed),
        language=ours.organisation.language,
    )


def _no_basis(organisation, today) -> str:
    """What the register says when nothing in it lets us write somebody down."""
    try:
        must_have_basis(organisation, Category.CORE, today)
    except NoBasis as refusal:
        return str(refusal)
    return ""


def _colleagues(ours: Membership, today) -> dict:
    """Who could stand in: those who rate, in the same team where there is one."""
    rating = [role for role, about in ROLES.items() if May.RATE in about.may]
    others = Membership.objects.on(today).filter(organisation=ours.organisation, role__in=rating)
    others = others.filter(team=ours.team) if ours.team else others.filter(team__isnull=False)
    found = others.exclude(user=ours.user_id).select_related("user", "team").order_by("user__name")
    return {one.user: one.team for one in found}


def _known(request, typed: QueryDict) -> list[Known]:
    """Search, unless there is a reason not to. That somebody searched is on the trail."""
    form = SearchForm(typed)
    if typed.get("search_skipped_because") or not form.is_valid():
        return []
    name, born = form.cleaned_data["name"], form.cleaned_data["born"]
    people = search.known(request.membership.organisation, name, born, to=request.user)
    trail.record("door.searched", subject=None, by=request.user, found=[str(one.pk) for one in people])
    cases = Case.objects.visible_to(request.user).filter(person__in=people).order_by("opened_at")
    references = {case.person_id: case.reference for case in cases}
    return [Known(str(one.pk), one.name, one.birthday, references.get(one.pk, "")) for one in people]
