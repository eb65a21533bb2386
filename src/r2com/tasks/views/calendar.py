"""One's own calendar address and mail, and the calendar itself, which needs no session."""

from allauth.account import app_settings as sign_in
from allauth.core.internal import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from r2com.access.reading import become
from r2com.access.roles import May
from r2com.organisations.letters import goes_out
from r2com.organisations.permission import only
from r2com.ui.pages import page

from .. import actions
from .. import feed as feeds
from ..forms import DigestForm
from ..models import CalendarFeed, Digest


@require_http_methods(["GET", "POST"])
@only(May.READ)
def settings(request):
    """Make, replace or end the address; ask for the mail or stop it. A new address is shown once."""
    digest = Digest.objects.visible_to(request.user).first()
    start = (
        {"comes": digest.comes, "hour": f"{digest.hour:%H:%M}"}
        if digest
        else {"comes": "daily", "hour": "08:00"}
    )
    go = request.POST.get("go")
    form = DigestForm(request.POST if go == "mail" else None, initial=start)
    who = {"by": request.user, "at": timezone.now()}
    shown_once = ""
    if go == "make":
        shown_once = request.build_absolute_uri(
            reverse("calendar", args=[actions.make_calendar(request.user, **who)])
        )
    elif go in DONE:
        DONE[go](request.user, **who)
        messages.info(request, _("It is ended."))
        return redirect("calendar_feed")
    elif goes_out() and form.is_valid():
        actions.choose_digest(request.user, **form.cleaned_data, **who)
        messages.info(request, _("The mail comes from now on."))
        return redirect("calendar_feed")
    feed = CalendarFeed.objects.visible_to(request.user).live().first()
    context = {"feed": feed, "address": shown_once, "digest": digest, "form": form, "goes_out": goes_out()}
    return page(request, "tasks/calendar.html", context)


DONE = {"end": actions.end_calendar, "no_mail": actions.stop_digest}


@login_not_required
@require_safe
def feed(request, token):
    """How much is due on which day, for whoever holds the secret address.

    Nobody may ask more often than they may try to sign in; the two are counted apart.
    """
    often = {"calendar": sign_in.RATE_LIMITS["login"]}
    if not ratelimit.consume(request, app="calendar", action="calendar", config=often, limit_get=True):
        return HttpResponse(status=429)
    today = timezone.localdate()
    found = feeds.with_token(token, today)
    if found is None:
        raise Http404
    become(found.user)
    at = timezone.now()
    actions.read_calendar(found, by=found.user, at=at)
    made = feeds.calendar(found, lambda day: _link(request, day), at=at, today=today)
    headers = {"Cache-Control": "no-store", "Content-Disposition": 'inline; filename="calendar.ics"'}
    return HttpResponse(made, content_type="text/calendar; charset=utf-8", headers=headers)


def _link(request, day) -> str:
    return request.build_absolute_uri(f"{reverse('tasks')}?day={day.isoformat()}")
