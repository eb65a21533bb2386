"""Invented safety plans, version by version, and who has a copy."""

from typing import TYPE_CHECKING

from r2com.content import read_json
from r2com.safety_plans import actions as safety_plans
from r2com.safety_plans.models import PARTS

from . import supported

if TYPE_CHECKING:
    from .begin import Stage


def make(stage: "Stage") -> None:
    """Make what safety_plans.json tells."""
    cases = supported.cases()
    for one in read_json("demo", "safety_plans.json"):
        worker = stage.staff[one["by"]]
        for number, said in enumerate(one["versions"]):
            words = {part: said[part] for part in PARTS if part in said}
            at = stage.moment(said["day"], 11)
            plan = safety_plans.keep(cases[one["called"]], words=words, base=number, by=worker, at=at)
            for copy in said.get("copies", []):
                given = {"whose": copy["whose"], "since": stage.day(copy["day"])}
                at = stage.moment(copy["day"], 12)
                safety_plans.hand_out(plan, **given, by=worker, at=at)
