"""What was posted after the session had run out waits, sealed, until the person is back."""

import json

from r2com.vault import keyring, sealing
from r2com.vault.models import Owner
from r2com.vault.system import SYSTEM

SESSION = "parked"
PLACE = "drafts.parked"
LEFT_OUT = {"csrfmiddlewaretoken", "password"}
LARGEST = 500_000


def keep(request) -> None:
    """Seal the posted words into the session that is about to sign in."""
    fields = {name: values for name, values in request.POST.lists() if name not in LEFT_OUT}
    words = json.dumps({"path": request.path, "fields": fields})
    if len(words) > LARGEST:
        return
    keyring.make(Owner.SYSTEM, SYSTEM)
    request.session[SESSION] = sealing.seal(words, Owner.SYSTEM, SYSTEM, PLACE).hex()


def take(request) -> dict | None:
    """The words that were parked for this page, once."""
    sealed = request.session.get(SESSION)
    if sealed is None:
        return None
    parked = json.loads(sealing.open_sealed(bytes.fromhex(sealed), Owner.SYSTEM, SYSTEM, PLACE))
    if parked["path"] != request.path:
        return None
    del request.session[SESSION]
    return parked["fields"]
