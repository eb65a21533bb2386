"""What happens to a file on its way in, before anything is written."""

from . import apart, clamd
from .apart import Made


def taken_in(data: bytes) -> Made:
    """The file drawn or written anew. Raises Refused with a sentence that says what to do instead."""
    clamd.must_be_harmless(data)
    return apart.cleaned(data)
