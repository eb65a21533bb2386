"""The pages of looking again and of closing, cut by what is done on them."""

from .aftercare import aftercare
from .closing import closing, reopen
from .letter import closing_letter, print_letter
from .reviews import carry_review, print_review, review, reviews

__all__ = [
    "aftercare",
    "carry_review",
    "closing",
    "closing_letter",
    "print_letter",
    "print_review",
    "reopen",
    "review",
    "reviews",
]
