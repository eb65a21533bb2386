"""The golden thread: from what is hard, by way of what we make of it, to goals, steps, contacts, outcome.

It names parts of life that nobody works on and goals that rest on nothing. It never judges a contact: time
together needs no goal, so a contact without one is not on the page at all.
"""

from collections import defaultdict
from collections.abc import Container
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import get_language

from r2com.assessments.models import Assessment, BoxText, Formulation, FutureText, Rating
from r2com.assessments.responses import instrument_of
from r2com.cases.models import Case
from r2com.contacts.models import Contact, Towards
from r2com.core.instruments import Instrument
from r2com.plans.models import Goal, Plan, Step
from r2com.programmes import library
from r2com.programmes.models import Offer
from r2com.reviews.models import Closing, GoalEnd
from r2com.ui.addresses import each
from r2com.vault import keyring
from r2com.vault.models import Owner


@dataclass(frozen=True)
class Met:
    """A contact that was about a goal."""

    contact: Contact
    at: datetime
    kind: str


@dataclass(frozen=True)
class Serving:
    """A programme that serves a goal."""

    name: str
    url: str


@dataclass(frozen=True)
class Aim:
    """A goal with what is done for it and what came of that."""

    goal: Goal
    steps: list[Step]
    met: list[Met]
    programmes: list[Serving] = field(default_factory=list)
    ended: GoalEnd | None = None


@dataclass(frozen=True)
class Strand:
    """One part of life: what was judged, where it stands in the formulation, and the goals about it."""

    item: str
    title: str
    says: str
    is_first: bool
    rating: Rating | None = None
    boxes: list[BoxText] = field(default_factory=list)
    aims: list[Aim] = field(default_factory=list)


@dataclass(frozen=True)
class Golden:
    strands: list[Strand]
    futures: list[FutureText]
    unworked: list[Strand]
    without_reason: list[Aim]
    assessment: Assessment | None
    plan: Plan | None

    @property
    def formulation(self) -> Formulation | None:
        return getattr(self.assessment, "formulation", None)


def of(case: Case, user) -> Golden:
    """Everything on one page, in a fixed number of queries."""
    keyring.warm_all({Owner.PERSON: [case.person_id], Owner.CASE: [case.pk]})
    assessment = _assessment(case, user)
    plan = Plan.objects.visible_to(user).filter(case=case).with_steps().first()
    aims = _aims(plan, user)
    if assessment is None:
        return Golden([], [], [], aims, None, plan)
    guide = instrument_of(assessment)
    sense = getattr(assessment, "formulation", None)
    ratings = Rating.objects.visible_to(user).filter(assessment=assessment)
    strands = _strands(guide, {row.item: row for row in ratings}, sense, aims)
    known = {strand.item for strand in strands if strand.boxes or strand.is_first or strand.says}
    return Golden(
        strands,
        _futures(sense),
        [strand for strand in strands if not strand.aims],
        [aim for aim in aims if aim.goal.item not in known],
        assessment,
        plan,
    )


def _assessment(case: Case, user) -> Assessment | None:
    rows = Assessment.objects.visible_to(user).filter(case=case).with_instrument()
    return rows.select_related("formulation").prefetch_related("formulation__boxes").first()


def _strands(
    guide: Instrument, ratings: dict[str, Rating], sense: Formulation | None, aims: list[Aim]
) -> list[Strand]:
    """Every part of life that is hard, that the formulation rests on, or that a goal is about."""
    boxes = _boxes(sense)
    first = sense.priority_needs if sense else []
    said = {item: word for item in ratings if (word := hard(guide, ratings[item]))}
    about = defaultdict(list)
    for aim in aims:
        about[aim.goal.item].append(aim)
    shown: Container[str] = {*said, *boxes, *first, *about}
    return [
        Strand(
            item.id,
            item.title,
            said.get(item.id, ""),
            item.id in first,
            ratings.get(item.id),
            boxes[item.id],
            about[item.id],
        )
        for item in guide.items
        if item.id in shown
    ]


def hard(guide: Instrument, rating: Rating) -> str:
    """The word for how hard it is now; empty where nothing hard was seen, or where it is not known."""
    scale = guide.scales[guide.lead]
    word = scale.words.get(rating.judgements.get(guide.lead, ""))
    lightest = next(iter(scale.words.values()))
    return "" if word is None or word.is_blank or word.id == lightest.id else word.label


def _boxes(sense: Formulation | None) -> defaultdict[str, list[BoxText]]:
    """The boxes of the formulation by the items that they rest on."""
    found = defaultdict(list)
    for box in sense.boxes.all() if sense else []:
        for item in box.items if box.words else []:
            found[item].append(box)
    return found


def _futures(sense: Formulation | None) -> list[FutureText]:
    return [one for one in sense.futures.all() if one.first_signs or one.who_does_what] if sense else []


def _aims(plan: Plan | None, user) -> list[Aim]:
    """The goals of the plan, each with its steps and the contacts that were about it, in any draft."""
    if plan is None:
        return []
    met, ended, serving = _met(plan, user), _ended(plan, user), _programmes(plan, user)
    return [
        Aim(goal, list(goal.steps.all()), met[same], serving[same], ended.get(same))
        for goal in plan.kept_goals
        for same in [(goal.item, goal.words)]
    ]


def _ended(plan: Plan, user) -> dict[tuple[str, str], GoalEnd]:
    """What became of each goal when the support ended; after it was taken up again, the last time."""
    closings = Closing.objects.visible_to(user).filter(case=plan.case_id, closure__isnull=False)
    rows = GoalEnd.objects.filter(closing__in=closings).select_related("closing", "goal__plan")
    return {(row.goal.item, row.goal.words): row for row in rows.order_by("closing__written_at")}


def _programmes(plan: Plan, user) -> defaultdict[tuple[str, str], list[Serving]]:
    """Programmes that the person said yes to, by the goal they serve."""
    rows = Offer.objects.visible_to(user).filter(goal__plan__case=plan.case_id, says=Offer.Says.YES)
    found = defaultdict(list)
    for row in rows.named():
        name = library.kept(row.edition, get_language()).name
        found[row.goal.item, row.goal.words].append(Serving(name, each("chosen_programme")(row.pk)))
    return found


def _met(plan: Plan, user) -> defaultdict[tuple[str, str], list[Met]]:
    """Contacts by the goal they were about. A goal that was carried into a new draft is the same goal."""
    rows = Towards.objects.visible_to(user).filter(goal__plan__case=plan.case_id)
    rows = rows.select_related("goal__plan", "version__contact").order_by("-version__happened_at")
    found = defaultdict(list)
    for row in rows.filter(version__stands_for__isnull=False):
        version = row.version
        one = Met(version.contact, version.happened_at, version.get_kind_display())
        if one not in found[row.goal.item, row.goal.words]:
            found[row.goal.item, row.goal.words].append(one)
    return found
