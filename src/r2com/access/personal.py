"""What a model with personal data says about itself: which law's kinds it holds, how long, and who may ask.

Each such model has a line `personal = Personal(…)`. `docs/reference/personal-data.md` is written from them.
"""

from dataclasses import dataclass, field
from enum import StrEnum


class Kept(StrEnum):
    """How long, and what ends it."""

    CASE = "as long as the case, then by the agency's rule for closed cases"
    DOOR = "as long as the case; by the agency's rule for declined people when there is none"
    WRITING = "until the form is kept or dropped"
    SESSION = "until somebody signs out, or is away for longer than the idle time"
    ACCOUNT = "as long as somebody works here and their name stands under a record"
    TRAIL = "as long as the record it tells about; without narrative"
    YEAR = "for twelve months, or until whoever wrote it deletes it"
    RECORD = "as long as the agency works here: who did what on its behalf"


class Shown(StrEnum):
    """How it appears when the person asks to see everything about them."""

    WHOLE = "given whole"
    WITHOUT_OTHERS = "given; what would endanger somebody else is left out by a human"
    AS_A_LIST = "given as a list: what, when and by whom"
    UNREADABLE = "named, not printed: it has no meaning outside the database"
    NOT_THEIRS = "not about a person we support; given to the worker who asks"


@dataclass(frozen=True)
class Personal:
    """`holds` names the kinds of data, as in the lawful-basis register; `clear` says for each
    readable text, number and structure what it is, or why it is not sealed."""

    holds: tuple[str, ...]
    kept: Kept
    shown: Shown
    clear: dict[str, str] = field(default_factory=dict)


CORE = ("core",)
# What is talked about may touch any kind. The instrument says which item does.
TALK = ("core", "health", "belief", "opinion", "origin", "offence")
