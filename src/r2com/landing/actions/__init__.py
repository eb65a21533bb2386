"""What can be done before the gate and in the first 72 hours."""

from .gate import add_line, change_line, confirm, need_again, not_needed, say, take_back
from .lamps import does_not_apply, hand_on, light, note, put_out
from .lists import move_release, must_change, printed

__all__ = [
    "add_line",
    "change_line",
    "confirm",
    "does_not_apply",
    "hand_on",
    "light",
    "move_release",
    "must_change",
    "need_again",
    "not_needed",
    "note",
    "printed",
    "put_out",
    "say",
    "take_back",
]
