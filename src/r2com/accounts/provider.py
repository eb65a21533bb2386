"""Signing in through the provider that an agency has already (OpenID Connect Core 1.0, 2014; PKCE, RFC 7636).

The provider replaces the password, not the second factor. It opens accounts that are there, and makes none:
the first time an account is found by an address that the provider says it has checked, from then on by the
provider's own name for the person, which is all that is kept.
"""

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.base import AuthError
from django.conf import settings
from django.contrib import messages
from django.db.models.signals import pre_save
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from .models import User


def offered() -> dict[str, str] | None:
    """Name and identifier of the provider that stands on the sign-in page, if there is one."""
    if not settings.SOCIALACCOUNT_PROVIDERS:
        return None
    [one] = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    return {"name": one["name"], "identifier": one["provider_id"]}


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    def pre_social_login(self, request, sociallogin):
        """Find the account that belongs to whoever the provider says this is."""
        if sociallogin.is_existing:
            return
        checked = [one.email for one in sociallogin.email_addresses if one.verified]
        user = User.objects.filter(email__in=[address.lower() for address in checked]).first()
        if user is None:
            self._refuse(
                request,
                _("Your agency's sign-in knows you, but there is no account here with the same address. ")
                + _("Ask whoever looks after accounts to invite you."),
            )
        sociallogin.connect(request, user)

    def is_open_for_signup(self, request, sociallogin):
        """People come by invitation only."""
        return False

    def on_authentication_error(self, request, provider, error=None, exception=None, extra_context=None):
        """Whatever went wrong on the way, one is at the sign-in page again and can go another way."""
        if error != AuthError.CANCELLED:
            self._refuse(request, _("Signing in over there did not work. Try again, or use another way."))

    def send_notification_mail(self, *args, **kwargs):
        """The trail and the page of one's devices tell it."""

    def _refuse(self, request, words: str) -> None:
        messages.warning(request, words)
        raise ImmediateHttpResponse(redirect("account_login"))


def keep_nothing_more() -> None:
    """Of what the provider tells, only its own name for somebody is written down."""
    pre_save.connect(_forget, sender=SocialAccount, dispatch_uid="accounts.provider")


def _forget(sender, instance, **rest):
    instance.extra_data = {}
