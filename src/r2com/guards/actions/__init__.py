"""Keeping somebody out of a record, restricting it, setting it aside, and opening one in an emergency."""

from .closing_off import end_restriction, exclude, let_back_in, restrict
from .emergencies import NotHere, end, go_on, not_found, open_in_emergency, review
from .setting_aside import set_aside, tell, use_again

__all__ = [
    "NotHere",
    "end",
    "end_restriction",
    "exclude",
    "go_on",
    "let_back_in",
    "not_found",
    "open_in_emergency",
    "restrict",
    "review",
    "set_aside",
    "tell",
    "use_again",
]
