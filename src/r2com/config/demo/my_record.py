"""Something contested and answered, something that waits for an answer, and a link that was taken back."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from r2com.cases.models import Case
from r2com.conditions.models import Condition
from r2com.content import read_json
from r2com.contests import actions as contests
from r2com.contests import kinds
from r2com.contests.models import Contest
from r2com.corner.models import Supporter
from r2com.my_record import actions as my_record

if TYPE_CHECKING:
    from .begin import Stage

Said = dict[str, Any]


def read(stage: "Stage") -> None:
    """Let somebody read their record, as `content/demo/my_record.json` tells."""
    said = read_json("demo", "my_record.json")
    cases = Case.objects.filter(organisation=stage.agency).select_related("person", "organisation")
    case = next(case for case in cases if case.person.name == said["person"])
    for one in said["contests"]:
        _contest(stage, case, one, said["by"])
    _hold_back(stage, case, said["held"], said["by"])
    _link(stage, case, said["link"], said["by"])


def _contest(stage: "Stage", case: Case, one: Said, by: str) -> None:
    asked = Condition.objects.filter(case=case)
    condition = next(row for row in asked if row.words == one["condition"])
    worker = stage.staff[by]
    entry = kinds.find(worker, "condition", condition.pk)
    words = {"words": one["words"], "asks": one["asks"], "through": Contest.Through.TOGETHER}
    made = contests.say(entry, **words, by=worker, at=stage.moment(one["day"], 16))
    if answer := one.get("answer"):
        said = {name: answer[name] for name in ("outcome", "reasons", "told")}
        contests.decide(made, **said, by=stage.staff[answer["by"]], at=stage.moment(answer["day"], 11))


def _hold_back(stage: "Stage", case: Case, one: Said, by: str) -> None:
    supporter = next(row for row in Supporter.objects.filter(case=case) if row.name == one["supporter"])
    entry = kinds.find(stage.staff[by], "supporter", supporter.pk)
    said = {"reason": one["reason"], "words": one["words"]}
    my_record.hold_back(entry, **said, by=stage.staff[by], at=stage.moment(one["day"], 16))


def _link(stage: "Stage", case: Case, one: Said, by: str) -> None:
    who, hours = stage.staff[by], timedelta(hours=one["hours"])
    made = {"parts": one["parts"], "lasts": hours, "by": who, "at": stage.moment(one["day"], 14)}
    link, _token, _code = my_record.make_link(case, **made)
    my_record.take_link_back(link, by=who, at=stage.moment(one["taken_back"], 15))
