"""How much somebody has to do, as `docs/reference/friction.md` says it: the limit, and what was measured.

The tests in a browser measure. They compare with the file, so that a rise fails, and so does a file that
says something else. `make docs` writes what is measured.
"""

import os
from pathlib import Path

FILE = Path(__file__).parent.parent / "docs" / "reference" / "friction.md"
WRITES = os.environ.get("R2COM_FRICTION") == "write"
HEAD = """# Friction

How much somebody has to do for what they do every day, counted in a real browser: a press, a choice, going to
a field and typing in it are one action each. A rise fails the tests. *Written by `make docs`; do not edit
here.*

| What | Limit | Measured |
| --- | --- | --- |
"""
LIMITS = {
    "A routine contact: actions": 6,
    "A routine contact: fields typed twice": 0,
    "A new case: screens": 2,
    "From sign-in to the person of the next appointment: actions": 2,
    "After saving: forms that lead away from where you were": 0,
}


def holds(what: str, measured: int) -> None:
    """Raises AssertionError when more is asked of somebody than the limit, or than the file says."""
    assert measured <= LIMITS[what], f"{what}: {measured}"
    said = figures()
    if WRITES:
        said[what] = measured
        rows = (f"| {name} | {LIMITS[name]} | {said.get(name, '')} |\n" for name in LIMITS)
        FILE.write_text(HEAD + "".join(rows))
    else:
        assert said.get(what) == measured, f"{what}: {measured}; the file says {said.get(what)}"


def figures() -> dict[str, int]:
    """What the file says was measured."""
    if not FILE.exists():
        return {}
    rows = [
        line.strip("| \n").split(" | ") for line in FILE.read_text().splitlines() if line.startswith("| ")
    ]
    return {row[0]: int(row[2]) for row in rows if len(row) == 3 and row[2].isdigit()}
