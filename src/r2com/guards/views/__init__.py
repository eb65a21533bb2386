"""The pages of guards."""

from .emergencies import emergencies, emergency, end_emergency, go_on, open_emergency
from .near import let_near

__all__ = ["emergencies", "emergency", "end_emergency", "go_on", "let_near", "open_emergency"]
