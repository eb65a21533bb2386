"""What can be done with complaints, and with the file that a person asks for."""

from .complaints import appeal, complain, decide, say_whom
from .files import ask, give, look_again, take_longer

__all__ = ["appeal", "ask", "complain", "decide", "give", "look_again", "say_whom", "take_longer"]
