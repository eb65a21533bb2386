"""The forms of allauth in our own words, and the one for signing in again in place."""

import struct
from contextlib import contextmanager

from allauth.account import forms as account
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.utils.translation import gettext_lazy as _

from r2com.ui.forms import Speaking

LABELS = {
    "login": _("Email"),
    "email": _("Email"),
    "password": _("Password"),
    "oldpassword": _("Present password"),
    "password1": _("New password"),
    "password2": _("New password, once more"),
    "code": _("Code"),
    "name": _("Name of this passkey"),
}
HINTS = {"password1": _("At least 10 characters. Four words in a row are easy to remember.")}
# Said by allauth; named here so that it is translated with the rest.
SAID_BY_ALLAUTH = [_("You must type the same password each time.")]


class Ours(Speaking):
    """Gives a form of allauth our labels and hints, without words inside the fields."""

    hints: dict = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = LABELS.get(name, field.label)
            field.help_text = (HINTS | self.hints).get(name, "")
            field.widget.attrs.pop("placeholder", None)


class SignIn(Ours, account.LoginForm):
    """Email and password."""


class Confirm(Ours, account.ReauthenticateForm):
    """The password again, before something that matters."""


class ChangePassword(Ours, account.ChangePasswordForm):
    """The present password and a new one."""


class Forgotten(Ours, account.ResetPasswordForm):
    """Where to send the link."""


class NewPassword(Ours, account.ResetPasswordKeyForm):
    """A new password, after following the link."""


class Code(Ours, mfa.AuthenticateForm):
    """The code after the password."""

    hints = {"code": _("From your authenticator app, or one of your recovery codes.")}


class ConfirmCode(Ours, mfa.ReauthenticateForm):
    """The code again, before something that matters."""

    hints = Code.hints


class AddApp(Ours, totp.ActivateTOTPForm):
    """The first code of a new authenticator app. Until it comes, the secret waits sealed in the session."""

    hints = {"code": _("The six digits that the app shows now.")}

    def __init__(self, *args, **kwargs):
        session = context.request.session
        sealed = session.get(SECRET_SESSION_KEY)
        super().__init__(*args, **kwargs)
        if self.is_bound and sealed:
            self.secret = get_adapter().decrypt(sealed)
        else:
            session[SECRET_SESSION_KEY] = get_adapter().encrypt(self.secret)


# How reading a made-up passkey may end inside the library that reads it.
UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, RuntimeError, struct.error)


@contextmanager
def refusing_what_is_none():
    """Turn a passkey that cannot be read into an ordinary no."""
    try:
        yield
    except UNREADABLE as fault:
        raise get_adapter().validation_error("incorrect_code") from fault


class Credential(forms.JSONField):
    """A passkey as the browser sends it. What was refused is not sent back to it."""

    widget = forms.HiddenInput

    def to_python(self, value):
        with refusing_what_is_none():
            return super().to_python(value)

    def bound_data(self, data, initial):
        return None


class CodePasskey(Ours, webauthn.AuthenticateWebAuthnForm):
    """A passkey after the password."""

    credential = Credential()

    def clean_credential(self):
        with refusing_what_is_none():
            return super().clean_credential()


class SignInPasskey(CodePasskey, webauthn.LoginWebAuthnForm):
    """A passkey in place of the password."""


class ConfirmPasskey(CodePasskey, webauthn.ReauthenticateWebAuthnForm):
    """A passkey again, before something that matters."""


class AddPasskey(Ours, webauthn.AddWebAuthnForm):
    """A passkey, made by the browser. It always opens by finger, face or PIN, so it stands alone."""

    passwordless = None
    credential = Credential(
        error_messages={"required": _("Your browser made no passkey. It needs scripts for that.")},
    )

    def clean(self):
        with refusing_what_is_none():
            return super().clean()


class Again(forms.Form):
    """What a page sends to sign the same person in again."""

    email = forms.EmailField()
    password = forms.CharField(strip=False)
    code = forms.CharField()
