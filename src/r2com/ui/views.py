"""The gallery, the language, and the pages for when something is not as expected."""

import re

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseBadRequest, HttpResponseServerError
from django.shortcuts import redirect
from django.template import loader
from django.templatetags.static import static
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.http import require_POST, require_safe

from . import examples
from .pages import page

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
    return HttpResponseBadRequest(loader.render_to_string("400.html"))


def permission(request, exception=None):
    return page(request, "403.html", status=403)


def not_found(request, exception=None):
    """The same words for what does not exist and for what one may not see."""
    return page(request, "404.html", status=404)


def server_error(request):
    """Made without the database and without the request, since either may be what failed."""
    return HttpResponseServerError(loader.render_to_string("500.html"))
