"""What we change in allauth: nobody signs up alone, second-factor secrets are sealed, and our own words."""

import time
from base64 import b64decode, b64encode

import qrcode
from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from qrcode.image.svg import SvgPathFillImage

from r2com.vault import keyring, sealing
from r2com.vault.models import Owner
from r2com.vault.system import SYSTEM

from . import devices
from .sessions import DEVICE, SIGNED_IN_AT

PLACE = "mfa.authenticator.secret"
TO_THE_LOG = "django.core.mail.backends.console.EmailBackend"


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed. Ask whoever looks after accounts."),
        "email_password_mismatch": _("Email and password do not match an account. Try again."),
        "enter_current_password": _("This is not your present password."),
        "incorrect_code": _("This code does not fit. Wait for the next one and try again."),
        "incorrect_password": _("This is not your password."),
        "invalid_password_reset": _("This link has been used or is too old."),
        "rate_limited": _("Too many tries. Wait five minutes, then try again."),
        "too_many_login_attempts": _("Too many tries. Wait five minutes, then try again."),
    }

    def is_open_for_signup(self, request):
        """People come by invitation only."""
        return False

    def add_message(self, request, kind, message_template=None, *args, **kwargs):
        """Nothing is said to somebody who has signed out: the next person at the browser would read it."""
        if message_template != "account/messages/logged_out.txt":
            super().add_message(request, kind, message_template, *args, **kwargs)

    def is_safe_url(self, url):
        """Whether somebody may be led there. An address that cannot be read leads nowhere."""
        try:
            return super().is_safe_url(url)
        except ValueError:
            return False

    def login(self, request, user):
        """Sign in under a new session key, and start the twelve hours."""
        super().login(request, user)
        request.session[SIGNED_IN_AT] = time.time()
        request.session[DEVICE] = devices.family(request.headers.get("User-Agent", ""))

    def is_reauthentication_required(self, *, app, **kwargs):
        """Whoever has just signed in is not asked for the password again at once."""
        since = time.time() - self.request.session.get(SIGNED_IN_AT, 0)
        if since < app_settings.REAUTHENTICATION_TIMEOUT:
            return False
        return super().is_reauthentication_required(app=app, **kwargs)

    def get_reauthentication_methods(self, user):
        """A passkey first: no page that only looks like ours can use what it says."""
        ways = super().get_reauthentication_methods(user)
        return sorted(ways, key=lambda way: way["id"] != "mfa_reauthenticate:webauthn")

    def send_password_reset_mail(self, user, email, context):
        """A link that signs somebody in never goes to the log, and a demonstration writes to nobody."""
        if settings.DEMO or settings.EMAIL_BACKEND == TO_THE_LOG:
            return
        with translation.override(user.language):
            super().send_password_reset_mail(user, email, context)


class MFAAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_generate_recovery_codes": _("Set up an authenticator app or a passkey first."),
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
    }

    def encrypt(self, text):
        keyring.make(Owner.SYSTEM, SYSTEM)
        return b64encode(sealing.seal(text, Owner.SYSTEM, SYSTEM, PLACE)).decode()

    def decrypt(self, encrypted_text):
        return sealing.open_sealed(b64decode(encrypted_text), Owner.SYSTEM, SYSTEM, PLACE)

    def build_totp_svg(self, url):
        """The picture for the camera, on white, so that it can be read on a dark page, too."""
        return qrcode.make(url, image_factory=SvgPathFillImage).to_string(encoding="unicode")

    def generate_authenticator_name(self, user, type):
        """How a passkey is called unless somebody gives it a name: Passkey 1, Passkey 2."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Passkey %(number)d") % {"number": number}

    def _get_site_name(self):
        """The neutral name in somebody's authenticator app: it may be seen over a shoulder."""
        return "Sign in"
