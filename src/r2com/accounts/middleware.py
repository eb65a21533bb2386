"""The language somebody reads, and the second factor that everybody needs."""

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.shortcuts import redirect
from django.utils import timezone, translation

from . import actions

ALLOWED_WITHOUT = ("/account/", "/sign-in/", "/leave/", "/language/", "/static/", "/health/")
SECOND = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def language(get_response):
    """Use the language chosen in this browser, else the signed-in person's, else the browser's."""

    def middleware(request):
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) or getattr(request.user, "language", None)
        if chosen not in dict(settings.LANGUAGES):
            chosen = translation.get_language_from_request(request)
        with translation.override(chosen):
            request.LANGUAGE_CODE = chosen
            response = get_response(request)
        response.headers.setdefault("Content-Language", chosen)
        _remember(request.user, response)
        return response

    return middleware


def _remember(user, response):
    """Whoever changes the language while signed in finds it again on another device."""
    chosen = response.cookies.get(settings.LANGUAGE_COOKIE_NAME)
    if chosen and user.is_authenticated and user.language != chosen.value:
        actions.change_language(user, language=chosen.value, by=user, at=timezone.now())


def second_factor(get_response):
    """Nobody reaches a record with a password alone."""

    def middleware(request):
        if _must_set_up(request):
            return redirect("mfa_index")
        return get_response(request)

    return middleware


def _must_set_up(request):
    """Whether somebody has no second factor yet. Whoever has just set it up gets a new session key."""
    if not request.user.is_authenticated or request.path.startswith(ALLOWED_WITHOUT):
        return False
    if request.session.get("second_factor"):
        return False
    if not is_mfa_enabled(request.user, SECOND):
        return True
    request.session.cycle_key()
    request.session["second_factor"] = True
    return False
