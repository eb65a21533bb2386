"""The talks item by item: plain words, what was judged, the person's own view, the evidence."""

from collections.abc import Iterator
from itertools import chain

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from r2com.assessments import pulses
from r2com.assessments.models import Assessment, Formulation, HandingIn, Pulse, Rating
from r2com.assessments.responses import instrument_of
from r2com.cases.models import Case
from r2com.core.instruments import Instrument

from ..line import Line, by


def lines(case: Case, user) -> list[Line]:
    """Of every talk, the newest first, then of the pulses: what a line of My record is made from."""
    rows = Assessment.objects.visible_to(user).filter(case=case).with_instrument()
    around = ("ratings__rated_by", "evidence__added_by", "formulation__boxes", "formulation__futures")
    signing = Prefetch("handed_in", HandingIn.objects.select_related("by", "answer__by").order_by("at"))
    talks = rows.prefetch_related(*around, signing).select_related("formulation__written_by")
    return [row for talk in talks for row in _talk(talk)] + _pulses(case, user)


def _talk(talk: Assessment) -> Iterator[Line]:
    guide = instrument_of(talk)
    return chain(_ratings(talk, guide), _evidence(talk, guide), _sense(talk), _signing(talk))


def _ratings(talk: Assessment, guide: Instrument) -> Iterator[Line]:
    for rating in talk.ratings.all():
        item = guide.item(rating.item)
        words = "\n".join([item.together["question"], *_judged(rating, guide), rating.own_words])
        yield Line(item.title, words.strip(), by(rating.rated_by, rating.rated_at), "rating", rating.pk)


def _judged(rating: Rating, guide: Instrument) -> list[str]:
    said = [(guide.scales[scale], rating.judgements.get(scale)) for scale in guide.judgements]
    return [f"{scale.ask} {scale.words[word].label}" for scale, word in said if word in scale.words]


def _evidence(talk: Assessment, guide: Instrument) -> Iterator[Line]:
    for one in talk.evidence.all():
        if one.taken_back_at is None:
            title = _("What was seen or heard: %(item)s") % {"item": guide.item(one.item).title}
            yield Line(title, one.words, by(one.added_by, one.added_at), "evidence", one.pk)


def _sense(talk: Assessment) -> Iterator[Line]:
    made: Formulation | None = getattr(talk, "formulation", None)
    if made is None:
        return
    who = by(made.written_by, made.written_at)
    for box in made.boxes.all():
        if box.words:
            yield Line(str(box.get_box_display()), box.words, who, "sense", made.pk, box.box)
    for one in made.futures.all():
        words = "\n".join(filter(None, [one.first_signs, one.who_notices, one.who_does_what]))
        if words:
            yield Line(str(one.get_future_display()), words, who, "sense", made.pk, one.future)
    if made.support:
        words = f"{made.get_support_display()}\n{made.support_because}".strip()
        yield Line(_("How much help"), words, who, "sense", made.pk, "help")


def _signing(talk: Assessment) -> Iterator[Line]:
    """What the worker said when handing it in, and what the supervisor answered."""
    for handed in talk.handed_in.all():
        yield Line(_("Handed in to be read by a supervisor"), handed.words, by(handed.by, handed.at))
        if answer := getattr(handed, "answer", None):
            title = _("Returned with comments") if answer.is_return else _("Signed off")
            yield Line(title, answer.comments, by(answer.by, answer.at))


def _pulses(case: Case, user) -> list[Line]:
    rows = Pulse.objects.visible_to(user).filter(case=case).standing().select_related("published", "kept_by")
    return [_pulse(row) for row in rows]


def _pulse(row: Pulse) -> Line:
    said = [f"{item.title}: {word.label}" for item, word in pulses.said(row, with_sensitive=True) if word]
    words = "\n".join([*said, row.own_words]).strip()
    return Line(_("Pulse"), words, by(row.kept_by, row.kept_at), "pulse", row.pk)
