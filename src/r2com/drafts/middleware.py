"""What happens to words that arrive twice, or when nobody is signed in any more."""

from django.conf import settings
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from . import once, parking

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


def do_once(get_response):
    """Do what is sent twice once, and lead the second press to where the first one led."""

    def middleware(request):
        mark = once.mark(request)
        if mark is None:
            return get_response(request)
        if once.answered(mark) is not None:
            return _first_answer(request, mark)
        with once.pressed(mark) as press:
            response = get_response(request)
        if press.has_done and response.status_code == 302:
            once.led_to(mark, response.url)
        if not press.has_done and once.answered(mark) is not None:
            return _first_answer(request, mark)
        return response

    def process_exception(request, exception):
        return _first_answer(request, str(exception)) if isinstance(exception, once.Repeated) else None

    middleware.process_exception = process_exception
    return middleware


def _first_answer(request, mark: str):
    """Where the first press led. Where it led nowhere else, back to the page that it was pressed on."""
    back = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
    return HttpResponseRedirect(once.led(mark) or (back if is_ours else "/"))
