"""What can be done with a programme."""

from .going import WantedGoal, choose, end, pause, printed, resume, write_session
from .restorative import ANSWERED, answer_check, consent, must_have_a_part, own_answer

__all__ = [
    "ANSWERED",
    "WantedGoal",
    "answer_check",
    "choose",
    "consent",
    "end",
    "must_have_a_part",
    "own_answer",
    "pause",
    "printed",
    "resume",
    "write_session",
]
