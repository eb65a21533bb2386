"""Where letters leave the house."""

from urllib.parse import unquote, urlsplit

CONSOLE = {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}


def settings(url: str) -> dict:
    """Django's settings for `smtp://user:password@host:port` (`smtps://` for TLS from the start).

    Without an address, letters are written to the log and go nowhere.
    """
    if not url:
        return CONSOLE
    parts = urlsplit(url)
    encrypted = parts.scheme == "smtps"
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or (465 if encrypted else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": encrypted,
        "EMAIL_USE_TLS": not encrypted and parts.hostname not in ("localhost", "127.0.0.1"),
    }
