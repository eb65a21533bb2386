"""When the key service is away: say so and ask to come back, instead of an error of our own."""

from django.http import HttpResponse
from django.template import loader

from .keyservice import KeyServiceAway

RETRY_AFTER = "30"


def wait_for_keys(get_response):
    """Sealed words that cannot be opened now are 503 with Retry-After. Nothing was written unsealed."""

    def answer(request):
        return get_response(request)

    def process_exception(request, exception):
        if not isinstance(exception, KeyServiceAway):
            return None
        words = loader.render_to_string("vault/away.html", request=None)
        return HttpResponse(words, status=503, headers={"Retry-After": RETRY_AFTER})

    answer.process_exception = process_exception
    return answer
