"""The gallery, the language, and the pages for when something is not as expected."""

import re
import sys

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse, HttpResponseBadRequest, HttpResponseServerError
from django.shortcuts import redirect
from django.template import loader
from django.templatetags.static import static
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.http import require_POST, require_safe

from . import examples
from .pages import page

COME_AGAIN = 5  # seconds
SECRET = re.compile(r"pass(word|phrase)|token|secret|(^|_)code", re.IGNORECASE)


def open_in_demo(view):
    """In a demonstration everybody may look; otherwise one signs in first."""
    return login_not_required(view) if settings.DEMO else view


@require_safe
def gallery(request):
    return page(request, "ui/gallery.html", examples.everything())


@login_not_required
@require_POST
def language(request):
    """Remember the language in a cookie and go back to where one was."""
    response = redirect(_way_back(request))
    code = request.POST.get("language", "")
    if code in dict(settings.LANGUAGES) and check_for_language(code):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            code,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=request.is_secure(),
            httponly=True,
            samesite=settings.LANGUAGE_COOKIE_SAMESITE,
        )
    return response


def _way_back(request) -> str:
    back = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
    return back if is_ours and back.startswith("/") else "/"


@login_not_required
@require_safe
def favicon(request):
    return redirect(static("ui/mark.svg"), permanent=True)


@login_not_required
def csrf_failure(request, reason=""):
    """The page was open too long. What was typed is given back, to be copied."""
    return page(request, "ui/too_long.html", {"typed": _typed(request)}, status=403)


def _typed(request) -> list[tuple[str, str]]:
    """The words of a form that came from one of our own pages, without passwords and codes."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return []
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    return [(_readable(name), value) for name, value in fields if value.strip() and not SECRET.search(name)]


def _readable(name: str) -> str:
    return name.replace("_", " ").replace("-", " ").strip().capitalize()


def bad_request(request, exception=None):
    """What cannot be read; or a session that could not be kept, because the database went away meanwhile."""
    if _database_is_away(exception):
        return _away(request)
    return HttpResponseBadRequest(loader.render_to_string("400.html"))


def permission(request, exception=None):
    return page(request, "403.html", status=403)


def not_found(request, exception=None):
    """The same words for what does not exist and for what one may not see."""
    return page(request, "404.html", status=404)


def server_error(request):
    """Made without the database and without the request, since either may be what failed."""
    if _database_is_away(sys.exc_info()[1]):
        return _away(request)
    return HttpResponseServerError(loader.render_to_string("500.html"))


def _database_is_away(fault: BaseException | None) -> bool:
    """Whether a database could not answer: stopped, locked or full. A missing table is our own fault."""
    while fault is not None:
        if isinstance(fault, OperationalError | InterfaceError):
            return not str(fault).startswith("no such")
        fault = fault.__cause__ or fault.__context__
    return False


def _away(request) -> HttpResponse:
    """Come again in a moment; what was sent is given back, to be sent once more as it was."""
    said = {"typed": [], "fields": []}
    if request is not None and request.method == "POST":
        said["typed"] = _typed(request)
        said["fields"] = [] if any(map(SECRET.search, _names(request))) else _fields(request)
    with translation.override(translation.get_language_from_request(request) if request else None):
        page = loader.render_to_string("503.html", said)
    return HttpResponse(page, status=503, headers={"Retry-After": str(COME_AGAIN)})


def _names(request) -> list[str]:
    """What the fields are called, and of what kind the sent files are: a file cannot be given back."""
    return [name for name in request.POST if name != "csrfmiddlewaretoken"] + ["token" for _ in request.FILES]


def _fields(request) -> list[tuple[str, str]]:
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return []
    return [(name, value) for name, values in request.POST.lists() for value in values]
