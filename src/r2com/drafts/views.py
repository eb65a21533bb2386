"""Autosave: the address that a form sends its words to while they are being typed."""

from uuid import UUID

from django.core import signing
from django.http import Http404, HttpResponseBadRequest, JsonResponse
from django.utils import timezone
from django.utils.formats import time_format
from django.views.decorators.http import require_POST

from r2com.access.models import Grant
from r2com.core.scripts import from_json

from . import actions
from .forms import SALT

LONGEST = 500_000


@require_POST
def draft(request, token):
    key, case = _may_save(request, token)
    try:
        sent = _typed(request.body)
    except ValueError:
        return HttpResponseBadRequest()
    try:
        saved = actions.save(key, **sent, case=case, by=request.user, at=timezone.now())
    except actions.OtherVersion as other:
        return JsonResponse({**_told(other.draft), "fields": other.draft.fields}, status=409)
    return JsonResponse(_told(saved))


def _may_save(request, token):
    """The form's key and case, if this person was given the form and may still see the case."""
    try:
        key, case, user = signing.loads(token, salt=SALT)
    except signing.BadSignature as fault:
        raise Http404 from fault
    if user != str(request.user.pk):
        raise Http404
    case = UUID(case) if case else None
    if case and not Grant.objects.live().held_by(request.user).filter(case=case).exists():
        raise Http404
    return key, case


def _typed(body):
    """The fields and the version they were typed on. Raises ValueError."""
    if len(body) > LONGEST:
        raise ValueError
    sent = from_json(body)
    if not isinstance(sent, dict) or not isinstance(sent.get("fields"), dict):
        raise ValueError
    if not all(isinstance(v, list) and all(isinstance(x, str) for x in v) for v in sent["fields"].values()):
        raise ValueError
    if not isinstance(sent.get("version"), int):
        raise ValueError
    return {"fields": sent["fields"], "base": sent["version"]}


def _told(draft):
    return {"version": draft.version, "saved_at": time_format(timezone.localtime(draft.saved_at), "H:i")}
