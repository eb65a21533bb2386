"""How whoever complained finds the answer again, without an account."""

import hmac

from .code import hashed
from .models import Complaint


def find(reference: str, words: str) -> Complaint | None:
    """The complaint that both open together; a wrong reference and wrong words answer alike."""
    if "\0" in reference:
        return None
    found = Complaint.objects.filter(reference=reference.strip().upper()).whole().first()
    kept = found.words_hash if found else hashed("")
    fits = hmac.compare_digest(kept, hashed(words))
    return found if found and fits else None
