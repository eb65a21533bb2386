"""The language somebody reads, and the second factor that everybody needs."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.shortcuts import redirect
from django.utils import translation

ALLOWED_WITHOUT = ("/account/", "/sign-in/", "/leave/", "/language/", "/static/", "/health/")


def language(get_response):
    """Use the signed-in person's language, else the cookie's, else the browser's."""

    def middleware(request):
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) or getattr(request.user, "language", None)
        if chosen not in dict(settings.LANGUAGES):
            chosen = translation.get_language_from_request(request)
        with translation.override(chosen):
            request.LANGUAGE_CODE = chosen
            response = get_response(request)
        response.headers.setdefault("Content-Language", chosen)
        return response

    return middleware


def second_factor(get_response):
    """Nobody reaches a record with a password alone."""

    def middleware(request):
        if _must_set_up(request):
            return redirect("mfa_activate_totp")
        return get_response(request)

    return middleware


def _must_set_up(request):
    if not request.user.is_authenticated or request.path.startswith(ALLOWED_WITHOUT):
        return False
    if not request.session.get("second_factor"):
        request.session["second_factor"] = Authenticator.objects.filter(user=request.user).exists()
    return not request.session["second_factor"]
