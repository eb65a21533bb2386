"""The language somebody reads, the second factor that everybody needs, and who may ask at all."""

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.module_loading import import_string

from r2com.access.declared import Who

from . import actions, step_up

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


class from_our_own_pages:
    """What another site's page asks for in somebody's name is refused (Fetch Metadata, W3C 2021).

    A link that somebody follows to us from a neighbouring host of the same site is let in.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.declared.who in (Who.EVERYBODY, Who.TOKEN) or not request.user.is_authenticated:
            return
        if comes_from_elsewhere(request):
            raise PermissionDenied


def comes_from_elsewhere(request) -> bool:
    site = request.headers.get("Sec-Fetch-Site", "none")
    if site == "same-site":
        return not (request.method == "GET" and request.headers.get("Sec-Fetch-Mode") == "navigate")
    return site not in ("same-origin", "none")


class ask_again:
    """Before what matters most, somebody who did not show it within ten minutes shows that it is they."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.table = import_string(settings.ASK_AGAIN)

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.method not in self.table.get(request.resolver_match.url_name, ()):
            return None
        if not request.user.is_authenticated:
            return None
        if not step_up.is_fresh(request):
            return step_up.ask(request)
        return step_up.forget(request)
