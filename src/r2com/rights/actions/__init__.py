"""What can be done with complaints, and with the file that a person asks for."""

from .complaints import appeal, complain, decide, say_whom
from .files import ask, give, look_again, take_longer
from .reading import leave_out, put_back, read_through

__all__ = [
    "appeal",
    "ask",
    "complain",
    "decide",
    "give",
    "leave_out",
    "look_again",
    "put_back",
    "read_through",
    "say_whom",
    "take_longer",
]
