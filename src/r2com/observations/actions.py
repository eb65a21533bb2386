"""What can be done with an observation: write it, tell the person, look at it, use it as evidence."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from r2com.access import grants
from r2com.access.roles import May
from r2com.accounts.models import User
from r2com.assessments import actions as assessments
from r2com.assessments.models import Assessment, Evidence
from r2com.audit import trail
from r2com.cases.keeping import not_kept_until
from r2com.cases.models import Case
from r2com.core.instruments import Item
from r2com.core.refusals import Changed, Refused
from r2com.organisations.actions import must_be_certified

from . import delicate
from .models import Look, Observation, Reply, Says, Taken, Wording


@transaction.atomic
def observe(
    case: Case,
    *,
    kind: str,
    seen_at: datetime,
    place: str,
    words: str,
    told_how: str = "",
    why_not_yet: str = "",
    tell_by: date | None = None,
    looked_again: bool = False,
    by: User,
    at: datetime,
) -> Observation:
    """Write down what was seen or heard. Until a trained colleague has looked at it, it counts nowhere."""
    case.must_be_open()
    grants.must_allow(by, case.pk, May.ADD_EVIDENCE)
    _must_be_about_conduct(looked_again, place, words, why_not_yet)
    if seen_at > at:
        raise Refused(_("It has happened already: choose a moment up to now."))
    if not told_how and not (why_not_yet.strip() and tell_by and tell_by >= timezone.localdate(at)):
        raise Refused(_("Say how the person was told. If not yet: why, and by which day they will be."))
    made = Observation.objects.create(
        case=case,
        kind=kind,
        seen_at=seen_at,
        place=place,
        words=words,
        told_how=told_how,
        told_at=at if told_how else None,
        why_not_yet="" if told_how else why_not_yet,
        tell_by=None if told_how else tell_by,
        written_by=by,
        written_at=at,
    )
    trail.record("observation.written", subject=made, by=by, at=at, kind=kind, told=bool(told_how))
    return made


@transaction.atomic
def tell(observation: Observation, *, how: str, by: User, at: datetime) -> None:
    """Write down that the person was told, and how."""
    current = _current(observation, by)
    if current.told_at:
        raise Refused(_("It stands here already that the person was told."))
    current.told_how, current.told_at = how, at
    current.save()
    trail.record("observation.told", subject=current, by=by, at=at, how=how)


@transaction.atomic
def answer(observation: Observation, *, words: str, by: User, at: datetime) -> Reply:
    """Write down what the person says to it."""
    current = _current(observation, by)
    if not current.told_at:
        raise Refused(_("Tell the person first, then write what they say."))
    made = Reply.objects.create(observation=current, words=words, recorded_by=by, at=at)
    trail.record("observation.answered", subject=current, by=by, at=at)
    return made


@transaction.atomic
def reword(
    observation: Observation, *, base: int, words: str, looked_again: bool = False, by: User, at: datetime
) -> None:
    """Write it anew after a question. Only whoever wrote it does this, and only before it is decided."""
    current = _current(observation, by)
    current.must_wait()
    if current.written_by_id != by.pk:
        raise Refused(_("Only whoever wrote this words it anew."))
    if current.version != base:
        raise Changed(_("Somebody else changed this meanwhile. Both versions are shown below."))
    _must_be_about_conduct(looked_again, words)
    Wording.objects.create(observation=current, number=current.version, words=current.words, until=at)
    current.words, current.state, current.version = words, "", current.version + 1
    current.save()
    trail.record("observation.reworded", subject=current, by=by, at=at)


@transaction.atomic
def look(observation: Observation, *, base: int, says: str, words: str = "", by: User, at: datetime) -> Look:
    """Say whether it counts. A certified colleague does this, never whoever wrote it."""
    current = _current(observation, by)
    grants.must_allow(by, current.case_id, May.RATE)
    if current.written_by_id == by.pk:
        raise Refused(_("Somebody else looks at what you wrote."))
    must_be_certified(by, current.case.organisation, on=timezone.localdate(at))
    current.must_wait()
    if current.version != base:
        raise Changed(_("It was worded anew meanwhile. Read it once more, then decide."))
    if says != Says.VALIDATED and not words.strip():
        raise Refused(_("Write your question, or why this is not for the record."))
    current.state = says
    if says == Says.NOT_KEPT:
        current.forget_after = not_kept_until(current.case.organisation, timezone.localdate(at))
    current.save()
    trail.record("observation.looked_at", subject=current, by=by, at=at, says=says)
    return Look.objects.create(observation=current, says=says, words=words, by=by, at=at)


@transaction.atomic
def take_over(
    observation: Observation, *, into: Assessment, item: Item, stance: str, by: User, at: datetime
) -> Evidence:
    """Use it as evidence in an assessment of the same person. Only what counts can be used."""
    current = _current(observation, by)
    grants.must_allow(by, current.case_id, May.RATE)
    current.must_count()
    if into.case_id != current.case_id:
        raise Refused(_("This assessment belongs to another record."))
    evidence = assessments.add_evidence(
        into,
        item,
        stance=stance,
        type="observed",
        source=current.written_by.name,
        words=current.words,
        dated=timezone.localdate(current.seen_at),
        by=by,
        at=at,
    )
    Taken.objects.create(observation=current, evidence=evidence, by=by, at=at)
    trail.record("observation.taken_over", subject=current, by=by, at=at, item=item.id)
    return evidence


@transaction.atomic
def forget(observation: Observation, *, by: User | None = None, at: datetime) -> None:
    """Delete what was not for the record, with everything said about it. Raises Refused before its day.

    The trail keeps that something was forgotten, not what.
    """
    current = Observation.objects.select_for_update().get(pk=observation.pk)
    if current.forget_after is None or timezone.localdate(at) <= current.forget_after:
        raise Refused(_("The day on which this may be deleted has not passed yet."))
    trail.record("observation.forgotten", subject=current, by=by, at=at)
    current.delete()


def _current(observation: Observation, by: User) -> Observation:
    observation.case.must_be_open()
    grants.must_allow(by, observation.case_id, May.ADD_EVIDENCE)
    return Observation.objects.select_for_update().get(pk=observation.pk)


def _must_be_about_conduct(looked_again: bool, *texts: str) -> None:
    found = delicate.found(*texts)
    if found and not looked_again:
        asked = _("Is this about what the person needs or did? Look again at: %(words)s.")
        raise Refused(asked % {"words": ", ".join(found)})
