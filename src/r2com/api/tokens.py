"""Who asks: the bearer of a token, in the role and with the grants of the person it belongs to."""

from functools import wraps

from allauth.core.internal import ratelimit
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from r2com.access import reading
from r2com.accounts.middleware import SECOND
from r2com.organisations.middleware import current

from .models import Scope, Token
from .problems import NotThisToken, TooOften

# In the cache that all processes share, as for signing in.
RATES = {"api": "240/m/key", "api_refused": "30/m/ip"}


class Bearer(HttpBearer):
    """`Authorization: Bearer r2com_…`. A session in a browser opens nothing here."""

    def authenticate(self, request: HttpRequest, token: str) -> Token | None:
        found = Token.objects.that_is(token).first()
        if found is None or not _works(found, request):
            _count(request, "api_refused")
            return None
        _count(request, "api", key=str(found.pk))
        found.used(timezone.localdate())
        request.user = found.user
        reading.become(found.user)
        return found


def _works(token: Token, request: HttpRequest) -> bool:
    """Whether it is live, and its owner could sign in and has a place in the same agency today."""
    user = token.user
    if not (token.is_live(timezone.now()) and user.is_active and is_mfa_enabled(user, SECOND)):
        return False
    request.membership = current(user)
    return request.membership is not None and request.membership.organisation_id == token.organisation_id


def _count(request: HttpRequest, action: str, key: str | None = None) -> None:
    known = {"app": "api", "action": action, "config": RATES, "key": key, "limit_get": True}
    if not ratelimit.consume(request, **known):
        raise TooOften


def needs(scope: Scope):
    """Answer only to tokens that were made for this."""

    def decorate(operation):
        @wraps(operation)
        def asked(request, *args, **kwargs):
            if scope not in request.auth.scopes:
                raise NotThisToken
            return operation(request, *args, **kwargs)

        asked.scope = scope
        return asked

    return decorate
