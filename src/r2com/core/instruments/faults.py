"""What is wrong with a definition, said so that its author can mend it."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend: where it stands (`items[3].anchors.marked`) and a sentence saying what to do."""

    address: str
    advice: str

    def __str__(self) -> str:
        return f"{self.address}: {self.advice}"


class BadDefinition(ValueError):
    """A definition that cannot be used. `faults` holds everything found, not only the first."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))
