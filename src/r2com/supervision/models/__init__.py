"""What is kept about the team's own work: hand-overs, who is away, and how a worker says they are."""

from .absences import Absence
from .hand_overs import HandedOver, HandOver, HandOverNote, Reading, TakenBack
from .strain import StrainAnswer, StrainCheck

__all__ = [
    "Absence",
    "HandOver",
    "HandOverNote",
    "HandedOver",
    "Reading",
    "StrainAnswer",
    "StrainCheck",
    "TakenBack",
]
