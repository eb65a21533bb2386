"""What a browser refused to load or run on one of our pages, told by the browser itself.

Of a report only the kind of thing is kept, a word from a fixed list: its addresses may name a record. The
same kind is written to the log once an hour, so that nobody can fill a disk by reporting.
"""

import json
import logging

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

log = logging.getLogger(__name__)
LARGEST = 20_000
HOUR = 60 * 60
KINDS = {
    *("script-src", "script-src-elem", "script-src-attr", "style-src", "style-src-elem", "style-src-attr"),
    *("img-src", "font-src", "connect-src", "frame-src", "object-src", "form-action", "frame-ancestors"),
    *("base-uri", "manifest-src", "default-src", "require-trusted-types-for", "trusted-types"),
}


@csrf_exempt
@login_not_required
@require_POST
def blocked(request):
    """Take a report of the content policy (CSP Level 3, section 5.3). It is answered with nothing."""
    if (found := kind(request.body[:LARGEST])) and cache.add(f"blocked-{found}", 1, HOUR):
        log.warning("A browser refused something that a page of ours asked for: %s.", found)
    return HttpResponse(status=204)


def kind(body: bytes) -> str:
    """What was refused, or nothing when that is not a word we know."""
    try:
        report = json.loads(body)["csp-report"]
        said = report.get("effective-directive") or report["violated-directive"]
        word = str(said).split()[0]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return ""
    return word if word in KINDS else ""
