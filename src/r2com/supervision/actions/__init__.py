"""What a supervisor and the team do about their own work: handing over, being away, saying how one is."""

from .absences import call_off, plan_absence
from .hand_overs import Plan, change_note, give, hold_up, leave_out, prepare, read_note, take_back
from .strain import answer, delete, forget_old, hide, show, write

__all__ = [
    "Plan",
    "answer",
    "call_off",
    "change_note",
    "delete",
    "forget_old",
    "give",
    "hide",
    "hold_up",
    "leave_out",
    "plan_absence",
    "prepare",
    "read_note",
    "show",
    "take_back",
    "write",
]
