"""What happens to words that arrive when nobody is signed in any more."""

from django.conf import settings
from django.http import JsonResponse
from django.shortcuts import resolve_url

from . import parking

SIGNING_IN = ("/sign-in/", "/account/", "/language/")


def park(get_response):
    """Answer a script with 401, and keep a posted form until its writer has signed in again."""

    def middleware(request):
        response = get_response(request)
        if request.user.is_authenticated:
            parking.remember_writer(request, response)
        if request.method != "POST" or request.user.is_authenticated or not _turned_away(response):
            return response
        if request.path.startswith(SIGNING_IN):
            return response
        if request.headers.get("X-Requested-With") == "fetch":
            return JsonResponse({"sign_in": True}, status=401)
        if parking.WRITER in request.COOKIES:
            parking.keep(request)
        return response

    return middleware


def _turned_away(response):
    return response.status_code == 302 and response.url.startswith(resolve_url(settings.LOGIN_URL))
