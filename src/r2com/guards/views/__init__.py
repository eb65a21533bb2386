"""The pages of guards."""

from .aside import set_aside, tell_of_use, use_again
from .emergencies import emergencies, emergency, end_emergency, go_on, open_emergency
from .near import let_near

__all__ = [
    "emergencies",
    "emergency",
    "end_emergency",
    "go_on",
    "let_near",
    "open_emergency",
    "set_aside",
    "tell_of_use",
    "use_again",
]
