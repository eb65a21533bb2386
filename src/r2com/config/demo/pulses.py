"""Invented pulses over some weeks, the last of them amended."""

from typing import TYPE_CHECKING, Any

from r2com.assessments import actions as assessments
from r2com.content import read_json

from . import supported

if TYPE_CHECKING:
    from .begin import Stage


def take(stage: "Stage") -> None:
    """Take what pulses.json tells, with whom and on which days."""
    cases = supported.cases()
    for one in read_json("demo", "pulses.json"):
        case, base = cases[one["called"]], None
        for said in one["pulses"]:
            who = {"by": stage.staff[one["by"]], "at": stage.moment(said["day"], 15)}
            kept = assessments.keep_pulse(case, **_said(said), base=base, **who)
            if "amended" in said:
                anew = said["amended"]
                who["at"] = stage.moment(anew["day"], 9)
                words = {"arrows": _said(anew)["arrows"], "own_words": kept.own_words}
                kept = assessments.amend_pulse(kept, **words, **who)
            base = kept.pk


def _said(said: dict[str, Any]) -> dict[str, Any]:
    arrows = dict(one.split(":") for one in said["arrows"].split())
    return {"arrows": arrows, "own_words": said.get("words", "")}
