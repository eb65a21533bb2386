"""The pages of programmes."""

from .browsing import programme, programmes
from .choosing import case_programmes, choose
from .chosen import chosen, end, pause, print_overview, resume, session
from .restorative import consent, own_answer, restorative

__all__ = [
    "case_programmes",
    "choose",
    "chosen",
    "consent",
    "end",
    "own_answer",
    "pause",
    "print_overview",
    "programme",
    "programmes",
    "restorative",
    "resume",
    "session",
]
