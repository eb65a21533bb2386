"""What somebody can do about how long things are kept."""

from .holds import end_hold, hold
from .runs import propose_run, run

__all__ = ["end_hold", "hold", "propose_run", "run"]
