"""The secrets of second factors, which allauth keeps in a table of its own and we seal."""

from collections.abc import Iterator

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator

from r2com.vault.keyring import NoKey
from r2com.vault.keyservice import KeyRefused
from r2com.vault.sealing import Tampered

SEALED = ("secret", "seed")


def sealed_secrets() -> Iterator[tuple[str, str, str]]:
    """For each one its table, its row, and why it does not open; nothing when it does."""
    table, adapter = Authenticator._meta.db_table, get_adapter()
    for factor in Authenticator.objects.order_by("pk").iterator():
        for name in SEALED:
            if secret := factor.data.get(name):
                yield table, str(factor.pk), _fault(adapter, secret)


def _fault(adapter, secret: str) -> str:
    try:
        adapter.decrypt(secret)
    except (Tampered, NoKey, KeyRefused, ValueError):
        return "does not open"
    return ""
