"""Signing in again in place, leaving quickly, signing out everywhere, and passkeys."""

from allauth.account.adapter import get_adapter
from allauth.account.views import LogoutView
from allauth.core import ratelimit
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.recovery_codes.views import ViewRecoveryCodesView
from allauth.mfa.webauthn.internal.auth import begin_registration
from allauth.mfa.webauthn.views import AddWebAuthnView, LoginWebAuthnView
from allauth.socialaccount.providers.openid_connect import views as openid
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from requests import RequestException

from r2com.audit import trail
from r2com.core.scripts import from_json
from r2com.ui.pages import page

from . import actions, recovery_codes, step_up
from .devices import marked
from .devices import of as sessions_of
from .forms import Again
from .sessions import hashed

TOO_MANY = "too_many_login_attempts"
# Asked for from one of our pages or typed in. A picture on a page elsewhere must not empty the browser.
OURS = ("same-origin", "none")
# The browser forgets what it kept of us; the language somebody chose may stay (W3C Clear Site Data, 2017).
FORGET = '"cache", "storage"'


@login_not_required
@require_http_methods(["GET", "POST"])
def again(request):
    """For scripts: GET gives a fresh form token, POST signs in with password and code at once."""
    if request.method == "POST":
        return _sign_in_again(request)
    if request.user.is_authenticated:
        return JsonResponse({"csrf": get_token(request)})
    return JsonResponse({"sign_in": True}, status=401)


def _sign_in_again(request):
    if not ratelimit.consume(request, action="login"):
        return _refused(TOO_MANY)
    try:
        user = _who(request, Again(_sent(request.body)))
    except ValidationError as fault:
        return _refused(fault.code)
    get_adapter(request).login(request, user)
    request.session["second_factor"] = True
    trail.record("account.signed_in", subject=user, by=user, again=True)
    return JsonResponse({"csrf": get_token(request)})


def _who(request, form):
    """Whoever password and code belong to. Raises ValidationError, which never tells what was wrong."""
    if not form.is_valid():
        raise ValidationError("")
    email, password, code = form.cleaned_data.values()
    user = get_adapter(request).authenticate(request, email=email, password=password)
    if user is None or not user.is_active:
        raise ValidationError("")
    second = AuthenticateForm(user=user, data={"code": code})
    if not second.is_valid():
        raise second.errors.as_data()["code"][0]
    second.save()
    return user


def _sent(body) -> dict:
    try:
        sent = from_json(body)
    except ValueError:
        return {}
    return sent if isinstance(sent, dict) else {}


def _refused(code):
    if code == TOO_MANY:
        return JsonResponse({"error": str(get_adapter().error_messages[TOO_MANY])}, status=429)
    return JsonResponse(
        {"error": _("Password and code do not match. Try again, with the next code.")}, status=400
    )


@login_not_required
@require_safe
def there(request, provider_id):
    """To the provider of the agency, from our own page only: no page elsewhere signs somebody in."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in OURS:
        return redirect("account_login")
    try:
        return openid.login(request, provider_id)
    except RequestException:
        messages.warning(request, _("Your agency's sign-in does not answer. Use another way, or try later."))
        return redirect("account_login")


@login_not_required
@require_safe
def back(request, provider_id):
    """From the provider. The cookie is strict, so the page opens itself once more before it is read."""
    return openid.callback(request, provider_id)


@login_not_required
@require_safe
def not_there(request):
    """Somebody thought better of it over there."""
    return redirect("account_login")


class SignOut(LogoutView):
    """Sign out, and let the browser forget."""

    def post(self, *args, **kwargs):
        response = super().post(*args, **kwargs)
        response["Clear-Site-Data"] = FORGET
        return response


@login_not_required
@require_safe
def leave(request):
    """Sign out and show something that says nothing, in place of what was on the screen."""
    logout(request)
    response = page(request, "account/leave.html")
    if request.headers.get("Sec-Fetch-Site", "none") in OURS:
        response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_http_methods(["GET", "POST"])
def everywhere(request):
    if request.method == "GET":
        return page(request, "account/everywhere.html")
    actions.sign_out_everywhere(request.user, by=request.user, at=timezone.now())
    request.session.flush()
    messages.success(request, _("You are signed out on every device."))
    response = redirect("/")
    response["Clear-Site-Data"] = FORGET
    return response


@require_http_methods(["GET", "POST"])
def devices(request):
    """Where somebody is signed in. One session is ended at a time, or all of them."""
    if request.method == "POST":
        return _end_session(request)
    found = list(sessions_of(request.user, request.session.session_key, timezone.now()))
    return page(request, "account/devices.html", {"devices": found})


def _end_session(request):
    session = marked(request.user, request.POST.get("session", ""))
    if session is None or session.session_key == hashed(request.session.session_key):
        messages.warning(request, _("That device is signed out already."))
        return redirect("devices")
    actions.end_session(session, by=request.user, at=timezone.now())
    messages.success(request, _("That device is signed out."))
    return redirect("devices")


@require_safe
def go_on(request):
    """What was typed before one had to show who one is, to be sent now."""
    words = step_up.waiting(request)
    if words is None or not step_up.is_fresh(request):
        return redirect("/")
    fields = [(name, value) for name, values in words.fields.items() for value in values]
    return page(request, "account/go_on.html", {"path": words.path, "page": words.page, "fields": fields})


class AddPasskey(AddWebAuthnView):
    """Ask the browser for a passkey that can also sign in by itself."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {"js_data": {"creation_options": begin_registration(self.request.user, True)}}


class RecoveryCodes(ViewRecoveryCodesView):
    """The codes once, in the browser that made them; afterwards how many are left."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        fresh = recovery_codes.take_fresh(self.request)
        return context | {"can_view_codes": bool(fresh), "unused_codes": fresh or context["unused_codes"]}


class PasskeySignIn(LoginWebAuthnView):
    def form_invalid(self, form):
        """Say so on the sign-in page. 303, because a 302 would have the refused passkey parked as words."""
        response = super().form_invalid(form)
        response.status_code = 303
        return response
