"""Talking and rating, item by item."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from r2com.access import grants
from r2com.access.roles import May
from r2com.accounts.models import User
from r2com.audit import trail
from r2com.cases.models import Case
from r2com.core.instruments import Instrument, Item, Problem, problems
from r2com.core.refusals import Changed, Refused
from r2com.instruments.reading import newest
from r2com.organisations.actions import must_be_certified
from r2com.sharing.models import CATEGORIES, must_have_basis
from r2com.tasks import actions as tasks
from r2com.tasks.models import Task

from ..models import Assessment, Rating
from ..problems import sentence
from ..responses import instrument_of, said

ANSWER_WITHIN = timedelta(days=7)


class Owing(Refused):
    """Something is still owed. Carries the engine's problems, so that each is shown where it belongs."""

    def __init__(self, owed: list[Problem]):
        super().__init__(" ".join(map(sentence, owed)))
        self.owed = owed


@transaction.atomic
def begin(case: Case, *, kind: str, by: User, at: datetime) -> Assessment:
    """Begin with the newest published version, and stay with it. One that is open is gone on with."""
    case.must_be_open()
    grants.must_allow(by, case.pk, May.RATE)
    Case.objects.select_for_update().get(pk=case.pk)
    earlier = case.assessments.prefetch_related("handed_in__answer").first()
    if earlier is not None and not earlier.is_handed_in:
        return earlier
    published = newest()
    assessment = Assessment.objects.create(
        case=case,
        published=published,
        content_hash=published.content_hash,
        kind=kind,
        earlier=earlier,
        begun_by=by,
        begun_at=at,
    )
    trail.record("assessment.begun", subject=assessment, by=by, at=at, kind=kind)
    return assessment


@transaction.atomic
def rate(
    assessment: Assessment,
    item: Item,
    *,
    judgements: dict[str, str],
    own_words: str = "",
    not_asked_because: str = "",
    base: int,
    by: User,
    at: datetime,
) -> Rating:
    """Keep the judgements on one item.

    `base` is the version that the writer saw (0 for none). Raises Changed when somebody kept another one,
    Owing when evidence is missing, NoBasis when the register does not allow this kind of data, NotCertified
    when the item is for certified workers.
    """
    assessment.must_be_open()
    grants.must_allow(by, assessment.case_id, May.RATE)
    must_be_allowed(assessment, item, judgements, on=at.date())
    if not _holds_nothing(instrument_of(assessment), judgements):
        must_be_trained_for(assessment, item, by=by, at=at)
    rating = _rating(assessment, item, base=base)
    rating.judgements = {scale: word for scale, word in judgements.items() if word}
    rating.own_words, rating.not_asked_because = own_words, not_asked_because
    rating.rated_by, rating.rated_at = by, at
    rating.countersigned_by = rating.countersigned_at = None
    _must_owe_nothing(assessment, item, rating)
    rating.version += 1
    rating.save()
    _stop_at(assessment, item)
    trail.record("item.rated", subject=rating, by=by, at=at, item=item.id, version=rating.version)
    return rating


@transaction.atomic
def leave_open(
    assessment: Assessment,
    item: Item,
    *,
    judgements: dict[str, str] | None = None,
    own_words: str = "",
    not_asked_because: str = "",
    base: int,
    owner: User,
    due: date | None,
    by: User,
    at: datetime,
) -> Task:
    """Not known for now: it becomes a question with an owner and a date, seven days on unless said otherwise.

    Whatever else was judged or said about the item is kept beside it.
    """
    assessment.must_be_open()
    grants.must_allow(by, assessment.case_id, May.RATE)
    guide = instrument_of(assessment)
    rating = _rating(assessment, item, base=base)
    rating.judgements = {**rating.judgements, **(judgements or {}), guide.lead: min(guide.not_known)}
    rating.own_words = own_words or rating.own_words
    rating.not_asked_because = not_asked_because or rating.not_asked_because
    rating.rated_by, rating.rated_at = by, at
    rating.version += 1
    rating.save()
    _stop_at(assessment, item)
    trail.record("item.left_open", subject=rating, by=by, at=at, item=item.id)
    asked = Task.objects.open().filter(case=assessment.case_id, item=item.id).first()
    due = due or at.date() + ANSWER_WITHIN
    return asked or tasks.ask(
        assessment.case, words=item.title, item=item.id, owner=owner, due=due, by=by, at=at
    )


