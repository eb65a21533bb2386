"""What could not be carried over, by name, and why."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Left:
    """One thing that was left out: sheet and row (0 where there is none), column, what it was, and why."""

    sheet: str
    row: int
    column: str
    what: str
    why: str

    def __str__(self) -> str:
        row = f"row {self.row}" if self.row else ""
        place = ", ".join(part for part in (self.sheet, row, self.column) if part)
        return ": ".join(part for part in (place, self.what, self.why) if part)


class NotCarried(Exception):
    """This has no place in the other form. The message says why."""
