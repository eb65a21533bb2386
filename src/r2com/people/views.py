"""The notices: what every person is told before anything else, worded by the agency."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from r2com.access.roles import May
from r2com.drafts.forms import remembered
from r2com.organisations.frame import agency
from r2com.organisations.models import ListEntry, ListName
from r2com.organisations.permission import only

from . import actions
from .forms import NoticeText, ticked
from .models import Notice
from .notice_text import as_html, notice_paragraphs


@only(May.SET_UP, May.READ_REGISTERS)
@require_safe
def notices(request):
    """In each language the words of today, whom they speak of, and the older versions."""
    rows = list(Notice.objects.visible_to(request.user))
    languages = [_in_language(request, rows, code, name) for code, name in settings.LANGUAGES]
    return agency(request, "people/notices.html", {"wordings": languages}, tab="notices")


@only(May.SET_UP, May.READ_REGISTERS)
@require_safe
def notice(request, notice_id):
    one = get_object_or_404(Notice.objects.visible_to(request.user), pk=notice_id)
    return agency(
        request, "people/notice.html", {"notice": one, "words": _words(request, one)}, tab="notices"
    )


@only(May.SET_UP)
@require_http_methods(["GET", "POST"])
def write_notice(request, language):
    """A new version. If somebody published another meanwhile, it is shown beside what was typed."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    current = _current(request, language)
    memory = remembered(request, f"agency:notice:{language}")
    start = memory.initial(NoticeText, _start(current))
    form = NoticeText(request.POST or None, initial=start, recipients=_recipients(request))
    other = None
    if form.is_valid():
        if form.cleaned_data["base"] == _version(current):
            return _publish(request, form, memory, language)
        other = _begin_from(form, current)
    context = {
        "form": form,
        "memory": memory,
        "spoken": dict(settings.LANGUAGES)[language],
        "code": language,
        "other": other,
        "other_words": other and _words(request, other),
    }
    return agency(request, "people/write_notice.html", context, tab="notices")


def _publish(request, form, memory, language):
    given = {"text": form.cleaned_data["text"], "covers": form.cleaned_data["covers"]}
    organisation = request.membership.organisation
    actions.publish_notice(organisation, language=language, **given, by=request.user, at=timezone.now())
    memory.forget()
    messages.info(
        request, _("The new version counts from today. Whoever was shown an older one keeps that one.")
    )
    return redirect("notices")


def _begin_from(form, current) -> Notice:
    """Let what was typed go on from the version that somebody else published meanwhile."""
    form.data = form.data.copy()
    form.data["base"] = _version(current)
    form.add_error(
        None,
        _(
            "Somebody else published another version meanwhile. Read it below, then publish yours if it "
            "still should."
        ),
    )
    return current


def _in_language(request, rows, code, name) -> dict:
    versions = [row for row in rows if row.language == code]
    current = next((row for row in versions if row.ends is None), None)
    return {
        "code": code,
        "name": name,
        "current": current,
        "words": current and _words(request, current),
        "older": [row for row in versions if row != current],
    }


def _words(request, one: Notice):
    return as_html(notice_paragraphs(one, request.membership.organisation, one.language))


def _current(request, language) -> Notice | None:
    return Notice.objects.visible_to(request.user).filter(language=language, ends__isnull=True).first()


def _version(current: Notice | None) -> int:
    return current.version if current else 0


def _start(current: Notice | None) -> dict:
    """A new version begins with the words of the one before."""
    if current is None:
        return {"base": 0}
    return {"text": current.text, "covers": ticked(current.covers), "base": current.version}


def _recipients(request):
    on_the_list = ListEntry.objects.visible_to(request.user).on(timezone.localdate())
    return on_the_list.filter(list=ListName.RECIPIENT)
