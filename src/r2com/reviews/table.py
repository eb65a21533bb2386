"""What lies on the table at a review: talks, steps, and what the page and the papers show of them."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils import timezone, translation

from r2com.accounts.models import User
from r2com.assessments.models import Assessment, Evidence, Rating
from r2com.assessments.responses import instrument_of
from r2com.contests.models import Contest
from r2com.contests.shown import shown
from r2com.core.instruments import Instrument
from r2com.plans.models import Plan, Step
from r2com.vault import keyring
from r2com.vault.models import Owner

from . import changes
from .models import Review


@dataclass(frozen=True)
class Table:
    """Everything to look at together. `guide` is None before anything was ever rated."""

    guide: Instrument | None
    then: Assessment | None
    now: Assessment | None
    lines: list[changes.Line]
    not_again: list
    talks: list[Assessment]
    ways: list[changes.Way]
    done: list[dict]
    undone: list[dict]


def of(review: Review, user: User, language: str | None = None) -> Table:
    """The table as it lies now; once the review is kept, as it lay on that day."""
    keyring.warm_all({Owner.PERSON: [review.case.person_id], Owner.CASE: [review.case_id]})
    stood = review.decision.stood if review.is_kept else standing(review, user, timezone.now())
    steps = [{**one, "by": as_day(one["done"] or one["by"])} for one in stood["steps"]]
    done, undone = [one for one in steps if one["done"]], [one for one in steps if not one["done"]]
    now = review.assessment
    if now is None:
        return Table(None, None, None, [], [], [], [], done, undone)
    guide = instrument_of(now, language or translation.get_language())
    until = review.decision.kept_at if review.is_kept else timezone.now()
    talks = _talks(review, user)
    ratings = _ratings(review, user, talks)
    ratings[now.pk] = stood["now"]
    on = timezone.localdate(until)
    lines = changes.lines(guide, stood["then"], stood["now"], _evidence(review, user, until), on)
    said = _contested(review, user)
    lines = [replace(line, contests=said[line.item.id]) for line in lines]
    then = next((talk for talk in talks if talk.pk == now.earlier_id), None)
    ways = changes.over_time(guide, talks, ratings)
    return Table(
        guide,
        then,
        now,
        lines,
        changes.not_again(guide, stood["then"], stood["now"]),
        talks,
        ways,
        done,
        undone,
    )


def _contested(review: Review, user: User) -> dict[str, list[Contest]]:
    """What was contested of the judgements and the evidence on the table, by item."""
    known, by_item = shown(review.case, user), defaultdict(list)
    if not known.contests:
        return by_item
    talks = [pk for pk in (review.assessment_id, review.assessment.earlier_id) if pk]
    for kind, model in (("rating", Rating), ("evidence", Evidence)):
        rows = model.objects.visible_to(user).filter(assessment__in=talks).order_by("pk")
        for item, pk in rows.values_list("item", "pk"):
            by_item[item] += known.about(kind, pk)
    return by_item


def standing(review: Review, user: User, at: datetime) -> dict:
    """What can be kept of the table at a moment: judgements and own words then and now, and the steps."""
    now = review.assessment
    earlier = now.earlier_id if now else None
    wanted = [pk for pk in (earlier, now and now.pk) if pk]
    rows = Rating.objects.visible_to(user).filter(assessment__in=wanted).select_related("assessment")
    said = defaultdict(list)
    for row in rows:
        said[row.assessment_id].append(row)
    told = {pk: changes.told(said[pk]) for pk in wanted}
    return {
        "then": told.get(earlier, {}),
        "now": told.get(now.pk, {}) if now else {},
        "steps": _steps(review, user, at),
    }


def _steps(review: Review, user: User, at: datetime) -> list[dict]:
    """The steps of the plan that is worked with: what, who, by when, and the day on which it was done."""
    plans = Plan.objects.visible_to(user).filter(case=review.case_id, made_at__lte=at).standing()
    rows = Step.objects.visible_to(user).filter(goal__plan__in=plans, goal__removed_at=None)
    rows = rows.select_related("owner", "done", "goal__plan").order_by("goal__position", "position")
    return [
        {
            "words": step.words,
            "who": step.people,
            "by": step.by.isoformat() if step.by else "",
            "done": timezone.localdate(step.done.done_at).isoformat()
            if step.is_done and step.done.done_at <= at
            else "",
        }
        for step in rows
    ]


def _talks(review: Review, user: User) -> list[Assessment]:
    """The talks up to this one, the oldest first; the latest few if there are many."""
    rows = Assessment.objects.visible_to(user).filter(
        case=review.case_id, begun_at__lte=review.assessment.begun_at
    )
    return list(reversed(rows.order_by("-begun_at")[: changes.MOST_TALKS]))


def _ratings(review: Review, user: User, talks: list[Assessment]) -> dict:
    """What was judged in each talk, without opening what was said."""
    rows = (
        Rating.objects.visible_to(user).filter(assessment__in=talks).defer("own_words", "not_asked_because")
    )
    found = {talk.pk: {} for talk in talks}
    for row in rows:
        found[row.assessment_id][row.item] = {"judged": row.judgements}
    return found


def _evidence(review: Review, user: User, until: datetime) -> list[Evidence]:
    """What both talks rest on, as far as it was there by then."""
    talks = [review.assessment_id, review.assessment.earlier_id]
    rows = Evidence.objects.visible_to(user).filter(assessment__in=talks, added_at__lte=until)
    return list(rows.filter(taken_back_at=None).select_related("assessment"))


def as_day(day: str) -> date | None:
    """A day as it was kept."""
    return date.fromisoformat(day) if day else None
