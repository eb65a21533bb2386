"""One session with several people, written down once."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from r2com.access.models import Grant
from r2com.access.roles import May
from r2com.audit import trail
from r2com.cases.models import Case
from r2com.core.refusals import Refused
from r2com.drafts.forms import Remembered, remembered
from r2com.organisations.permission import only
from r2com.ui.pages import page
from r2com.vault import keyring
from r2com.vault.models import Owner

from .. import actions, prefill
from ..forms import SessionForm
from ..models import Attendance
from .writing import back_to

MOST = 200


@only(May.ADD_EVIDENCE)
@require_http_methods(["GET", "POST"])
def session(request: HttpRequest) -> HttpResponse:
    """Choose who was expected, then write the common part once and each one's own part apart."""
    now = timezone.now()
    cases = _people(request.user)
    memory = remembered(request, "contact:together")
    form = _form(request, memory, cases, prefill.when(None, request.user, timezone.localtime(now)))
    back = back_to(request, reverse("people"))
    if form.is_valid():
        try:
            written = actions.write_for_several(form.notes, by=request.user, at=now)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            memory.forget()
            many = ngettext("One note is kept.", "%(number)d notes are kept.", len(written))
            messages.info(request, many % {"number": len(written)})
            return redirect(back)
    trail.opened("group_session", subject=None, by=request.user, cases=sorted(str(case.pk) for case in cases))
    context = {"form": form, "memory": memory, "back": back}
    return page(request, "contacts/session.html", context)


def _people(user) -> list[Case]:
    """Those I may write about, by the day of release, as on the page of the people I support."""
    writing = Grant.objects.live().held_by(user).that_allow(May.ADD_EVIDENCE).values("case")
    rows = Case.objects.visible_to(user).filter(pk__in=writing).select_related("person")
    cases = list(rows.order_by("release_on", "opened_at")[:MOST])
    people = {case.person_id for case in cases}
    keyring.warm_all({Owner.PERSON: people, Owner.CASE: {case.pk for case in cases}})
    return cases


def _form(request: HttpRequest, memory: Remembered, cases: list[Case], start: dict) -> SessionForm:
    """The form with a part for each who was chosen; it is judged once these parts were filled in."""
    asked = dict(request.POST.lists()) if request.method == "POST" else memory.fields
    chosen = [case for case in cases if str(case.pk) in asked.get("people", [])]
    given = {"cases": cases, "chosen": chosen}
    start |= {f"attendance_{case.pk}": Attendance.TOOK_PLACE for case in chosen}
    is_whole = all(f"attendance_{case.pk}" in request.POST for case in chosen)
    keeps = request.method == "POST" and "look" not in request.POST
    if keeps and is_whole:
        return SessionForm(request.POST, **given)
    memory.fields = asked
    return SessionForm(initial=memory.initial(SessionForm, start), **given, waits=keeps)
