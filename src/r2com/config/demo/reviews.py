"""What was looked at again with the invented people, and one support that came to its end."""

from typing import TYPE_CHECKING, Any

from r2com.accounts.models import User
from r2com.cases.models import Case, CaseMember
from r2com.content import read_json
from r2com.plans import actions as plans
from r2com.plans.models import Goal, Step
from r2com.reviews import actions as reviews
from r2com.reviews import letter
from r2com.tasks.models import Task

from . import plan

if TYPE_CHECKING:
    from .begin import Stage

Said = dict[str, Any]


def happen(stage: "Stage") -> None:
    """Everything that is told in the file, in its order."""
    said = read_json("demo", "reviews.json")
    cases = {case.person.name: case for case in Case.objects.with_people()}
    for one in said["reviews"]:
        _review(stage, cases[one["name"]], one)
    for one in said["closings"]:
        _close(stage, cases[one["name"]], one)


def _review(stage: "Stage", case: Case, said: Said) -> None:
    worker, at = _worker(case), stage.moment(said["day"], 14)
    talk = case.assessments.order_by("begun_at")[said["talk"]]
    begun = reviews.begin(
        case, occasion=said["occasion"], talk_again=False, assessment=talk, by=worker, at=at
    )
    words = {name: said[name] for name in ("says", "reasons", "narrative", "view", "view_words")}
    reviews.keep(begun, **words, next_on=stage.day(said["next"]), by=worker, at=at)


def _close(stage: "Stage", case: Case, said: Said) -> None:
    """A plan, what was done of it, how it ended, and the letter as it is offered."""
    worker, at = _worker(case), stage.moment(said["day"], 15)
    plan.plan(stage, case, said["plan"], worker)
    for step in said["done"]:
        _done(stage, case, step)
    closing = reviews.prepare(case, _account(case, said), base=0, by=worker, at=at)
    words = reviews.LetterWords(**letter.begun(closing, worker, at))
    reviews.close(closing, words, base=1, by=worker, at=at)


def _done(stage: "Stage", case: Case, said: Said) -> None:
    steps = Step.objects.filter(goal__plan__case=case).select_related("goal__plan__case")
    step = next(step for step in steps if step.words == said["words"])
    plans.finish_step(step, by=stage.staff[said["who"]], at=stage.moment(said["day"], 16))


def _account(case: Case, said: Said) -> reviews.Account:
    words = {name: said[name] for name in ("reason", "view", "view_words", "waits", "told")}
    goals = Goal.objects.filter(plan__case=case).select_related("plan")
    pairs = zip(goals, said["goals"], strict=True)
    tasks = Task.objects.open().filter(case=case)
    return reviews.Account(
        **words,
        goals=[reviews.GoalAccount(goal, **end) for goal, end in pairs],
        tasks=[reviews.TaskAccount(task, **said["tasks"]) for task in tasks],
    )


def _worker(case: Case) -> User:
    return case.members.get(part=CaseMember.Part.LEAD, until=None).user
