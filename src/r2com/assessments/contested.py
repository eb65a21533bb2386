"""What of the talks can be contested: a judgement, a line of evidence, a box, a future, a pulse."""

from uuid import UUID

from django.utils.translation import gettext as _

from r2com.access import grants
from r2com.access.roles import May
from r2com.contests.kinds import Entry, Kind
from r2com.contests.kinds import register as kind
from r2com.instruments.reading import sensitive_items

from . import pulses
from .models import Box, Evidence, Formulation, Future, Pulse, Rating
from .responses import instrument_of

HELP = "help"
PEOPLE = ("case__person", "case__organisation", "case__team")


def register() -> None:
    kind(Kind("rating", Rating, rating))
    kind(Kind("evidence", Evidence, evidence))
    kind(Kind("sense", Formulation, sense))
    kind(Kind("pulse", Pulse, pulse))


def rating(user, pk: UUID, part: str) -> Entry | None:
    row = _of_item(Rating, user, pk)
    if row is None:
        return None
    guide = instrument_of(row.assessment)
    said = [(guide.scales[scale], row.judgements.get(scale)) for scale in guide.judgements]
    judged = [f"{scale.ask} {scale.words[word].label}" for scale, word in said if word in scale.words]
    authors = {row.rated_by_id, row.countersigned_by_id} - {None}
    words = "\n".join([*judged, row.own_words])
    return _entry("rating", row, guide.item(row.item).title, words, authors)


def evidence(user, pk: UUID, part: str) -> Entry | None:
    row = _of_item(Evidence, user, pk)
    if row is None:
        return None
    title = _("What was seen or heard: %(item)s") % {
        "item": instrument_of(row.assessment).item(row.item).title
    }
    return _entry("evidence", row, title, f"{row.words}\n{row.source}", {row.added_by_id})


def sense(user, pk: UUID, part: str) -> Entry | None:
    """A box or a future by its name; without one, what to begin with and how much help."""
    rows = Formulation.objects.visible_to(user).select_related(*(f"assessment__{name}" for name in PEOPLE))
    row = rows.filter(pk=pk).first()
    if row is None or not grants.allows(user, row.case_id, May.READ_SENSITIVE):
        return None
    found = _written(row, part)
    return found and Entry(
        "sense", pk, row.assessment.case, *found, frozenset({row.written_by_id}), part, is_sensitive=True
    )


def pulse(user, pk: UUID, part: str) -> Entry | None:
    row = Pulse.objects.visible_to(user).whole().select_related(*PEOPLE).filter(pk=pk).first()
    if row is None:
        return None
    sees = grants.allows(user, row.case_id, May.READ_SENSITIVE)
    said = [f"{item.title}: {word.label}" for item, word in pulses.said(row, with_sensitive=sees) if word]
    words = "\n".join([*said, row.own_words])
    return Entry("pulse", pk, row.case, _("Pulse"), words, frozenset({row.kept_by_id}), is_sensitive=True)


def _of_item(model, user, pk: UUID):
    """A row about an item, for somebody who may see that the item exists."""
    around = ("assessment__published", *(f"assessment__{name}" for name in PEOPLE))
    row = model.objects.visible_to(user).select_related(*around).filter(pk=pk).first()
    hidden = row and row.item in sensitive_items()
    return row if row and (not hidden or grants.allows(user, row.case_id, May.READ_SENSITIVE)) else None


def _entry(name: str, row, title: str, words: str, authors: set) -> Entry:
    sensitive = row.item in sensitive_items()
    return Entry(
        name, row.pk, row.assessment.case, title, words.strip(), frozenset(authors), is_sensitive=sensitive
    )


def _written(row: Formulation, part: str) -> tuple[str, str] | None:
    """The title and the words of one part."""
    if part in Box.values:
        text = row.boxes.filter(box=part).first()
        return str(Box(part).label), text.words if text else ""
    if part in Future.values:
        text = row.futures.filter(future=part).first()
        words = "\n".join([text.first_signs, text.who_notices, text.who_does_what]) if text else ""
        return str(Future(part).label), words
    return (_("How much help"), row.support_because) if part == HELP else None
