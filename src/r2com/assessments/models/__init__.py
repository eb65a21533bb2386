"""What is kept of talking, rating and making sense, and of the pulses in between."""

from .pulse import Pulse
from .talks import (
    Answer,
    Assessment,
    Box,
    BoxText,
    Evidence,
    Formulation,
    Future,
    FutureText,
    HandingIn,
    Rating,
)

__all__ = [
    "Answer",
    "Assessment",
    "Box",
    "BoxText",
    "Evidence",
    "Formulation",
    "Future",
    "FutureText",
    "HandingIn",
    "Pulse",
    "Rating",
]
