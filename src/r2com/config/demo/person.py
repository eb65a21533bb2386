"""One invented person: the door, what they were told and chose, and what is promised to them."""

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from r2com.accounts.models import User
from r2com.cases import actions as cases
from r2com.cases.models import Case, CaseMember
from r2com.organisations.models import ListName
from r2com.people import actions as people
from r2com.people.models import NoticeGiven, Person
from r2com.tasks import actions as tasks

from . import plan, talk

if TYPE_CHECKING:
    from .begin import Stage

Said = dict[str, Any]
PROFILE = {
    "called",
    "other_names",
    "phone",
    "safe_contact",
    "interpreter",
    "access_needs",
    "matters",
    "works",
}


def enter(stage: "Stage", said: Said) -> None:
    """Bring somebody in with everything that was said about them."""
    worker = stage.staff[said["worker"]]
    somebody = _written_down(stage, said, worker)
    if "declined" in said:
        _decline(stage, somebody, said, worker)
        return
    case = _admitted(stage, somebody, said, worker)
    if "notice" in said:
        given = _told(stage, case, said["notice"], worker)
        for choice in said.get("choices", []):
            _chosen(stage, case, given, choice, worker)
    for assessment in said.get("assessments", []):
        talk.assess(stage, case, assessment, worker)
    for one in said.get("plans", []):
        plan.plan(stage, case, one, worker)
    for task in said.get("tasks", []):
        _task(stage, case, task, worker)


def _written_down(stage: "Stage", said: Said, worker: User) -> Person:
    profile = {name: said[name] for name in PROFILE & said.keys()}
    return people.enter(
        stage.agency,
        name=said["name"],
        born=date.fromisoformat(said["born"]),
        language=said.get("language", "en"),
        by=worker,
        at=stage.moment(said["opened"]),
        **profile,
    )


def _arrival(stage: "Stage", said: Said) -> cases.Arrival:
    return cases.Arrival(
        team=stage.teams[said["team"]],
        referred_by=stage.entry(ListName.REFERRED_BY, said["referred_by"]),
        referrer=said.get("referrer", ""),
        told=stage.entry(ListName.TOLD, said["told"]),
        asked=stage.entry(ListName.ASKED, said["asked"]),
        asked_words=said.get("asked_words", ""),
        basis=stage.basis,
        release_on=stage.day(said["released"]),
        takes_up=True,
    )


def _decline(stage: "Stage", somebody: Person, said: Said, worker: User) -> None:
    answer = said["declined"]
    cases.decline(
        somebody,
        _arrival(stage, said),
        reason=stage.entry(ListName.DECLINE, answer["reason"]),
        signposts=[stage.entry(ListName.SIGNPOST, words) for words in answer["signposts"]],
        by=worker,
        at=stage.moment(said["opened"], 10, 20),
    )


def _admitted(stage: "Stage", somebody: Person, said: Said, worker: User) -> Case:
    deputy = stage.staff.get(said.get("deputy", ""))
    at = stage.moment(said["opened"], 10, 20)
    case = cases.admit(somebody, _arrival(stage, said), by=worker, deputy=deputy, at=at)
    if mentor := said.get("mentor"):
        at = stage.moment(mentor["since"], 15)
        cases.place(case, stage.staff[mentor["who"]], part=CaseMember.Part.MENTOR, by=worker, at=at)
    return case


def _told(stage: "Stage", case: Case, said: Said, worker: User) -> NoticeGiven:
    return people.give_notice(
        case.person,
        stage.notice(said.get("language", "en")),
        how=said["how"],
        proof=said["proof"],
        interpreter=said.get("interpreter", ""),
        witness=said.get("witness", ""),
        by=worker,
        at=stage.moment(said["day"], 10, 40),
        case=case,
    )


def _chosen(stage: "Stage", case: Case, given: NoticeGiven, said: Said, worker: User) -> None:
    choice = people.record_choice(
        given,
        recipient=stage.entry(ListName.RECIPIENT, said["recipient"]),
        purpose=said["purpose"],
        agreed=said["agreed"],
        until=stage.day(said["until"]) if said["agreed"] else None,
        how=said["how"],
        by=worker,
        at=stage.moment(said["day"], 10, 50),
        case=case,
    )
    if "withdrawn" in said:
        people.withdraw(choice, how="said", by=worker, at=stage.moment(said["withdrawn"], 16), case=case)


def _task(stage: "Stage", case: Case, said: Said, worker: User) -> None:
    owner = stage.staff.get(said.get("owner", ""), worker)
    make = tasks.promise if said["kind"] == "promise" else partial(tasks.ask, item=said.get("item", ""))
    made, due = stage.moment(said["made"], 16, 30), stage.day(said["due"])
    task = make(case, words=said["words"], owner=owner, due=due, by=worker, at=made)
    if "done" in said:
        tasks.finish(task, words=said["done"]["words"], by=owner, at=stage.moment(said["done"]["day"], 17))
