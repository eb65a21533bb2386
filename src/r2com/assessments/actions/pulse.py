"""Taking a pulse. What was kept stays; who sees it otherwise later amends it beside."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from r2com.access import grants
from r2com.access.roles import May
from r2com.accounts.models import User
from r2com.audit import trail
from r2com.cases.models import Case
from r2com.core.refusals import Changed, Refused
from r2com.instruments.reading import newest

from ..models import Pulse
from ..pulses import direction, items
from ..responses import instrument_of
from .rating import must_be_lawful


class NotHere(Refused):
    """One arrow cannot be kept. Carries the item, so that it is said where it belongs."""

    def __init__(self, sentence: str, item: str):
        super().__init__(sentence)
        self.item = item


@transaction.atomic
def keep_pulse(
    case: Case, *, arrows: Mapping[str, str], own_words: str = "", base: UUID | None, by: User, at: datetime
) -> Pulse:
    """Keep the arrows that were given, on the newest guide. What was left empty stays empty.

    `base` is the newest pulse that the writer saw: keeping the same one twice changes nothing.
    Raises NotHere for an arrow that may not be kept here, or not yet.
    """
    grants.must_allow(by, case.pk, May.RATE)
    Case.objects.select_for_update().get(pk=case.pk)
    if base is not None and not case.pulses.filter(pk=base).exists():
        raise Refused(_("This page was made for another record. Open the pulse of this person anew."))
    last = case.pulses.standing().first()
    if last and last.pk != base and _same(last, arrows, own_words, by):
        return last
    published = newest()
    pulse = Pulse(case=case, published=published, content_hash=published.content_hash, said_at=at)
    _keep(pulse, arrows, own_words, by=by, at=at)
    trail.record("pulse.kept", subject=pulse, by=by, at=at)
    return pulse


@transaction.atomic
def amend_pulse(
    pulse: Pulse, *, arrows: Mapping[str, str], own_words: str = "", by: User, at: datetime
) -> Pulse:
    """Say it anew, beside what was kept. It stays with its day and its version of the guide.

    Raises Changed when somebody amended it meanwhile.
    """
    grants.must_allow(by, pulse.case_id, May.RATE)
    Case.objects.select_for_update().get(pk=pulse.case_id)
    if Pulse.objects.filter(amends=pulse).exists():
        raise Changed(_("Somebody else amended this pulse meanwhile. Go to theirs, then amend that one."))
    anew = Pulse(
        case=pulse.case,
        published=pulse.published,
        content_hash=pulse.content_hash,
        amends=pulse,
        said_at=pulse.said_at,
    )
    _keep(anew, {**_unseen(pulse, by), **arrows}, own_words, by=by, at=at)
    trail.record("pulse.amended", subject=anew, by=by, at=at)
    return anew


@transaction.atomic
def print_pulses(case: Case, *, by: User, at: datetime) -> None:
    """Write on the trail that the arrows over time are about to leave the house."""
    trail.record("pulses.printed", subject=case, by=by, at=at)


def _keep(pulse: Pulse, arrows: Mapping[str, str], own_words: str, *, by: User, at: datetime) -> None:
    given = {item: word for item, word in arrows.items() if word}
    if not given and not own_words.strip():
        raise Refused(_("Give at least one arrow, or write what the person said."))
    _must_be_asked_here(pulse, given, at)
    pulse.arrows, pulse.own_words = given, own_words
    pulse.kept_by, pulse.kept_at = by, at
    pulse.save(force_insert=True)


def _must_be_asked_here(pulse: Pulse, given: Mapping[str, str], at: datetime) -> None:
    """Only what the guide asks, in its words; what is sensitive once the person was told."""
    guide = instrument_of(pulse)
    asked = {item.id: item for item in items(guide, with_sensitive=True)}
    for item, word in given.items():
        if item not in asked or word not in direction(guide).words:
            raise Refused(_("This guide does not ask that here."))
        if direction(guide).words[word].is_blank:
            continue
        try:
            must_be_lawful(pulse.case, asked[item], on=at.date())
        except Refused as refusal:
            raise NotHere(str(refusal), item) from refusal


def _unseen(pulse: Pulse, by: User) -> dict[str, str]:
    """Arrows that this writer was not shown, and so cannot have taken away."""
    if grants.allows(by, pulse.case_id, May.READ_SENSITIVE):
        return {}
    shown = {item.id for item in items(instrument_of(pulse), with_sensitive=False)}
    return {item: word for item, word in pulse.arrows.items() if item not in shown}


def _same(pulse: Pulse, arrows: Mapping[str, str], own_words: str, by: User) -> bool:
    given = {item: word for item, word in arrows.items() if word}
    return pulse.kept_by_id == by.pk and (pulse.arrows, pulse.own_words) == (given, own_words)
