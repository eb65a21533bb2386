"""What one person never does alone, and which two parts one person never plays in the same thing.

The pairs stand here as data. Where each is enforced stands beside it; a test goes through the list.
"""

from dataclasses import dataclass
from typing import Any, Final

from r2com.core.refusals import Refused


@dataclass(frozen=True)
class Pair:
    """Two parts in one thing, and where the second is refused to whoever played the first."""

    first: str
    second: str
    enforced: str


PAIRS: Final = (
    Pair("looks after accounts", "reads records", "access.roles.ROLES, access.grants.derived"),
    Pair("gives a part in a case", "is given more than they have", "cases.actions.place"),
    Pair("gives a place in the agency", "is given it", "organisations.actions.join"),
    Pair("asks for an export with names", "says yes to it", "exports.actions.agree"),
    Pair("proposes what needs two", "says yes to it", "organisations.actions.agree"),
    Pair("opens a record in an emergency", "looks at it afterwards", "guards.actions.review"),
    Pair("holds something back", "looks at it as second reader", "rights.actions.look_again"),
    Pair("drafts a file for the person", "reads it before it leaves", "rights.actions.read_through"),
    Pair("decides a complaint", "decides it on appeal", "rights.actions.decide"),
    Pair("keeps somebody out", "is kept out", "guards.actions.exclude"),
)


def must_be_two(first: Any, second: Any, sentence: str) -> None:
    """Raises Refused, with this sentence, when both are one and the same person."""
    if first is None or second is None or getattr(first, "pk", first) == getattr(second, "pk", second):
        raise Refused(sentence)
