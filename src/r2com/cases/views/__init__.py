"""Pages around a case, cut by what they are for."""

from .door import declined, door
from .explain import choice, explain, give_notice, print_notice, withdraw
from .profile import profile
from .team import team

__all__ = [
    "choice",
    "declined",
    "door",
    "explain",
    "give_notice",
    "print_notice",
    "profile",
    "team",
    "withdraw",
]
