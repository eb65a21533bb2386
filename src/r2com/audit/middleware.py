"""No trail, no page: what cannot be written down is not shown."""

from django.http import HttpResponse
from django.template import loader

from .trail import NotWritten

RETRY_AFTER = "10"


def no_trail_no_page(get_response):
    """Answer 503 when the trail could not be written; nothing of the page has been made by then."""

    def answer(request):
        return get_response(request)

    answer.process_exception = unwritten
    return answer


def unwritten(request, exception):
    if not isinstance(exception, NotWritten):
        return None
    headers = {"Retry-After": RETRY_AFTER}
    return HttpResponse(loader.render_to_string("audit/unwritten.html"), status=503, headers=headers)
