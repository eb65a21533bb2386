"""What we change in allauth: nobody signs up alone, and second-factor secrets are sealed."""

from base64 import b64decode, b64encode

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter

from r2com.vault import keyring, sealing
from r2com.vault.models import Owner
from r2com.vault.system import SYSTEM

PLACE = "mfa.authenticator.secret"


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        """People come by invitation only."""
        return False


class MFAAdapter(DefaultMFAAdapter):
    def encrypt(self, text):
        keyring.make(Owner.SYSTEM, SYSTEM)
        return b64encode(sealing.seal(text, Owner.SYSTEM, SYSTEM, PLACE)).decode()

    def decrypt(self, encrypted_text):
        return sealing.open_sealed(b64decode(encrypted_text), Owner.SYSTEM, SYSTEM, PLACE)

    def _get_site_name(self):
        """The neutral name in somebody's authenticator app: it may be seen over a shoulder."""
        return "Sign in"
