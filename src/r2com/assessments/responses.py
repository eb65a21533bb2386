"""From rows to what the instrument engine reads, and what somebody may see of it."""

from collections import defaultdict

from django.utils.translation import get_language

from r2com.access import grants
from r2com.access.roles import May
from r2com.core.instruments import Evidence as Piece
from r2com.core.instruments import Instrument, Item, ItemResponse, Response
from r2com.instruments.reading import Altered, instrument

from .models import Assessment, Evidence, Pulse, Rating


def instrument_of(assessment: Assessment | Pulse, language: str | None = None) -> Instrument:
    """The pinned instrument in the reader’s language. Raises Altered when it is another."""
    if assessment.content_hash != assessment.published.content_hash:
        raise Altered(str(assessment.published))
    return instrument(assessment.published, language or get_language() or "en")


def asked_items(assessment: Assessment, guide: Instrument, *, to) -> list[Item]:
    """The items of this pass that `to` may see, in the guide's order."""
    items = guide.subset(assessment.kind) if assessment.kind in guide.subsets else guide.items
    hidden = hidden_items(assessment, guide, to=to)
    return [item for item in items if item.id not in hidden]


def hidden_items(assessment: Assessment, guide: Instrument, *, to) -> set[str]:
    """The ids of the sensitive items, for somebody who may not see that they exist."""
    if grants.allows(to, assessment.case_id, May.READ_SENSITIVE):
        return set()
    return {item.id for item in guide.items if item.sensitive}


def response(assessment: Assessment) -> Response:
    """Everything said so far, for the engine. Evidence that was taken back is left out."""
    pieces = defaultdict(list)
    for row in assessment.evidence.all():
        if row.taken_back_at is None:
            pieces[row.item].append(row)
    ratings = {rating.item: rating for rating in assessment.ratings.all()}
    return {item: said(ratings.get(item), pieces[item]) for item in ratings.keys() | pieces.keys()}


def said(rating: Rating | None, evidence: list[Evidence]) -> ItemResponse:
    pieces = tuple(Piece(row.stance, row.type, row.source, row.dated) for row in evidence)
    if rating is None:
        return ItemResponse(evidence=pieces)
    return ItemResponse(
        judgements=rating.judgements,
        evidence=pieces,
        words={"person_view": rating.own_words or rating.not_asked_because},
        countersigned=rating.countersigned_by_id is not None,
    )
