"""What was said about each item, and what it rests on."""

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

Judgements = Mapping[str, str | None]
"""The judgements on one item as words, by scale: {"vulnerability": "some", "person_view": "agrees", ...}.

An empty word or None means that nothing was said yet.
"""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of evidence: whether it speaks for or against the rating, of what type, from whom, when."""

    stance: str
    type: str
    source: str = ""
    date: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class ItemResponse:
    """What was said about one item.

    `words` are free words beside a judgement: how the person sees it otherwise, why it was not asked.
    """

    judgements: Judgements = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    countersigned: bool = False


Response = Mapping[str, ItemResponse]


def independent(evidence: Collection[Evidence]) -> int:
    """How many pieces come from different sources. Unnamed sources cannot be told apart and count as one."""
    named = {" ".join(piece.source.split()).casefold() for piece in evidence} - {""}
    return len(named) or min(len(evidence), 1)
