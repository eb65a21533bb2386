"""Complaining without an account: nothing is asked but what happened, and nothing is left in the browser."""

from allauth.account import app_settings as sign_in
from allauth.core.internal import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from r2com.core.refusals import Refused
from r2com.organisations.models import Organisation
from r2com.ui.pages import page

from .. import actions, door
from ..forms import AnswerForm, AppealForm, OpenComplaintForm

OFTEN = {"complain": sign_in.RATE_LIMITS["login"]}


def _too_often(request, form) -> bool:
    """Says so on the form when one address sends more than it should."""
    if ratelimit.consume(request, app="rights", action="complain", config=OFTEN):
        return False
    form.add_error(None, _("Too many tries. Wait five minutes, then try again."))
    return True


@login_not_required
@require_http_methods(["GET", "POST"])
def complain(request):
    """Write what went wrong, and get a reference and four words for the answer."""
    houses = list(Organisation.objects.order_by("made_at"))
    if not houses:
        raise Http404
    form = OpenComplaintForm(request.POST or None, houses=houses)
    status = 200
    if form.is_valid():
        if _too_often(request, form):
            status = 429
        else:
            said = form.said()
            made, words = actions.complain(said.pop("house"), **said, by=None, at=timezone.now())
            return _shown(request, "rights/made.html", {"complaint": made, "words": words})
    return _shown(request, "rights/complain.html", {"form": form}, status)


@login_not_required
@require_http_methods(["GET", "POST"])
def answer(request):
    """The answer, for whoever has reference and words; and the way to another person."""
    form, status = AnswerForm(request.POST or None), 200
    if form.is_valid():
        if _too_often(request, form):
            status = 429
        elif found := door.find(**form.cleaned_data):
            return _answered(request, found)
        else:
            form.add_error(None, _("Reference and words do not fit together. Look at both again."))
    return _shown(request, "rights/answer.html", {"form": form}, status)


def _answered(request, found):
    at = timezone.now()
    asked = AppealForm(request.POST if "why" in request.POST else None)
    if asked.is_valid():
        try:
            actions.appeal(found, words=asked.cleaned_data["why"], by=None, at=at)
        except Refused as refusal:
            asked.add_error(None, str(refusal))
        else:
            found = door.find(request.POST["reference"], request.POST["words"])
    context = {"complaint": found, "form": asked, "may_appeal": found.may_be_appealed(at)}
    keys = {name: request.POST[name] for name in ("reference", "words")}
    return _shown(request, "rights/answered.html", {**context, "keys": keys})


def _shown(request, template: str, context: dict, status: int = 200):
    """Under a name that says nothing, and kept by no cache."""
    response = page(request, template, {"house": _("To write to us"), **context}, status)
    response["Cache-Control"] = "no-store"
    return response
