"""What can be done with a questionnaire: begin it, keep a page, finish it, choose what to change."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from r2com.access import grants
from r2com.access.roles import May
from r2com.accounts.models import User
from r2com.audit import trail
from r2com.cases.models import Case
from r2com.core.instruments import Instrument
from r2com.core.instruments.questions import Problem, filled_in, problems, tidy
from r2com.core.refusals import Changed, Refused
from r2com.instruments.models import PublishedInstrument
from r2com.organisations.models import Membership, Organisation
from r2com.sharing.models import CATEGORIES, must_have_basis

from .models import OWN_PRACTICE, Chosen, Ending, Finish, Questionnaire, marked
from .practice import statements
from .reading import guide_of


class Owing(Refused):
    """Something is still to be answered. Carries what, in the order of asking."""

    def __init__(self, owed: list[Problem]) -> None:
        super().__init__(_("Some answers are still missing, or want a second look."))
        self.owed = owed


@transaction.atomic
def begin(case: Case, *, published: PublishedInstrument, by: User, at: datetime) -> Questionnaire:
    """Begin a questionnaire with a person. It stays with this version of the instrument for ever."""
    grants.must_allow(by, case.pk, May.RATE)
    begun = _new(published, organisation=case.organisation, case=case, by=by, at=at)
    guide = guide_of(begun)
    _must_ask(guide, organisation=False)
    if guide.sensitive:
        grants.must_allow(by, case.pk, May.READ_SENSITIVE)
        if not case.person.notices_given.exists():
            raise Refused(_("This is sensitive. Explain first what is kept and why, then come back to it."))
    for category in guide.special_category:
        must_have_basis(case.organisation, CATEGORIES[category], timezone.localdate(at))
    return _begun(begun, guide, by=by, at=at)


@transaction.atomic
def look_at_practice(
    organisation: Organisation, *, published: PublishedInstrument, by: User, at: datetime
) -> Questionnaire:
    """Begin a questionnaire about the organisation's own practice. It holds nothing about any person."""
    _must_belong(organisation, by)
    begun = _new(published, organisation=organisation, case=None, by=by, at=at)
    guide = guide_of(begun)
    _must_ask(guide, organisation=True)
    return _begun(begun, guide, by=by, at=at)


@transaction.atomic
def keep(
    questionnaire: Questionnaire,
    *,
    names: set[str],
    answers: dict[str, Any],
    base: str,
    position: int,
    by: User,
    at: datetime,
) -> Questionnaire:
    """Keep the answers of a page, and where it goes on.

    `names` are those of the page; `base` marks what its writer saw. Raises Changed when somebody kept other
    answers on this page meanwhile.
    """
    _must_write(questionnaire, by)
    current = Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    current.must_be_open()
    new = {name: answers[name] for name in answers if name in names}
    if base != current.mark(names) and marked(new) != current.mark(names):
        raise Changed(_("Somebody else changed this meanwhile. Both versions are shown below."))
    current.answers = {name: kept for name, kept in current.answers.items() if name not in names} | new
    current.position = position
    current.save()
    trail.record("questionnaire.kept", subject=current, by=by, at=at, position=position)
    return current


@transaction.atomic
def finish(questionnaire: Questionnaire, *, by: User, at: datetime) -> Finish:
    """Finish it: from then on it is read only, and holds the answers to what was asked. Raises Owing."""
    _must_write(questionnaire, by)
    current = Questionnaire.objects.select_for_update().select_related("published").get(pk=questionnaire.pk)
    current.must_be_open()
    questions, today = guide_of(current).questions, timezone.localdate(at)
    if owed := problems(questions, current.answers, today, completing=True):
        raise Owing(owed)
    current.answers = tidy(questions, current.answers, today)
    current.save()
    trail.record("questionnaire.finished", subject=current, by=by, at=at)
    return Finish.objects.create(questionnaire=current, by=by, at=at)


@transaction.atomic
def printed(questionnaire: Questionnaire, *, by: User, at: datetime) -> None:
    """Write on the trail that a paper is about to leave the house."""
    trail.record("questionnaire.printed", subject=questionnaire, by=by, at=at)


