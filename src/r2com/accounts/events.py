"""What allauth tells us about signing in, written to the trail.

These come as signals because a library sends them. An address that belongs to nobody is not written down.
"""

from allauth.account.signals import (
    authentication_step_completed,
    password_changed,
    password_reset,
    password_set,
    user_logged_in,
)
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
)
from django.contrib.auth.signals import user_logged_out, user_login_failed

from r2com.audit import trail

from . import sessions
from .models import Session, User


def listen():
    user_logged_in.connect(signed_in)
    user_logged_out.connect(signed_out)
    user_login_failed.connect(password_failed)
    authentication_failed.connect(code_failed)
    authenticator_added.connect(second_factor_added)
    authenticator_removed.connect(second_factor_removed)
    authenticator_reset.connect(recovery_codes_made)
    authentication_step_completed.connect(confirmed)
    for signal in (password_changed, password_set, password_reset):
        signal.connect(password_is_new)


def signed_in(sender, user, **rest):
    trail.record("account.signed_in", subject=user, by=user)


def confirmed(sender, request, user, reauthenticated=False, **rest):
    """Somebody showed once more that it is they: from here on under a new session key."""
    if reauthenticated:
        request.session.cycle_key()
        trail.record("account.confirmed", subject=user, by=user)


def signed_out(sender, user, **rest):
    if user is not None:
        trail.record("account.signed_out", subject=user, by=user)


def password_failed(sender, credentials, **rest):
    user = User.objects.filter(email=credentials.get("email", "").lower()).first()
    trail.record("account.sign_in_failed", subject=user, by=None, step="password")


def code_failed(sender, user, **rest):
    trail.record("account.sign_in_failed", subject=user, by=None, step="code")


def second_factor_added(sender, request, user, authenticator, **rest):
    """Somebody set up a second factor. With the first, their other sessions end: a password began them."""
    if not request.session.get("second_factor"):
        here = sessions.hashed(request.session.session_key or "")
        Session.objects.filter(user=user).exclude(session_key=here).delete()
    trail.record("account.second_factor_added", subject=user, by=user, type=authenticator.type)


def second_factor_removed(sender, request, user, authenticator, **rest):
    """Somebody who removed their last second factor sets up another before anything else opens."""
    request.session.pop("second_factor", None)
    trail.record("account.second_factor_removed", subject=user, by=user, type=authenticator.type)


def recovery_codes_made(sender, user, authenticator, **rest):
    trail.record("account.second_factor_reset", subject=user, by=user, type=authenticator.type)


def password_is_new(sender, user, **rest):
    trail.record("account.password_changed", subject=user, by=user)
