"""The person's own door: from the address to the link, and from what their browser holds to their record.

Whoever comes through it reads with the grant of their visit (grants.py). Every way in that does not lead
anywhere, for whatever reason, answers None.
"""

from datetime import datetime

from django.core import signing

from r2com.access import wall
from r2com.accounts.models import User

from .models import Link, Opening, hashed

SALT = "my_record.visit"


@wall.for_the_house("a link is found before it is known whose record it opens")
def by_token(token: str, at: datetime) -> Link | None:
    """The link behind an address, while its code still opens it."""
    return Link.objects.with_token(token).unused(at).whole().first()


@wall.for_the_house("its wrong codes are counted before it is known who asks")
def is_over(link: Link, at: datetime) -> bool:
    """Whether the link, as it stands now, opens nothing any more."""
    return not Link.objects.unused(at).filter(pk=link.pk).exists()


@wall.for_the_house("a visit is found before it is known whose record it reads")
def by_cookie(cookie: str, at: datetime) -> Opening | None:
    """The visit that a browser is in the middle of."""
    try:
        secret = signing.Signer(salt=SALT).unsign(cookie)
    except signing.BadSignature:
        return None
    return Opening.objects.going_on(at).whole().filter(visit_hash=hashed(secret)).first()


def to_cookie(secret: str) -> str:
    return signing.Signer(salt=SALT).sign(secret)


def reader(opening: Opening) -> User:
    """Whoever reads through a link, as `visible_to` knows them: no account, only the grant of the visit."""
    return User(pk=opening.pk, is_active=False)
