"""The name that somebody looked for last, so that the way back leads to the people who were found.

It is posted and never stands in an address. For the page behind it, and for every way back to that page, it
waits sealed in the session.
"""

from django.http import HttpResponseRedirect
from django.urls import reverse

from r2com.vault import keyring, sealing
from r2com.vault.models import Owner
from r2com.vault.system import SYSTEM

SEARCHED = "searched"
PLACE = "home.searched"
FOUND = "found"


def lead_to_found(request, name: str) -> HttpResponseRedirect:
    """Keep the name, and go on to the people who have one like it."""
    keyring.make(Owner.SYSTEM, SYSTEM)
    request.session[SEARCHED] = sealing.seal(name, Owner.SYSTEM, SYSTEM, PLACE).hex()
    return HttpResponseRedirect(f"{reverse('people')}?show={FOUND}")


def kept(request) -> str:
    """The name that was looked for, on the page of those who were found; else nothing."""
    sealed = request.session.get(SEARCHED)
    if request.GET.get("show") != FOUND or sealed is None:
        return ""
    return sealing.open_sealed(bytes.fromhex(sealed), Owner.SYSTEM, SYSTEM, PLACE)
