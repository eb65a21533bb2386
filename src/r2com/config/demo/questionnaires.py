"""An invented form, published as one from elsewhere would be, and answered with two invented people."""

from typing import TYPE_CHECKING

from r2com.content import read_json
from r2com.instruments import actions as instruments
from r2com.questionnaires import actions as questionnaires

from . import supported

if TYPE_CHECKING:
    from .begin import Stage


def answer(stage: "Stage") -> None:
    """Publish the form, and answer it with whom questionnaires.json names."""
    told = read_json("demo", "questionnaires.json")
    at = stage.moment(told["published"])
    published = instruments.publish(told["definition"], told["languages"], by=None, at=at)
    cases = supported.cases()
    for one in told["answered"]:
        who = {"by": stage.staff[one["by"]], "at": stage.moment(one["day"], 14)}
        begun = questionnaires.begin(cases[one["called"]], published=published, **who)
        names = set(one["answers"])
        given = {"names": names, "base": begun.mark(names), "position": 2}
        questionnaires.keep(begun, answers=one["answers"], **given, **who)
        if "finished" in one:
            who["at"] = stage.moment(one["finished"], 15)
            questionnaires.finish(begun, **who)
