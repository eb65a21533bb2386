"""The frame around the agency's own pages: its tabs, as far as somebody's role has them."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from r2com.access.roles import May
from r2com.ui.pages import page

TABS = [
    ("agency", _("People"), {May.SET_UP}),
    ("agency_teams", _("Teams"), {May.SET_UP}),
    ("agency_lists", _("Lists"), {May.SET_UP}),
    ("letter_templates", _("Letters"), {May.SET_UP}),
    ("notices", _("Notices"), {May.SET_UP, May.READ_REGISTERS}),
    ("bases", _("Lawful bases"), {May.SET_UP, May.READ_REGISTERS}),
    ("agency_retention", _("How long we keep"), {May.SET_UP, May.READ_REGISTERS}),
    ("retention_plan", _("What is due to go"), {May.SET_UP, May.READ_REGISTERS}),
    ("holds", _("Held records"), {May.READ_REGISTERS}),
    ("readings", _("Who looked"), {May.READ_REGISTERS}),
    ("proposals", _("What needs two people"), {May.SET_UP, May.READ_REGISTERS}),
    ("agency_roles", _("Roles explained"), {May.SET_UP}),
    ("practice", _("Our practice"), {May.SET_UP, May.SIGN_OFF}),
    ("agency_tokens", _("Programs"), {May.SET_UP}),
]

# The groups of the tabs, by the tab that begins each.
BEGINS = {"agency": _("People and words"), "notices": _("Rules and duties")}


def agency(
    request: HttpRequest, template: str, context: dict | None = None, *, tab: str, status: int = 200
) -> HttpResponse:
    """Show one of the agency's pages. `sets_up` in the context says whether its reader may change it."""
    framed = {
        "tabs": tabs(request, tab),
        "tabs_title": _("The agency"),
        "sets_up": request.membership.may(May.SET_UP),
        **(context or {}),
    }
    return page(request, template, framed, status)


def tabs(request: HttpRequest, current: str) -> list[tuple]:
    """Address, label, whether it is this page, and the group it stands in; one alone leads nowhere."""
    shown, group = [], ""
    for name, label, any_of in TABS:
        group = BEGINS.get(name, group)
        if any(request.membership.may(what) for what in any_of):
            shown.append((reverse(name), label, name == current, group))
    return shown if len(shown) > 1 else []
