"""What matters most is done only by somebody who showed within ten minutes that it is they.

Which addresses these are stands in one table (`config.policy.ASK_AGAIN`). What was typed waits sealed in the
session meanwhile, and is sent by the same person afterwards (NIST SP 800-63B-4, section 2.2.3; WCAG 2.2.5).
"""

import json
from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from r2com.vault import keyring, sealing
from r2com.vault.models import Owner
from r2com.vault.system import SYSTEM

WAITING = "waiting"
PLACE = "accounts.waiting"
LEFT_OUT = {"csrfmiddlewaretoken"}
LARGEST = 500_000


@dataclass(frozen=True)
class Words:
    """What somebody sent, where to, from which page, and each field with its values."""

    path: str
    page: str
    fields: dict[str, list[str]]


def is_fresh(request) -> bool:
    """Whether somebody signed in or confirmed who they are within the last ten minutes."""
    return not is_reauthentication_required(request, app="r2com")


def ask(request) -> HttpResponseRedirect:
    """Lead somebody to show who they are; afterwards they are back, with what they had typed."""
    back = request.get_full_path() if request.method in ("GET", "HEAD") else _hold(request)
    return HttpResponseRedirect(f"{_how(request)}?{urlencode({REDIRECT_FIELD_NAME: back})}")


def _how(request) -> str:
    ways = get_adapter(request).get_reauthentication_methods(request.user)
    return ways[0]["url"] if ways else reverse("account_reauthenticate")


def _hold(request) -> str:
    """Seal the posted words into the session. Where that cannot be, one is led back to the page itself."""
    fields = {name: values for name, values in request.POST.lists() if name not in LEFT_OUT}
    words = json.dumps(
        {
            "path": request.get_full_path(),
            "page": _page(request),
            "fields": fields,
            "user": str(request.user.pk),
        }
    )
    if request.FILES or len(words) > LARGEST:
        return request.get_full_path()
    keyring.make(Owner.SYSTEM, SYSTEM)
    request.session[WAITING] = sealing.seal(words, Owner.SYSTEM, SYSTEM, PLACE).hex()
    return reverse("go_on")


def _page(request) -> str:
    """The page of ours that something was sent from."""
    page = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(page, {request.get_host()}, request.is_secure())
    return page if is_ours else "/"


def waiting(request) -> Words | None:
    """What waits for this person, and for nobody else."""
    sealed = request.session.get(WAITING)
    if sealed is None:
        return None
    held = json.loads(sealing.open_sealed(bytes.fromhex(sealed), Owner.SYSTEM, SYSTEM, PLACE))
    return Words(held["path"], held["page"], held["fields"]) if held["user"] == str(request.user.pk) else None


def forget(request) -> None:
    """Once it was sent, nothing waits any more."""
    request.session.pop(WAITING, None)
