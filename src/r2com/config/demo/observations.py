"""What invented people saw and heard: one thing that counts and was answered, two that wait."""

from typing import TYPE_CHECKING, Any

from r2com.cases.models import Case
from r2com.content import read_json
from r2com.observations import actions as observations
from r2com.observations.models import Observation

from . import supported

if TYPE_CHECKING:
    from .begin import Stage


def see(stage: "Stage") -> None:
    """Write down what observations.json tells, look at it, and write down the answer."""
    cases = supported.cases()
    for one in read_json("demo", "observations.json"):
        seen = _seen(stage, cases[one["called"]], one)
        if "look" in one:
            look = one["look"]
            observations.look(seen, base=seen.version, says=look["says"], **_who(stage, look))
        if "answer" in one:
            observations.answer(seen, words=one["answer"]["words"], **_who(stage, one["answer"]))


def _seen(stage: "Stage", case: Case, one: dict[str, Any]) -> Observation:
    untold = {"why_not_yet": one["why"], "tell_by": stage.day(one["tell_by"])} if "why" in one else {}
    return observations.observe(
        case,
        kind=one["kind"],
        seen_at=stage.moment(one["day"], 17),
        place=one["place"],
        words=one["words"],
        told_how=one.get("told", ""),
        **untold,
        **_who(stage, one),
    )


def _who(stage: "Stage", one: dict[str, Any]) -> dict[str, Any]:
    return {"by": stage.staff[one["by"]], "at": stage.moment(one["day"], 18)}
