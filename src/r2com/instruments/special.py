"""What an instrument says its items are about, as kinds of content that may be closed to somebody.

An origin that an item may show has no kind of its own: such items are sensitive, which closes the whole item.
"""

from collections.abc import Iterable
from typing import Final

from r2com.access.categories import Category

from .reading import pinned

KINDS: Final = {
    "health": Category.HEALTH,
    "religion_belief": Category.BELIEF,
    "political_opinion": Category.CONVICTION,
    "criminal_allegation": Category.OFFENCE,
}


def of_its_item(row) -> Iterable[Category]:
    """For what is written about one item in an assessment."""
    guide = pinned(row.assessment.published_id, row.assessment.content_hash)
    return _kinds(guide.item(row.item).special_category)


def of_its_questions(row) -> Iterable[Category]:
    """For the answers to a whole questionnaire."""
    return _kinds(pinned(row.published_id, row.content_hash).special_category)


def _kinds(said: Iterable[str]) -> list[Category]:
    return [KINDS[one] for one in said if one in KINDS]
