"""What the guide knows that helps to plan: the parts of life, and what has helped with them elsewhere.

It is data to read together. It offers; it never decides.
"""

from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from r2com.core.instruments import Instrument
from r2com.instruments import reading

from .models import Plan

Groups = list[tuple[str, str | list[tuple[str, str]]]]


@dataclass(frozen=True)
class Offer:
    """What has helped elsewhere with one part of life, and which kinds of service do such things."""

    title: str
    helps: tuple[str, ...]
    kinds: tuple[str, ...]


def of(plan: Plan) -> Instrument:
    """The guide that the plan's assessment was made with; before any assessment, the newest one published."""
    published = plan.assessment.published if plan.assessment else reading.newest()
    return reading.instrument(published, get_language())


def titles(guide: Instrument, *, with_sensitive: bool) -> dict[str, str]:
    """The names of the parts of life by id, without the sensitive ones for those who do not read them."""
    return {item.id: item.title for item in guide.items if with_sensitive or not item.sensitive}


def needs_first(plan: Plan) -> list[str]:
    """The items that were chosen to come first when making sense."""
    formulation = _formulation(plan)
    return formulation.priority_needs if formulation else []


def strengths_first(plan: Plan) -> list[str]:
    """The items that were chosen as what holds most."""
    formulation = _formulation(plan)
    return formulation.key_strengths if formulation else []


def grouped(guide: Instrument, first: list[str], heading: str) -> Groups:
    """Every item as a choice: those that come first, then the rest by domain in the guide's order."""
    names = titles(guide, with_sensitive=True)
    ahead = [(id, names[id]) for id in first if id in names]
    rest = [
        (domain.title, [(item.id, item.title) for item in items if item.id not in first])
        for domain, items in guide.by_domain
    ]
    chosen = [(heading, ahead)] if ahead else []
    return [("", _("Choose one")), *chosen, *((title, items) for title, items in rest if items)]


def offers(guide: Instrument, ids: list[str]) -> list[Offer]:
    """What has helped elsewhere with these items, in the order they come in."""
    found = {item.id: item for item in guide.items}
    return [
        Offer(item.title, item.services, tuple(guide.kinds_of_service[kind] for kind in item.service_kinds))
        for item in (found[id] for id in ids if id in found)
    ]


def _formulation(plan: Plan):
    return getattr(plan.assessment, "formulation", None)
