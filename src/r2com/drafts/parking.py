"""What was posted after the session had run out waits, sealed, until the person is back."""

import json

from django.conf import settings
from django.utils.crypto import salted_hmac

from r2com.vault import keyring, sealing
from r2com.vault.models import Owner
from r2com.vault.system import SYSTEM

SESSION = "parked"
WRITER = "writer"
PLACE = "drafts.parked"
LEFT_OUT = {"csrfmiddlewaretoken", "password"}
LARGEST = 500_000


def keep(request) -> None:
    """Seal the posted words into the session that is about to sign in."""
    fields = {name: values for name, values in request.POST.lists() if name not in LEFT_OUT}
    words = json.dumps({"path": request.path, "fields": fields, "writer": request.COOKIES[WRITER]})
    if len(words) > LARGEST:
        return
    keyring.make(Owner.SYSTEM, SYSTEM)
    request.session[SESSION] = sealing.seal(words, Owner.SYSTEM, SYSTEM, PLACE).hex()


def take(request) -> dict | None:
    """The words that were parked for this page, once, and only for whoever wrote them."""
    sealed = request.session.get(SESSION)
    if sealed is None:
        return None
    parked = json.loads(sealing.open_sealed(bytes.fromhex(sealed), Owner.SYSTEM, SYSTEM, PLACE))
    if parked["path"] != request.path:
        return None
    del request.session[SESSION]
    return parked["fields"] if parked["writer"] == mark(request.user) else None


def mark(user) -> str:
    """What stands in a browser for whoever wrote there last. It tells nobody who that was."""
    return salted_hmac("drafts.writer", str(user.pk), algorithm="sha256").hexdigest()


def remember_writer(request, response) -> None:
    """So that somebody else who signs in at this browser is not given words that are not theirs."""
    if request.COOKIES.get(WRITER) != mark(request.user):
        secure = settings.SESSION_COOKIE_SECURE
        response.set_cookie(WRITER, mark(request.user), secure=secure, httponly=True, samesite="Strict")
