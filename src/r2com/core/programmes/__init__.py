"""Programmes as data: what is done together, in which order, by whom, and what it is not.

    programme = read(json.loads(file), {"pt": json.loads(portuguese)})
    programme.in_language("pt").session("first")

A programme is a course of meetings that somebody chose. Nothing in it measures anybody.
"""

from ..instruments.faults import BadDefinition, Fault
from .checking import faults
from .definition import Phase, Programme, Session, Source
from .reading import content_hash, read
from .translating import Unit, text_hashes

__all__ = [
    "BadDefinition",
    "Fault",
    "Phase",
    "Programme",
    "Session",
    "Source",
    "Unit",
    "content_hash",
    "faults",
    "read",
    "text_hashes",
]
