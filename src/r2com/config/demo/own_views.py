"""A form that an invented person filled in alone, and an invented house that looked at itself twice."""

from typing import TYPE_CHECKING, Any

from r2com.content import read_json
from r2com.instruments.reading import newest
from r2com.questionnaires import actions as questionnaires
from r2com.questionnaires.models import Questionnaire

from . import supported

if TYPE_CHECKING:
    from .begin import Stage


def look(stage: "Stage") -> None:
    """Answer our two instruments as own_views.json tells, and choose something to change."""
    told = read_json("demo", "own_views.json")
    own = told["own"]
    case = supported.cases()[own["called"]]
    _answer(stage, questionnaires.begin(case, published=newest("my-own-view"), **_who(stage, own)), own)
    for one in told["practice"]:
        published, who = newest("practice-helicopter-view"), _who(stage, one)
        begun = questionnaires.look_at_practice(stage.agency, published=published, **who)
        _answer(stage, begun, one)
        for chosen in one["chosen"]:
            _choose(stage, begun, chosen, by=one["by"])


def _answer(stage: "Stage", begun: Questionnaire, one: dict[str, Any]) -> None:
    names, who = set(one["answers"]), _who(stage, one)
    given = {"names": names, "base": begun.mark(names), "position": 1}
    questionnaires.keep(begun, answers=one["answers"], **given, **who)
    questionnaires.finish(begun, **who)


def _choose(stage: "Stage", begun: Questionnaire, one: dict[str, Any], *, by: str) -> None:
    chosen = questionnaires.choose(
        begun,
        about=one["about"],
        words=one["words"],
        owner=stage.staff[one["owner"]],
        by_when=stage.day(one["by"]),
        by=stage.staff[by],
        at=stage.moment(one["day"], 16),
    )
    if "ended" in one:
        ended = one["ended"]
        questionnaires.end(chosen, how=ended["how"], words=ended["words"], **_who(stage, ended))


def _who(stage: "Stage", one: dict[str, Any]) -> dict[str, Any]:
    return {"by": stage.staff[one["by"]], "at": stage.moment(one["day"], 14)}
