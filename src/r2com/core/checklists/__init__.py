"""Checklists as data: read a definition, in the language somebody reads.

    checklist = read(json.loads(file), {"pt": json.loads(portuguese)})
    checklist.in_language("pt").line("bed").title

A checklist says what has to be in place and when. It says nothing about a person.
"""

from .checking import faults
from .definition import Checklist, Kind, Line
from .reading import read

__all__ = ["Checklist", "Kind", "Line", "faults", "read"]
