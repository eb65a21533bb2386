"""What can be done with an assessment: rate, make sense, hand in, answer."""

from .evidence import add_evidence, take_back
from .pulse import NotHere, amend_pulse, keep_pulse, print_pulses
from .rating import Owing, begin, countersign, hear, leave_open, rate
from .sense import Sense, make_sense, missing
from .signing import give_back, hand_in, sign_off, still_owed

__all__ = [
    "NotHere",
    "Owing",
    "Sense",
    "add_evidence",
    "amend_pulse",
    "begin",
    "countersign",
    "give_back",
    "hand_in",
    "hear",
    "keep_pulse",
    "leave_open",
    "make_sense",
    "missing",
    "print_pulses",
    "rate",
    "sign_off",
    "still_owed",
    "take_back",
]
