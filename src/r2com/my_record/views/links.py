"""The case worker makes a link to the record, hands it over, and takes it back."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from r2com.cases import frame
from r2com.cases.rights import who_helps
from r2com.core.refusals import Refused

from .. import actions
from ..forms import LinkForm
from ..models import Link
from .beside import TAB


@require_http_methods(["GET", "POST"])
def links(request, reference):
    """What was made so far, and a new one. Address and code are shown once, in the answer to the form."""
    case = frame.find(request, reference)
    frame.must_allow(request, case.pk, who_helps(case))
    at = timezone.now()
    form = LinkForm(request.POST or None, initial={"lasts": "24"})
    if form.is_valid():
        try:
            link, token, code = actions.make_link(case, **form.said(), by=request.user, at=at)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _shown_once(request, case, link, token, code)
    found = Link.objects.visible_to(request.user).filter(case=case).whole()[:20]
    context = {"form": form, "links": [(link, *_state(link, at)) for link in found]}
    return frame.record(request, case, "my_record/links.html", context, tab=TAB)


@require_POST
def take_back(request, pk):
    link = get_object_or_404(Link.objects.visible_to(request.user).whole(), pk=pk)
    case = frame.find(request, link.case.reference)
    frame.must_allow(request, case.pk, who_helps(case))
    actions.take_link_back(link, by=request.user, at=timezone.now())
    messages.info(request, _("The link is taken back. It opens nothing any more."))
    return redirect("record_links", case.reference)


def _shown_once(request, case, link, token, code):
    address = request.build_absolute_uri(reverse("open_link", args=[token]))
    context = {"link": link, "address": address, "code": f"{code[:4]} {code[4:]}"}
    return frame.record(request, case, "my_record/link_made.html", context, tab=TAB)


def _state(link: Link, at) -> tuple[str, bool]:
    """What became of a link in words, and whether it can still be taken back."""
    if link.is_taken_back:
        return _("Taken back"), False
    if link.is_read(at):
        return _("Being read just now"), True
    if link.is_opened:
        return _("Opened, and read"), False
    if link.is_waiting(at):
        return _("Waits to be opened"), True
    return (
        _("Closed after five wrong codes") if link.is_tried_out else _("Its time ran out unopened")
    ), False
