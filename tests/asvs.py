"""The register of OWASP ASVS 5.0.0: `docs/reference/asvs.csv`, a line for each requirement, kept by hand."""

import csv
from collections import Counter
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
FILE = ROOT / "docs" / "reference" / "asvs.csv"
SHOWN, NOT_YET, OPERATOR, NOT_OURS = "shown by test", "not yet", "for the operator", "does not apply"
STATES = (SHOWN, NOT_YET, OPERATOR, NOT_OURS)


class Line(NamedTuple):
    """One requirement: its id and level in the standard, and our own words for what it is about."""

    id: str
    level: str
    subject: str
    applies: str
    state: str
    shown_by: str
    note: str


def register() -> list[Line]:
    with FILE.open(encoding="utf-8", newline="") as file:
        _heading, *rows = csv.reader(file)
    return [Line(*row) for row in rows]


def counted() -> list[list[str]]:
    """For each level how many requirements stand in each state."""
    found = Counter((line.level, line.state) for line in register())
    return [[level, *(str(found[level, state]) for state in STATES)] for level in ("1", "2", "3")]
