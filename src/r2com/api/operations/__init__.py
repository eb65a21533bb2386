"""What can be asked for and what can be written, address by address."""

from . import reading, writing
from .addresses import router

__all__ = ["reading", "router", "writing"]
