"""Recovery codes: kept as slow hashes only, shown once in the browser that made them, each used once."""

import hmac
import json
import secrets
from hashlib import scrypt

from allauth.core import context
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal import auth, flows
from allauth.mfa.utils import decrypt, encrypt
from django.db import transaction

FRESH = "fresh_recovery_codes"
KIND = Authenticator.Type.RECOVERY_CODES
# Sixteen mebibytes and some hundredths of a second for each guess.
COST = {"n": 2**14, "r": 8, "p": 1, "dklen": 32}
SeededCodes = auth.RecoveryCodes


class HashedCodes(SeededCodes):
    """Stands in for allauth's class, which keeps a seed from which every code can be made again."""

    @classmethod
    def activate(cls, user):
        """Make a set unless there is one. The codes themselves wait sealed in the session to be shown."""
        kept = Authenticator.objects.filter(user_id=user.pk, type=KIND).first()
        if kept:
            return cls(kept)
        codes = [_code() for _ in range(app_settings.RECOVERY_CODE_COUNT)]
        kept = Authenticator.objects.create(user=user, type=KIND, data=_hashes(codes))
        _wait_to_be_shown(kept, codes)
        made = cls(kept)
        made.fresh = codes
        return made

    def generate_codes(self):
        """Nobody can make them again."""
        return []

    def get_unused_codes(self):
        """As many stars as are left: what they were is not known here any more."""
        self._forget_seed()
        return ["****"] * len(self.instance.data["hashes"])

    @transaction.atomic
    def validate_code(self, code):
        """Whether it is one of them. If so, it is used up."""
        self.instance = Authenticator.objects.select_for_update().get(pk=self.instance.pk)
        self._forget_seed()
        data = self.instance.data
        given = _hash(code, data["salt"])
        left = [kept for kept in data["hashes"] if not hmac.compare_digest(kept, given)]
        if len(left) == len(data["hashes"]):
            return False
        self.instance.data = data | {"hashes": left}
        self.instance.save(update_fields=["data"])
        return True

    def _forget_seed(self):
        """A set from before codes were hashed: keep the hashes of what is left of it, and not the seed."""
        data = self.instance.data
        if "seed" in data:
            left = SeededCodes(self.instance).get_unused_codes()
            self.instance.data = _hashes(left) | {"viewed_at": data.get("viewed_at")}
            self.instance.save(update_fields=["data"])


def stand_in():
    """Have allauth use hashed codes. It names its class in these two modules and offers no setting."""
    for module in (auth, flows):
        vars(module)["RecoveryCodes"] = HashedCodes


def take_fresh(request) -> list[str]:
    """The codes that were just made in this browser, for the one time they are shown."""
    sealed = request.session.pop(FRESH, None)
    if not sealed:
        return []
    waiting = json.loads(decrypt(sealed))
    still = Authenticator.objects.filter(user=request.user, type=KIND, pk=waiting["set"]).exists()
    return waiting["codes"] if still else []


def _wait_to_be_shown(kept, codes):
    session = getattr(context.request, "session", None)
    if session is not None:
        session[FRESH] = encrypt(json.dumps({"set": kept.pk, "codes": codes}))


def _code() -> str:
    digits = app_settings.RECOVERY_CODE_DIGITS
    return str(secrets.randbelow(10**digits)).zfill(digits)


def _hashes(codes) -> dict:
    salt = secrets.token_hex(16)
    return {"salt": salt, "hashes": [_hash(code, salt) for code in codes]}


def _hash(code: str, salt: str) -> str:
    """Blanks and hyphens that somebody types between the digits do not count."""
    plain = "".join(sign for sign in code if sign.isalnum()).encode(errors="replace")
    return scrypt(plain, salt=bytes.fromhex(salt), **COST).hex()
