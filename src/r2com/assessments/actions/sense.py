"""Making sense: the formulation is written and kept whole."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from r2com.access import grants
from r2com.access.roles import May
from r2com.accounts.models import User
from r2com.audit import trail
from r2com.core.refusals import Changed, Refused

from ..models import Assessment, Box, BoxText, Formulation, Future, FutureText

MOST_NEEDS = 5
MOST_STRENGTHS = 3


@dataclass(frozen=True)
class Sense:
    """What somebody wrote: words and items by box, three texts by future, and the choices."""

    boxes: dict[str, tuple[str, list[str]]]
    futures: dict[str, tuple[str, str, str]]
    priority_needs: list[str] = field(default_factory=list)
    key_strengths: list[str] = field(default_factory=list)
    support: str = ""
    hours_a_week: Decimal | None = None
    support_because: str = ""


@transaction.atomic
def make_sense(assessment: Assessment, sense: Sense, *, base: int, by: User, at: datetime) -> Formulation:
    """Keep the formulation. Raises Changed when somebody kept another one since version `base`."""
    assessment.must_be_open()
    grants.must_allow(by, assessment.case_id, May.RATE)
    must_be_few(sense)
    formulation = _to_write(assessment, base=base)
    formulation.priority_needs, formulation.key_strengths = sense.priority_needs, sense.key_strengths
    formulation.support, formulation.hours_a_week = sense.support, sense.hours_a_week
    formulation.support_because = sense.support_because
    formulation.written_by, formulation.written_at = by, at
    formulation.version += 1
    formulation.save()
    _write_texts(formulation, sense)
    trail.record("formulation.written", subject=formulation, by=by, at=at, version=formulation.version)
    return formulation


def must_be_few(sense: Sense) -> None:
    if len(sense.priority_needs) > MOST_NEEDS:
        raise Refused(_("Choose up to five needs to work on first. The others are not lost."))
    if len(sense.key_strengths) > MOST_STRENGTHS:
        raise Refused(_("Choose up to three key strengths. The others are not lost."))


def missing(formulation: Formulation | None) -> list[str]:
    """What is still to be written before it can be handed in, in plain sentences."""
    if formulation is None:
        return [_("Make sense of it first: the six boxes are empty.")]
    boxes = {text.box: text for text in formulation.boxes.all()}
    futures = {told.future: told for told in formulation.futures.all()}
    sentences = []
    for box in Box:
        text = boxes.get(box)
        if text is None or not text.words.strip():
            sentences.append(
                _("Write something in “%(box)s”, if only that you do not know yet.") % {"box": box.label}
            )
        elif not text.items:
            sentences.append(_("Choose the items that “%(box)s” rests on.") % {"box": box.label})
    for future in Future:
        told = futures.get(future)
        if told is None or not (told.first_signs and told.who_notices and told.who_does_what):
            sentences.append(_("Fill in the three lines of “%(future)s”.") % {"future": future.label})
    if not formulation.priority_needs:
        sentences.append(_("Choose at least one need to work on first."))
    if not (
        formulation.support and formulation.hours_a_week is not None and formulation.support_because.strip()
    ):
        sentences.append(_("Choose how much help, in hours a week, and say why."))
    return sentences


def _to_write(assessment: Assessment, *, base: int) -> Formulation:
    Assessment.objects.select_for_update().get(pk=assessment.pk).must_be_open()
    formulation = Formulation.objects.filter(assessment=assessment).first()
    if (formulation.version if formulation else 0) != base:
        raise Changed(_("This was changed meanwhile. Both versions are shown below: choose, then keep it."))
    if formulation is None:
        return Formulation(assessment=assessment, version=0)
    formulation.assessment = assessment
    return formulation


def _write_texts(formulation: Formulation, sense: Sense) -> None:
    formulation.boxes.all().delete()
    for box, (words, items) in sense.boxes.items():
        BoxText(formulation=formulation, box=box, words=words, items=items).save(force_insert=True)
    formulation.futures.all().delete()
    for future, (signs, notices, does) in sense.futures.items():
        row = FutureText(formulation=formulation, future=future)
        row.first_signs, row.who_notices, row.who_does_what = signs, notices, does
        row.save(force_insert=True)