@transaction.atomic
def hear(assessment: Assessment, item: Item, *, words: str, base: int, by: User, at: datetime) -> Rating:
    """Keep how the person sees it, in their own words, from reading the page together."""
    assessment.must_be_open()
    grants.must_allow(by, assessment.case_id, May.RATE)
    rating = _rating(assessment, item, base=base)
    rating.own_words = words
    if not rating.judgements:
        rating.rated_by, rating.rated_at = by, at
    rating.version += 1
    rating.save()
    _stop_at(assessment, item)
    trail.record("item.heard", subject=rating, by=by, at=at, item=item.id)
    return rating


@transaction.atomic
def countersign(rating: Rating, *, by: User, at: datetime) -> Rating:
    """A second person stands behind a judgement that needs two. Never the one who made it."""
    rating.assessment.must_be_open()
    if not grants.allows(by, rating.case_id, May.SIGN_OFF):
        grants.must_allow(by, rating.case_id, May.RATE)
    if rating.rated_by_id == by.pk:
        raise Refused(_("Somebody else has to countersign: you made this judgement yourself."))
    must_be_trained_for(rating.assessment, instrument_of(rating.assessment).item(rating.item), by=by, at=at)
    rating.countersigned_by, rating.countersigned_at = by, at
    rating.save(update_fields=["countersigned_by", "countersigned_at"])
    trail.record("item.countersigned", subject=rating, by=by, at=at, item=rating.item)
    return rating


def must_be_allowed(assessment: Assessment, item: Item, judgements: dict[str, str], *, on: date) -> None:
    """Sensitive items come after the explanation, and only where the register allows the category.

    Leaving an item open holds nothing, so it is always possible.
    """
    if judgements and _holds_nothing(instrument_of(assessment), judgements):
        return
    must_be_lawful(assessment.case, item, on=on)


def must_be_lawful(case: Case, item: Item, *, on: date) -> None:
    """Raises Refused for a sensitive item not explained yet, NoBasis where the register is silent."""
    if item.sensitive and not case.person.notices_given.exists():
        raise Refused(_("This is sensitive. Explain first what is kept and why, then come back to it."))
    for category in item.special_category:
        must_have_basis(case.organisation, CATEGORIES[category], on)


def must_be_trained_for(assessment: Assessment, item: Item, *, by: User, at: datetime) -> None:
    """Where a judgement may need two people, both are certified workers (field guide, 4.2)."""
    if instrument_of(assessment).is_for_certified(item.id):
        must_be_certified(by, assessment.case.organisation, on=timezone.localdate(at))


def _holds_nothing(guide: Instrument, judgements: dict[str, str]) -> bool:
    """Whether all that was said is an honest blank."""
    return all(guide.scales[scale].words[word].is_blank for scale, word in judgements.items() if word)


def _rating(assessment: Assessment, item: Item, *, base: int) -> Rating:
    """The rating to write on, if nobody has kept another version since `base`."""
    Assessment.objects.select_for_update().get(pk=assessment.pk).must_be_open()
    rating = Rating.objects.filter(assessment=assessment, item=item.id).select_related("rated_by").first()
    if (rating.version if rating else 0) != base:
        raise Changed(_("This was changed meanwhile. Both versions are shown below: choose, then keep it."))
    if rating is None:
        return Rating(assessment=assessment, item=item.id, version=0)
    rating.assessment = assessment
    return rating


def _must_owe_nothing(assessment: Assessment, item: Item, rating: Rating) -> None:
    """Evidence is owed at once. A countersignature may follow until the assessment is handed in."""
    guide = instrument_of(assessment)
    evidence = assessment.evidence.filter(item=item.id, taken_back_at__isnull=True)
    owed = problems(guide, {item.id: said(rating, list(evidence))}, completing=False)
    owed = [problem for problem in owed if problem.kind != "countersignature"]
    if owed:
        raise Owing(owed)


def _stop_at(assessment: Assessment, item: Item) -> None:
    """Remember where the talk stopped, so that it goes on exactly there."""
    if assessment.last_item != item.id:
        assessment.last_item = item.id
        assessment.save(update_fields=["last_item"])
