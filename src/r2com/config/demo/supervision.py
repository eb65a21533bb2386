"""Days away, a hand-over, and what two workers wrote for themselves in the demonstration."""

from typing import TYPE_CHECKING, Any

from r2com.cases.models import Case
from r2com.content import read_json
from r2com.organisations.models import Membership
from r2com.supervision import actions

if TYPE_CHECKING:
    from .begin import Stage

Said = dict[str, Any]


def bring(stage: "Stage") -> None:
    """Bring in what `content/demo/supervision.json` says."""
    said = read_json("demo", "supervision.json")
    for one in said["absences"]:
        _away(stage, one)
    for one in said["hand_overs"]:
        _hand_over(stage, one)
    for one in said["checks"]:
        _check(stage, one)


def _away(stage: "Stage", said: Said) -> None:
    actions.plan_absence(
        Membership.objects.get(user=stage.staff[said["worker"]], ends__isnull=True),
        starts=stage.day(said["from"]),
        ends=stage.day(said["to"]),
        stands_in=stage.staff[said["stands_in"]],
        by=stage.staff[said["by"]],
        at=stage.moment(said["day"], 11),
    )


def _hand_over(stage: "Stage", said: Said) -> None:
    """One case is handed over; whoever has it now has not read the note yet."""
    cases = {case.person.name: case for case in Case.objects.select_related("person")}
    to, by, at = stage.staff[said["to"]], stage.staff[said["by"]], stage.moment(said["day"], 8)
    plan = actions.Plan([cases[said["person"]]], to, said["part"])
    note = actions.prepare(stage.staff[said["worker"]], plan=plan, by=by, at=at).notes.get()
    given = {"to": to, "part": said["part"], "base": note.version}
    note = actions.change_note(note, words=said["words"], **given, by=by, at=at)
    actions.give(note, by=by, at=at)


def _check(stage: "Stage", said: Said) -> None:
    worker, at = stage.staff[said["worker"]], stage.moment(said["day"], 18)
    words = {name: said[name] for name in ("how", "weighs", "helps")}
    check = actions.write(worker, **words, by=worker, at=at)
    if "to" not in said:
        return
    supervisor = stage.staff[said["to"]]
    actions.show(check, to=supervisor, by=worker, at=at)
    if "answer" in said:
        actions.answer(check, words=said["answer"], by=supervisor, at=stage.moment(said["answered"], 9))
