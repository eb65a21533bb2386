"""The pages about tokens: one's own, and for an administrator that there are some."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from r2com.access.roles import May
from r2com.core.refusals import Refused
from r2com.organisations.frame import agency
from r2com.organisations.permission import only
from r2com.ui.pages import page

from . import actions
from .forms import TokenForm
from .models import Token


@require_http_methods(["GET", "POST"])
@reauthentication_required
def tokens(request):
    """One's own tokens, and where a new one is made. Its secret is shown once, in the answer to the form."""
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data, "by": request.user, "at": timezone.now()}
        try:
            token, secret = actions.make_token(request.membership.organisation, **given)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return page(request, "api/made.html", {"token": token, "secret": secret})
    mine = Token.objects.of(request.user).with_people()
    live, over = _sorted(mine[:100])
    return page(request, "api/tokens.html", {"live": live, "over": over[:10], "form": form})


@require_POST
@reauthentication_required
def end(request, pk):
    token = get_object_or_404(Token.objects.of(request.user), pk=pk)
    actions.end_token(token, by=request.user, at=timezone.now())
    messages.info(request, _("It is ended. The program gets no answer any more."))
    return redirect("tokens")


@only(May.SET_UP)
@require_safe
def of_agency(request):
    """Whose programs there are, what for and until when. What they read is not on this page."""
    rows = Token.objects.visible_to(request.user).filter(organisation=request.membership.organisation)
    context = {"tokens": rows.live(timezone.now()).with_people()[:200]}
    return agency(request, "api/of_agency.html", context, tab="agency_tokens")


@only(May.SET_UP)
@require_POST
def end_of_agency(request, pk):
    rows = Token.objects.visible_to(request.user).filter(organisation=request.membership.organisation)
    actions.end_token(get_object_or_404(rows, pk=pk), by=request.user, at=timezone.now())
    messages.info(request, _("It is ended. The program gets no answer any more."))
    return redirect("agency_tokens")


def _sorted(tokens) -> tuple[list[Token], list[Token]]:
    """Those that work now, and those that are over."""
    now = timezone.now()
    live = [token for token in tokens if token.is_live(now)]
    return live, [token for token in tokens if token not in live]
