"""The programmes that some invented people chose, or said no to."""

from typing import TYPE_CHECKING, Any

from r2com.cases.models import Case, CaseMember
from r2com.content import read_json
from r2com.programmes import actions
from r2com.programmes.models import Offer

if TYPE_CHECKING:
    from .begin import Stage

Said = dict[str, Any]


def enter(stage: "Stage") -> None:
    """Bring in what `content/demo/programmes.json` says, by the name of the person."""
    said = read_json("demo", "programmes.json")
    for case in Case.objects.filter(organisation=stage.agency).select_related("person").order_by("opened_at"):
        for one in said.get(case.person.name, []):
            _chosen(stage, case, one)


def _chosen(stage: "Stage", case: Case, said: Said) -> None:
    lead = case.members.get(part=CaseMember.Part.LEAD, until__isnull=True).user
    given = {name: said[name] for name in ("programme", "says", "words")}
    leader = stage.staff.get(said.get("leader", ""))
    offer = actions.choose(case, **given, leader=leader, by=lead, at=stage.moment(said["day"], 15))
    for one in said.get("written", []):
        _written(stage, offer, one)


def _written(stage: "Stage", offer: Offer, said: Said) -> None:
    words = {name: said[name] for name in ("session", "what", "led_by_other", "took", "note") if name in said}
    actions.write_session(
        offer,
        **words,
        day=stage.day(said["day"]),
        leader=stage.staff[said["leader"]],
        base=offer.entries.filter(session=said["session"]).count(),
        by=stage.staff[said["by"]],
        at=stage.moment(said["on"], 17),
    )
