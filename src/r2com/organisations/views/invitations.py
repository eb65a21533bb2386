"""Inviting somebody, and following the link."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from r2com.access.roles import May
from r2com.core.refusals import Refused
from r2com.drafts.forms import remembered
from r2com.ui.pages import page

from .. import actions, forms, letters
from ..frame import agency
from ..models import Invitation
from ..permission import only


@only(May.SET_UP)
@require_http_methods(["GET", "POST"])
def invite(request):
    organisation = request.membership.organisation
    memory = remembered(request, "agency:invite")
    start = memory.initial(forms.Invite, {"language": organisation.language})
    form = forms.Invite(request.POST or None, initial=start, organisation=organisation)
    if form.is_valid():
        try:
            invitation, token = actions.invite(
                organisation, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            memory.forget()
            return _sent(request, invitation, token)
    return agency(request, "organisations/invite.html", {"form": form, "memory": memory}, tab="agency")


@only(May.SET_UP)
@require_POST
def send_again(request, invitation_id):
    invitation = _waiting(request, invitation_id)
    try:
        token = actions.send_again(invitation, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect("agency")
    return _sent(request, invitation, token)


@only(May.SET_UP)
@require_POST
def withdraw(request, invitation_id):
    actions.withdraw(_waiting(request, invitation_id), by=request.user, at=timezone.now())
    messages.info(request, _("The invitation is withdrawn. Its link opens nothing any more."))
    return redirect("agency")


@login_not_required
@require_http_methods(["GET", "POST"])
def join(request, token):
    """Used, withdrawn, too old or invented: every link that does not work gets the same answer."""
    invitation = Invitation.objects.with_token(token).select_related("organisation").first()
    if invitation is None or not invitation.is_open(timezone.now()):
        return _closed(request)
    start = {"name": invitation.name, "language": invitation.language}
    form = forms.Join(request.POST or None, initial=start, email=invitation.email)
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("name", "language", "password")}
        try:
            actions.accept(invitation, **given, by=None, at=timezone.now())
        except Refused:
            return _closed(request)
        return redirect("joined")
    return page(request, "organisations/join.html", {"form": form, "invitation": invitation})


@login_not_required
@require_safe
def joined(request):
    return page(request, "organisations/joined.html")


def _waiting(request, invitation_id) -> Invitation:
    rows = Invitation.objects.visible_to(request.user).waiting().select_related("organisation", "team")
    return get_object_or_404(rows, pk=invitation_id)


def _sent(request, invitation, token):
    """Say that the letter is on its way, or show the link this once, to be handed over."""
    link = request.build_absolute_uri(reverse("join", args=[token]))
    if letters.send(invitation, link):
        messages.info(request, _("The link is on its way to %(email)s.") % {"email": invitation.email})
        return redirect("agency")
    return agency(
        request, "organisations/invited.html", {"invitation": invitation, "link": link}, tab="agency"
    )


def _closed(request):
    return page(request, "organisations/join_closed.html", status=404)
