"""Who somebody is today, on every request, and where they may go from the bar."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from r2com.access import wall
from r2com.access.roles import May

from .models import Membership

MENU = [
    ("today", _("Today"), May.READ),
    ("tasks", _("To do"), May.READ),
    ("supervision", _("The team"), May.SIGN_OFF),
    ("people", _("People"), May.READ),
    ("door", _("Door"), May.OPEN_DOOR),
    ("agency", _("Agency"), May.SET_UP),
    ("bases", _("Registers"), May.READ_REGISTERS),
    ("practice", _("Our practice"), May.SIGN_OFF),
    ("exports", _("Exports"), May.EXPORT),
    ("emergencies", _("Emergencies"), May.REVIEW_EMERGENCY),
    ("file_requests", _("Files asked for"), May.READ_REGISTERS),
    ("complaints", _("Complaints"), May.DECIDE_COMPLAINTS),
]


def membership(get_response):
    """Put the current membership and its menu on the request; somebody who has left is signed out."""

    def middleware(request):
        request.membership, request.menu = None, []
        if request.user.is_authenticated:
            wall.hear(request.user)
            request.membership = current(request.user)
            if request.membership is not None:
                request.menu = menu(request.membership)
                request.session.stand_as(request.membership.role)
            elif not request.path.startswith(("/leave/", "/static/")):
                return _shut_out(request)
        return get_response(request)

    return middleware


def current(user) -> Membership | None:
    today = timezone.localdate()
    return Membership.objects.on(today).select_related("organisation", "team").filter(user=user).first()


def menu(place: Membership) -> list[tuple]:
    """The addresses in the bar that this role has, as (address name, label)."""
    return [(name, label) for name, label, what in MENU if place.may(what)]


def _shut_out(request):
    logout(request)
    messages.warning(
        request, gettext("You have no place here at the moment. Ask whoever looks after accounts.")
    )
    return redirect(settings.LOGIN_URL)
