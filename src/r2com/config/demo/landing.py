"""The invented lists: one half done six weeks before release, one board half lit on the day after."""

from typing import TYPE_CHECKING, Any

from r2com.accounts.models import User
from r2com.cases.models import Case
from r2com.content import read_json
from r2com.landing import actions, noon
from r2com.landing.models import GATE, Line

if TYPE_CHECKING:
    from .begin import Stage

Said = dict[str, Any]


def enter(stage: "Stage") -> None:
    """Write on the lists and boards of everybody who has one."""
    cases = {case.person.name: case for case in Case.objects.select_related("person")}
    said = read_json("demo", "landing.json")
    for name, lines in said["gate"].items():
        for line in lines:
            _line(stage, cases[name], line)
    for name, lights in said["board"].items():
        for light in lights:
            _light(stage, cases[name], light)
    noon.hand_on_everywhere(stage.now)


def _line(stage: "Stage", case: Case, said: Said) -> None:
    by = stage.staff[said["by"]]
    who = {"by": by, "at": stage.moment(said["day"], 11)}
    key = said.get("line") or str(actions.add_line(case, **said["own"], **who).pk)
    if "owner" in said or "outside" in said:
        promised = stage.day(said["promised"]) if "promised" in said else None
        owner: User | None = stage.staff.get(said.get("owner", ""))
        arranged = {"owner": owner, "outside": said.get("outside", ""), "notes": said.get("notes", "")}
        base = Line.objects.filter(begun__case=case, begun__checklist=GATE, key=key).first()
        version = base.version if base else 1
        actions.change_line(case, line=key, base=version, promised_for=promised, **arranged, **who)
    if "says" in said:
        actions.say(case, line=key, says=said["says"], words=said.get("words", ""), **who)
    if "confirmed" in said:
        confirmed = said["confirmed"]
        at = stage.moment(confirmed["day"], 15)
        day = stage.day(confirmed["day"])
        actions.confirm(case, line=key, who=confirmed["who"], how=confirmed["how"], on=day, by=by, at=at)
    if "not_needed" in said:
        actions.not_needed(case, line=key, words=said["not_needed"], **who)


def _light(stage: "Stage", case: Case, said: Said) -> None:
    who = {
        "by": stage.staff[said["by"]],
        "at": stage.moment(said["day"], said["hour"], said.get("minute", 0)),
    }
    if said.get("dark"):
        actions.note(case, lamp=said["lamp"], note=said["note"], **who)
    else:
        actions.light(case, lamp=said["lamp"], note=said.get("note", ""), **who)
