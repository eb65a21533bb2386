"""What every page is given."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _


def everywhere(request) -> dict:
    """The house's neutral name, the way around, the languages, and whether all this is invented."""
    return {
        "demo": settings.DEMO,
        "house": _house(request),
        "navigation": _navigation(request),
        "worry": _worry(),
        "tongues": _tongues(),
        "now": timezone.now(),
    }


def _house(request):
    """The name at the top: the organisation's own, never the programme's."""
    membership = getattr(request, "membership", None)
    if membership is not None:
        return membership.organisation.neutral_name
    return getattr(settings, "HOUSE_NAME", _("Sign in"))


def _navigation(request) -> list[dict]:
    """The links of the bar, from the request's `menu` of (address name, label)."""
    links = [(reverse(name), label) for name, label in getattr(request, "menu", [])]
    return [{"url": url, "label": label, "current": _current(url, request.path)} for url, label in links]


def _current(url: str, path: str) -> str:
    """What to say in aria-current: this page, somewhere below it, or nothing."""
    if url == path:
        return "page"
    return "true" if url != "/" and path.startswith(url) else ""


def _worry() -> str:
    """Where "I am worried" leads, if this installation has such a page."""
    name = getattr(settings, "WORRY_URL", "")
    return reverse(name) if name else ""


def _tongues() -> list[dict]:
    """The languages one can change to, each under its own name."""
    return [get_language_info(code) for code, _name in settings.LANGUAGES if code != get_language()]
