"""What can be done with tasks and reminders, and with what leaves the house about them."""

from .contested import answered, remind
from .doing import ask, finish, meet, move, promise, put_off, undo
from .outside import choose_digest, count_digest, end_calendar, make_calendar, read_calendar, stop_digest

__all__ = [
    "answered",
    "ask",
    "choose_digest",
    "count_digest",
    "end_calendar",
    "finish",
    "make_calendar",
    "meet",
    "move",
    "promise",
    "put_off",
    "read_calendar",
    "remind",
    "stop_digest",
    "undo",
]
