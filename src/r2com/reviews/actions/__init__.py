"""What can be done towards and after an end: look again, close with a letter, ring afterwards."""

from .aftercare import ring, take_over
from .closing import Account, GoalAccount, LetterWords, TaskAccount, close, letter_printed, prepare
from .reviewing import begin, keep, printed

__all__ = [
    "Account",
    "GoalAccount",
    "LetterWords",
    "TaskAccount",
    "begin",
    "close",
    "keep",
    "letter_printed",
    "prepare",
    "printed",
    "ring",
    "take_over",
]
