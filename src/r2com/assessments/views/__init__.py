"""The pages of an assessment, cut by what is done on them."""

from .contents import assessment, assessments, needs_and_strengths, newest_map, newest_sense
from .item import countersign, item, not_known
from .printing import print_assessment
from .pulse import amend_pulse, kept_pulse, print_pulses, pulse, pulses
from .sense import sense
from .signing import hand_in, sign_off
from .together import take_back, together

__all__ = [
    "amend_pulse",
    "assessment",
    "assessments",
    "countersign",
    "hand_in",
    "item",
    "kept_pulse",
    "needs_and_strengths",
    "newest_map",
    "newest_sense",
    "not_known",
    "print_assessment",
    "print_pulses",
    "pulse",
    "pulses",
    "sense",
    "sign_off",
    "take_back",
    "together",
]
