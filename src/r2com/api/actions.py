"""Making a token for a program, and ending it."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from r2com.accounts.models import User
from r2com.audit import trail
from r2com.core.refusals import Refused
from r2com.organisations.models import Organisation

from .models import Scope, Token, hashed, secret

LONGEST = 90
AT_MOST = 10


@transaction.atomic
def make_token(
    organisation: Organisation, *, purpose: str, scopes: list[str], days: int, by: User, at: datetime
) -> tuple[Token, str]:
    """A token for oneself, and its secret, which is told once. Raises Refused when it would last too long."""
    if not 1 <= days <= LONGEST:
        raise Refused(_("A token works for 1 to 90 days."))
    if not scopes or set(scopes) - set(Scope.values):
        raise Refused(_("Choose what it may be used for."))
    if Token.objects.of(by).live(at).count() >= AT_MOST:
        raise Refused(_("You have ten tokens. End one that nobody needs any more first."))
    text = secret()
    token = Token.objects.create(
        organisation=organisation,
        user=by,
        purpose=purpose,
        scopes=[scope for scope in Scope.values if scope in scopes],
        secret_hash=hashed(text),
        made_at=at,
        expires_at=at + timedelta(days=days),
    )
    trail.record("token.made", subject=token, by=by, at=at, scopes=token.scopes, days=days)
    return token, text


@transaction.atomic
def end_token(token: Token, *, by: User, at: datetime) -> None:
    """End a token: from now on it opens nothing. Ending it twice changes nothing."""
    current = Token.objects.select_for_update().get(pk=token.pk)
    if current.ended_at is None:
        current.ended_by, current.ended_at = by, at
        current.save(update_fields=["ended_by", "ended_at"])
        trail.record("token.ended", subject=current, by=by, at=at)
