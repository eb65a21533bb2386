"""Who somebody is today, on every request."""

from django.conf import settings
from django.contrib.auth import logout
from django.shortcuts import redirect
from django.utils import timezone

from .models import Membership


def membership(get_response):
    """Put the current membership on the request; somebody who has left is signed out."""

    def middleware(request):
        request.membership = None
        if request.user.is_authenticated:
            request.membership = current(request.user)
            if request.membership is None and not request.path.startswith(("/leave/", "/static/")):
                logout(request)
                return redirect(settings.LOGIN_URL)
        return get_response(request)

    return middleware


def current(user) -> Membership | None:
    today = timezone.localdate()
    return Membership.objects.on(today).select_related("organisation", "team").filter(user=user).first()
