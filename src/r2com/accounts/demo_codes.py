"""The cast of a demonstration, with the code that each authenticator app would show now.

It refuses to work outside a demonstration.
"""

import time
from dataclasses import dataclass

from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings

from r2com.access.roles import ROLES

PASSWORD = "four calm words here"  # noqa: S105 (shown on the sign-in page of a demonstration, on purpose)


class NotADemonstration(Exception):
    """Codes and passwords are shown in a demonstration only."""


@dataclass(frozen=True)
class Player:
    """Somebody one can sign in as. `code` is six digits; it changes every 30 seconds and works once."""

    name: str
    role: str
    email: str
    password: str
    code: str


def current_codes() -> list[Player]:
    """Everybody with an authenticator app, in the order they joined. Raises NotADemonstration."""
    if not settings.DEMO:
        raise NotADemonstration
    apps = Authenticator.objects.filter(type=Authenticator.Type.TOTP, user__is_active=True)
    return [_player(app) for app in apps.select_related("user").order_by("user__joined_at", "user__email")]


def _player(app: Authenticator) -> Player:
    user = app.user
    return Player(user.name, _role(user), user.email, PASSWORD, _code(app))


def _role(user):
    """What somebody does, in the words of their role today."""
    places = user.memberships.filter(ends=None)
    return next((ROLES[place.role].sentence for place in places), "")


def _code(app):
    secret = get_adapter().decrypt(app.data["secret"])
    return format_hotp_value(hotp_value(secret, int(time.time()) // app_settings.TOTP_PERIOD))
