"""What can be done with a plan: begin a draft, write it with the person, and ask them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from r2com.access import grants
from r2com.access.roles import May
from r2com.accounts.models import User
from r2com.assessments.models import Assessment
from r2com.audit import trail
from r2com.cases.models import Case, CaseMember
from r2com.core.refusals import Changed, Refused

from .models import Answer, Goal, Plan, Step, StepDone

WORDS = ("matters", "stops", "ring", "promises", "review_on", "review_where")
CARRIED_ON = ("stops", "ring", "promises", "review_where")


@dataclass(frozen=True)
class NextStep:
    """What is to be done, by whom in free words, by whom in the team, and by which day."""

    words: str
    who: str = ""
    owner: User | None = None
    by: date | None = None


@transaction.atomic
def begin(case: Case, assessment: Assessment | None, *, by: User, at: datetime) -> Plan:
    """A new draft that carries on from the plan before it, or the draft that is open already.

    An open draft takes up the assessment that is given, when it is another one.
    """
    _must_plan(case, by)
    last = Plan.objects.filter(case=Case.objects.select_for_update().get(pk=case.pk)).whole().first()
    if last is not None and last.is_draft:
        return _taken_up(last, assessment, by=by, at=at)
    plan = Plan(
        case=case, assessment=assessment, number=last.number + 1 if last else 1, made_by=by, made_at=at
    )
    for name in CARRIED_ON if last else ():
        setattr(plan, name, getattr(last, name))
    plan.matters = case.person.matters or (last.matters if last else "")
    plan.ring = plan.ring or _numbers(case)
    plan.save(force_insert=True)
    if last:
        _carry_on(last.kept_goals, plan)
    trail.record("plan.begun", subject=plan, by=by, at=at, number=plan.number)
    return plan


@transaction.atomic
def change(plan: Plan, *, base: int, by: User, at: datetime, **words: str | date | None) -> Plan:
    """Change what stands around the goals. Raises Changed when that was changed since version `base`."""
    current = _draft(plan, by)
    _must_stand_at(current.version, base)
    for name in set(words) & set(WORDS):
        setattr(current, name, words[name])
    current.version += 1
    current.save()
    trail.record("plan.changed", subject=current, by=by, at=at, fields=sorted(words))
    return current


@transaction.atomic
def add_goal(
    plan: Plan,
    *,
    words: str,
    item: str,
    strength_item: str,
    helps: str = "",
    steps: list[NextStep],
    by: User,
    at: datetime,
) -> Goal:
    """Write down something the person wants, after the goals that are there."""
    current = _draft(plan, by)
    _must_be_whole(words, item, strength_item)
    position = max((goal.position for goal in current.goals.all()), default=0) + 1
    goal = Goal.objects.create(
        plan=current, position=position, words=words, item=item, strength_item=strength_item, helps=helps
    )
    _write_steps(goal, steps)
    trail.record("goal.added", subject=goal, by=by, at=at, case=current.case_id)
    return goal


@transaction.atomic
def change_goal(
    goal: Goal,
    *,
    base: int,
    words: str,
    item: str,
    strength_item: str,
    helps: str = "",
    steps: list[NextStep],
    by: User,
    at: datetime,
) -> Goal:
    """Word a goal anew, with its steps. Raises Changed when it was changed since version `base`."""
    current = _goal(goal, by)
    _must_be_whole(words, item, strength_item)
    _must_stand_at(current.version, base)
    current.words, current.item, current.strength_item, current.helps = words, item, strength_item, helps
    current.steps.all().delete()
    _write_steps(current, steps)
    _keep(current, "goal.changed", by=by, at=at)
    return current


@transaction.atomic
def remove_goal(goal: Goal, *, by: User, at: datetime) -> None:
    """Take a goal out of the draft. It can be put back as long as the draft is one."""
    current = _goal(goal, by)
    if not current.is_removed:
        current.removed_at = at
        _keep(current, "goal.removed", by=by, at=at)


@transaction.atomic
def put_back(goal: Goal, *, by: User, at: datetime) -> None:
    """Put a goal back where it stood."""
    current = _goal(goal, by)
    if current.is_removed:
        current.removed_at = None
        _keep(current, "goal.put_back", by=by, at=at)


@transaction.atomic
def record_answer(plan: Plan, *, base: int, says: str, words: str = "", by: User, at: datetime) -> Answer:
    """Write down what the person said. From then on the plan is no draft; they may be asked again.

    `base` is the edition they were shown; raises Changed when the plan is another one by now.
    """
    _must_plan(plan.case, by)
    current = Plan.objects.select_for_update().get(pk=plan.pk)
    current.must_have_goals()
    if current.edition != base:
        raise Changed(_("The plan was changed meanwhile. Read it together once more, then answer."))
    if says != Answer.Says.AGREES and not words.strip():
        raise Refused(_("Write the reason, as far as you can in the person’s own words."))
    answer = Answer.objects.create(plan=current, says=says, words=words, recorded_by=by, at=at)
    trail.record("plan.answered", subject=current, by=by, at=at, says=says)
    return answer


@transaction.atomic
def finish_step(step: Step, *, by: User, at: datetime) -> StepDone:
    """Say that a step is done. Saying it twice changes nothing."""
    step.goal.plan.case.must_be_open()
    grants.must_allow(by, step.goal.plan.case_id, May.ADD_EVIDENCE)
    done, is_first = StepDone.objects.get_or_create(step=step, defaults={"done_by": by, "done_at": at})
    if is_first:
        trail.record("step.done", subject=step, by=by, at=at, case=step.goal.plan.case_id)
    return done


@transaction.atomic
def printed(plan: Plan, *, by: User, at: datetime) -> None:
    """Write on the trail that a paper is about to leave the house."""
    trail.record("plan.printed", subject=plan, by=by, at=at, number=plan.number)


def _must_plan(case: Case, by: User) -> None:
    case.must_be_open()
    if not grants.allows(by, case.pk, May.RATE):
        raise Refused(_("You may read this plan, but not write in it."))


def _must_stand_at(version: int, base: int) -> None:
    if version != base:
        raise Changed(_("Somebody else changed this meanwhile. Both versions are shown below."))


def _must_be_whole(words: str, item: str, strength_item: str) -> None:
    if not (words.strip() and item and strength_item):
        raise Refused(
            _("A goal needs the person’s words, the part of life it is about and a strength it builds on.")
        )


def _draft(plan: Plan, by: User) -> Plan:
    """The plan as it stands now, held until we are done, and still a draft."""
    _must_plan(plan.case, by)
    current = Plan.objects.select_for_update().get(pk=plan.pk)
    current.must_be_draft()
    return current


def _goal(goal: Goal, by: User) -> Goal:
    """The goal as it stands now, in a plan that is still a draft."""
    return _draft(goal.plan, by).goals.select_for_update().get(pk=goal.pk)


def _keep(goal: Goal, event: str, *, by: User, at: datetime) -> None:
    goal.version += 1
    goal.save()
    trail.record(event, subject=goal, by=by, at=at, case=goal.plan.case_id)


def _taken_up(draft: Plan, assessment: Assessment | None, *, by: User, at: datetime) -> Plan:
    """An open draft, resting on the assessment that is given."""
    if assessment is not None and draft.assessment_id != assessment.pk:
        draft.assessment = assessment
        draft.save(update_fields=["assessment"])
        trail.record("plan.changed", subject=draft, by=by, at=at, fields=["assessment"])
    return draft


def _carry_on(goals: list[Goal], plan: Plan) -> None:
    """Copy goals and their steps, so that nobody types them twice."""
    here = _members(plan.case_id)
    for goal in goals:
        copied = Goal.objects.create(
            plan=plan,
            position=goal.position,
            words=goal.words,
            item=goal.item,
            strength_item=goal.strength_item,
            helps=goal.helps,
        )
        steps = [
            NextStep(s.words, s.who, s.owner if s.owner_id in here else None, s.by) for s in goal.steps.all()
        ]
        _write_steps(copied, steps)


def _write_steps(goal: Goal, steps: list[NextStep]) -> None:
    here = _members(goal.plan.case_id)
    if any(step.owner and step.owner.pk not in here for step in steps):
        raise Refused(_("Choose somebody who works with this person."))
    Step.objects.bulk_create(
        Step(goal=goal, position=position, words=step.words, who=step.who, owner=step.owner, by=step.by)
        for position, step in enumerate(steps, 1)
    )


def _members(case_id: UUID) -> set[UUID]:
    return set(CaseMember.objects.filter(case=case_id, until__isnull=True).values_list("user", flat=True))


def _numbers(case: Case) -> str:
    """Whom the person can ring, to begin with: who works with them, and the European emergency number."""
    members = case.members.filter(until__isnull=True).select_related("user").order_by("since")
    team = [f"{member.user.name}: {member.user.phone}" for member in members if member.user.phone]
    return "\n".join([*team, _("In danger: 112")])
