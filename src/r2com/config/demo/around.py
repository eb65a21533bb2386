"""The people in the corner of some invented people, and what is asked of them, in plain words."""

from typing import TYPE_CHECKING, Any

from r2com.cases.models import Case, CaseMember
from r2com.conditions import actions as conditions
from r2com.content import read_json
from r2com.corner import actions as corner

if TYPE_CHECKING:
    from .begin import Stage

Said = dict[str, Any]


def enter(stage: "Stage") -> None:
    """Bring in what `content/demo/around.json` says, by the name of the person."""
    said = read_json("demo", "around.json")
    for case in Case.objects.filter(organisation=stage.agency).select_related("person").order_by("opened_at"):
        if about := said.get(case.person.name):
            _around(stage, case, about)


def _around(stage: "Stage", case: Case, said: Said) -> None:
    lead = case.members.get(part=CaseMember.Part.LEAD, until__isnull=True).user
    at = min(stage.now, max(case.opened_at, stage.moment(said["day"], 16)))
    for one in said["corner"]:
        corner.name(case, **{"helps": "", "phone": "", "contact": "ask", **one}, by=lead, at=at)
    for one in said["conditions"]:
        days = {name: stage.day(one[name]) for name in ("starts", "ends") if name in one}
        conditions.write(case, **{**one, **days}, by=lead, at=at)
