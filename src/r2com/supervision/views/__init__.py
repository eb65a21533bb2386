from .absences import absences, end_absence
from .hand_overs import (
    case_hand_overs,
    hand_over,
    hand_over_from,
    hand_over_note,
    hand_overs,
    read_hand_over,
    take_hand_over_back,
)
from .strain import strain, strain_check
from .team import due, hours, waiting

__all__ = [
    "absences",
    "case_hand_overs",
    "due",
    "end_absence",
    "hand_over",
    "hand_over_from",
    "hand_over_note",
    "hand_overs",
    "hours",
    "read_hand_over",
    "strain",
    "strain_check",
    "take_hand_over_back",
    "waiting",
]
