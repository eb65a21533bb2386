"""Who is let near a record, what was opened in an emergency, and which records are set aside."""

from .aside import SetAside
from .near import (
    LASTS,
    READS,
    Emergency,
    EmergencyReview,
    Exclusion,
    Longer,
    Named,
    Restriction,
    reviewers,
)

__all__ = [
    "LASTS",
    "READS",
    "Emergency",
    "EmergencyReview",
    "Exclusion",
    "Longer",
    "Named",
    "Restriction",
    "SetAside",
    "reviewers",
]
