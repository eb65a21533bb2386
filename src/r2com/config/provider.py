"""What an installation says of the provider that people may sign in with (OpenID Connect)."""

import re
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from . import env

LOOPBACK = ("localhost", "127.0.0.1")


def said() -> dict:
    """What allauth has to know of it; nothing where none is named."""
    issuer = env.value("R2COM_OIDC_ISSUER").rstrip("/")
    if not issuer:
        return {}
    _is_whole(issuer)
    one = {
        "provider_id": identifier(issuer),
        "name": env.value("R2COM_OIDC_NAME"),
        "client_id": env.value("R2COM_OIDC_CLIENT"),
        "secret": env.value("R2COM_OIDC_SECRET"),
        "settings": {"server_url": issuer, "oauth_pkce_enabled": True},
    }
    return {"openid_connect": {"SCOPE": ["openid", "email"], "APPS": [one]}}


def identifier(issuer: str) -> str:
    """Its address as it stands in ours: what one provider calls somebody means nothing to another."""
    parts = urlsplit(issuer)
    return re.sub(r"[^a-z0-9]+", "-", f"{parts.netloc}{parts.path}".lower()).strip("-")


def _is_whole(issuer: str) -> None:
    """Who somebody is does not come over a line that others can write on, and not from half a setting."""
    parts = urlsplit(issuer)
    if parts.scheme != "https" and parts.hostname not in LOOPBACK:
        raise ImproperlyConfigured(
            "R2COM_OIDC_ISSUER begins with https://, or the provider cannot be believed."
        )
    missing = [name for name in ("R2COM_OIDC_CLIENT", "R2COM_OIDC_SECRET") if not env.value(name)]
    if missing:
        raise ImproperlyConfigured(f"R2COM_OIDC_ISSUER is set, and {' and '.join(missing)} is not.")
