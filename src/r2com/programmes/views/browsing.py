"""The programmes there are, for whoever wants to read them; nobody's record."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from r2com.core.programmes import Programme
from r2com.ui.pages import page

from .. import library


@require_safe
def programmes(request: HttpRequest) -> HttpResponse:
    return page(request, "programmes/programmes.html", {"programmes": library.offered(get_language())})


@require_safe
def programme(request: HttpRequest, programme: str) -> HttpResponse:
    return page(request, "programmes/programme.html", {"programme": found(programme)})


def found(id: str) -> Programme:
    """The newest edition in the reader's language, or 404."""
    if id not in library.ids():
        raise Http404
    return library.newest(id).in_language(get_language())
