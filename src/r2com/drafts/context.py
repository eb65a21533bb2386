"""What the browser needs to hold unsaved words safely."""

import hmac
from base64 import b64encode

from django.conf import settings


def keeping(request) -> dict:
    """A key of the person's own, under which their browser holds words that could not be saved yet."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    secret = hmac.digest(settings.SECRET_KEY.encode(), b"keep:" + user.pk.bytes, "sha256")
    return {"keep_key": b64encode(secret).decode()}