@transaction.atomic
def print_blank(case: Case, *, published: PublishedInstrument, by: User, at: datetime) -> None:
    """Write on the trail that a paper to fill in by hand is about to leave the house."""
    grants.must_allow(by, case.pk, May.RATE)
    trail.record("questionnaire.blank_printed", subject=case, by=by, at=at, instrument=published.instrument)


@transaction.atomic
def choose(
    questionnaire: Questionnaire,
    *,
    about: str,
    words: str,
    owner: User,
    by_when: date,
    by: User,
    at: datetime,
) -> Chosen:
    """Choose something to change in how we work, after looking at it. People choose, nothing else does."""
    organisation = questionnaire.organisation
    _must_belong(organisation, by)
    if not questionnaire.is_of_practice or not questionnaire.is_finished:
        raise Refused(_("Finish the questionnaire first, then choose what to change."))
    if about and about not in statements(guide_of(questionnaire)):
        raise Refused(_("This stands in another questionnaire. Choose from this one."))
    if not _belongs(organisation, owner):
        raise Refused(_("Choose somebody who sees this list: they say when it is done."))
    if by_when < timezone.localdate(at):
        raise Refused(_("Choose a day from today on."))
    made = Chosen.objects.create(
        organisation=organisation,
        questionnaire=questionnaire,
        about=about,
        words=words,
        owner=owner,
        by_when=by_when,
        chosen_by=by,
        chosen_at=at,
    )
    trail.record("practice.chosen", subject=made, by=by, at=at, about=about)
    return made


@transaction.atomic
def end(chosen: Chosen, *, how: str, words: str, by: User, at: datetime) -> Ending:
    """Say that it is done, or that it was let go, and what came of it."""
    _must_belong(chosen.organisation, by)
    Chosen.objects.select_for_update().get(pk=chosen.pk)
    if Ending.objects.filter(chosen=chosen.pk).exists():
        raise Refused(_("This was ended already. What was noted stands on the list."))
    trail.record("practice.ended", subject=chosen, by=by, at=at, how=how)
    return Ending.objects.create(chosen=chosen, how=how, words=words, by=by, at=at)


def _may_write(questionnaire: Questionnaire, user: User) -> bool:
    """Whether this user may answer here, as long as it is open."""
    if questionnaire.case_id:
        return grants.allows(user, questionnaire.case_id, May.RATE)
    return _belongs(questionnaire.organisation, user)


def _must_write(questionnaire: Questionnaire, by: User) -> None:
    if not _may_write(questionnaire, by):
        raise Refused(_("You may read this questionnaire, but not write in it."))


def _belongs(organisation: Organisation, user: User) -> bool:
    places = Membership.objects.on(timezone.localdate()).filter(organisation=organisation, user=user)
    return places.filter(role__in=OWN_PRACTICE).exists()


def _must_belong(organisation: Organisation, by: User) -> None:
    if not _belongs(organisation, by):
        raise Refused(_("Supervisors and administrators look at the organisation’s own practice."))


def _must_ask(guide: Instrument, *, organisation: bool) -> None:
    if not guide.questions or (guide.for_whom == "organisation") is not organisation:
        raise Refused(_("This instrument asks nothing here. Choose another one."))


def _new(
    published: PublishedInstrument, *, organisation: Organisation, case: Case | None, by: User, at: datetime
) -> Questionnaire:
    return Questionnaire(
        organisation=organisation,
        case=case,
        published=published,
        content_hash=published.content_hash,
        begun_by=by,
        begun_at=at,
    )


def _begun(begun: Questionnaire, guide: Instrument, *, by: User, at: datetime) -> Questionnaire:
    begun.sensitive = guide.sensitive
    begun.answers = filled_in(guide.questions, timezone.localdate(at))
    begun.save(force_insert=True)
    trail.record("questionnaire.begun", subject=begun, by=by, at=at, instrument=guide.id)
    return begun
