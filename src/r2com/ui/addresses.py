"""Addresses for the rows of a list: looked up once, not once a row."""

from collections.abc import Callable
from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.safestring import SafeString

NOBODY = UUID(int=0)


def each(name: str) -> Callable[[UUID | str], SafeString]:
    """Gives the address of a page for an id, or for a reference of our own making; both need no escaping."""
    before, after = _around(name, get_script_prefix(), get_urlconf() or settings.ROOT_URLCONF)
    return lambda key: SafeString(f"{before}{key}{after}")


@lru_cache(maxsize=512)
def _around(name: str, prefix: str, urlconf: str) -> list[str]:
    """What stands before and behind the id; prefix and addresses are part of the key."""
    return reverse(name, args=[NOBODY], urlconf=urlconf).split(str(NOBODY))
