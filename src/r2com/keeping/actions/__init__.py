"""What somebody can do about how long things are kept."""

from .holds import end_hold, hold, must_not_be_held
from .runs import propose_run, run

__all__ = ["end_hold", "hold", "must_not_be_held", "propose_run", "run"]
