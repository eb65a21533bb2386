"""The person reads by themselves: a neutral page, a code, and then half an hour.

Nothing stays in the browser: no account, no storage, one cookie that ends with the visit, and addresses
that say nothing. Whatever does not open answers alike.
"""

from functools import wraps

from allauth.account import app_settings as sign_in
from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from r2com.access import reading
from r2com.contests import kinds
from r2com.contests.forms import ContestForm
from r2com.contests.shown import shown
from r2com.core.refusals import Refused
from r2com.ui.pages import page

from .. import actions, door, record
from ..forms import CodeForm
from ..models import Link, Opening

COOKIE = "visit" if settings.INSECURE else "__Host-visit"
OURS = ("same-origin", "none")
OFTEN = {"link": sign_in.RATE_LIMITS["login"]}


def neutral(view):
    """For whoever has no account. What is not there, for whatever reason, answers alike."""

    @login_not_required
    @wraps(view)
    def answered(request, *args, **kwargs):
        try:
            if request.user.is_authenticated:
                raise Http404
            return view(request, *args, **kwargs)
        except Http404:
            around = {"house": _("To read"), "tongues": [], "way_out": reverse("read_leave")}
            return page(request, "my_record/nothing_here.html", around, status=404)

    return answered


def inside(view):
    """For whoever has given their code: the view gets the opening, and speaks the person's language."""

    @neutral
    @wraps(view)
    def answered(request, *args, **kwargs):
        opening = door.by_cookie(request.COOKIES.get(COOKIE, ""), timezone.now())
        if opening is None:
            raise Http404
        reading.become(door.reader(opening))
        with translation.override(_language(request, opening.link)):
            return view(request, opening, *args, **kwargs)

    return answered


@neutral
@require_http_methods(["GET", "POST"])
def enter(request, token):
    """Asks for the code. Until it is right, nothing of the record is opened."""
    link = door.by_token(token, timezone.now())
    if link is None:
        raise Http404
    with translation.override(_language(request, link)):
        return _asked(request, link)


def _asked(request, link: Link) -> HttpResponse:
    form, status, at = CodeForm(request.POST or None), 200, timezone.now()
    if not ratelimit.consume(request, app="my_record", action="link", config=OFTEN):
        form.add_error(None, _("Too many tries. Wait five minutes, then try again."))
        status = 429
    elif form.is_valid():
        if secret := actions.open_link(link, code=form.digits(), by=None, at=at):
            return _let_in(secret)
        if door.is_over(link, at):
            raise Http404
        form.add_error("code", _("That is not the code. After five wrong tries the link opens nothing."))
    return _page(request, link, "my_record/enter.html", {"form": form}, status)


def _let_in(secret: str) -> HttpResponse:
    """A cookie of this visit alone: gone with the browser, and of no use after half an hour."""
    response = redirect("read")
    secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie(COOKIE, door.to_cookie(secret), secure=secure, httponly=True, samesite="Strict")
    return response


@inside
@require_safe
def contents(request, opening):
    """What there is to read."""
    actions.read(opening, part="", by=None, at=timezone.now())
    titles = [title for name, title, _lines in record.PARTS if name in opening.link.parts]
    return _page(request, opening.link, "my_record/contents.html", {"titles": titles, "opening": opening})


@inside
@require_safe
def part(request, opening, number):
    """One part, entry by entry, with what was contested in it."""
    name, is_last = _name(opening, number)
    actions.read(opening, part=name, by=None, at=timezone.now())
    found, contests = _read(opening, name)
    context = {"part": found, "number": number, "is_last": is_last, "contests": contests, "read_only": True}
    return _page(request, opening.link, "my_record/read_part.html", context)


@inside
@require_http_methods(["GET", "POST"])
def say(request, opening, number, mark):
    """The person's own words about one entry of a part that was chosen for them."""
    name, _is_last = _name(opening, number)
    line = _read(opening, name)[0].find(mark)
    entry = line and kinds.find(door.reader(opening), line.kind, line.pk, line.part)
    if entry is None:
        raise Http404
    form = ContestForm(request.POST or None)
    if form.is_valid():
        try:
            actions.answer(opening, entry=entry, **form.said(), by=None, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("read_part", number)
    context = {"form": form, "line": line, "number": number}
    return _page(request, opening.link, "my_record/read_say.html", context)


@login_not_required
@require_safe
def leave(request):
    """It is over, and something that says nothing takes its place. Nothing is left in the browser."""
    at = timezone.now()
    if opening := door.by_cookie(request.COOKIES.get(COOKIE, ""), at):
        actions.leave(opening, by=None, at=at)
    response = page(request, "account/leave.html")
    if request.headers.get("Sec-Fetch-Site", "none") in OURS:
        response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    for name in (COOKIE, settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME):
        if name in request.COOKIES:
            response.delete_cookie(name, samesite="Strict")
    response["Referrer-Policy"] = "no-referrer"
    return response


def _name(opening: Opening, number: int) -> tuple[str, bool]:
    """Which of the chosen parts has this number, and whether it is the last of them."""
    names = [name for name in record.NAMES if name in opening.link.parts]
    if not 0 < number <= len(names):
        raise Http404
    return names[number - 1], number == len(names)


def _read(opening: Opening, name: str):
    """A part as the person reads it, and what was contested."""
    reader = door.reader(opening)
    found = record.parts(opening.link.case, reader, [name])[0]
    return found, shown(opening.link.case, reader)


def _page(request, link: Link, template: str, context: dict, status: int = 200) -> HttpResponse:
    """Under the house's neutral name, in the language of the page, with a way out that clears up."""
    around = {"house": link.case.organisation.neutral_name, "way_out": reverse("read_leave")}
    response = page(request, template, {**around, **context}, status)
    response["Content-Language"] = translation.get_language()
    return response


def _language(request, link: Link) -> str:
    """The language chosen in this browser, else the one the person reads."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in dict(settings.LANGUAGES) else link.language
