"""The pages about what goes, what is held, and what was destroyed."""

from .holds import end_hold, holds
from .plans import certificate, certificate_file, retention_plan

__all__ = ["certificate", "certificate_file", "end_hold", "holds", "retention_plan"]
