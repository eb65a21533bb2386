"""What comes round, what was put off, and what colleagues ask each other in the demonstration."""

from collections.abc import Callable
from datetime import time
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from r2com.cases.models import Case
from r2com.content import read_json
from r2com.tasks import actions as tasks
from r2com.tasks.models import Task
from r2com.threads import actions as threads
from r2com.threads.models import Entry

if TYPE_CHECKING:
    from .begin import Stage

Said = dict[str, Any]


def bring(stage: "Stage") -> None:
    """Bring in further tasks, a reminder that waits, and questions with and without an answer."""
    Desk(stage).bring(read_json("demo", "tasks.json"))


class Desk:
    """The stage, with everybody's case by name."""

    def __init__(self, stage: "Stage"):
        self.stage = stage

    @cached_property
    def cases(self) -> dict[str, Case]:
        return {case.person.name: case for case in Case.objects.select_related("person")}

    def bring(self, said: Said) -> None:
        for one in said["tasks"]:
            self.task(one)
        for one in said["put_off"]:
            self.put_off(one)
        for one in said["questions"]:
            self.question(one)

    def task(self, said: Said) -> None:
        stage, owner = self.stage, self.stage.staff[said["owner"]]
        task = self._write(said)(
            self.cases[said["person"]],
            words=said["words"],
            owner=owner,
            due=stage.day(said["due"]),
            repeats=said.get("repeats", ""),
            by=stage.staff[said["by"]],
            at=stage.moment(said["made"], 16),
        )
        if "done" in said:
            at = stage.moment(said["done"]["day"], 17)
            tasks.finish(task, words=said["done"]["words"], by=owner, at=at)

    def _write(self, said: Said) -> Callable[..., Task]:
        if said["kind"] == "meeting":
            return partial(tasks.meet, time=time.fromisoformat(said["time"]))
        return tasks.promise if said["kind"] == "promise" else partial(tasks.ask, item=said.get("item", ""))

    def put_off(self, said: Said) -> None:
        tasks.put_off(
            self.cases[said["person"]],
            kind=said["kind"],
            about="",
            until=self.stage.day(said["days"]),
            reason=said["reason"],
            by=self.stage.staff[said["by"]],
            at=self.stage.moment(0, 8),
        )

    def question(self, said: Said) -> None:
        stage, asker = self.stage, self.stage.staff[said["by"]]
        thread = threads.ask(
            self.cases[said["person"]],
            colleagues=[stage.staff[one] for one in said["asked"]],
            words=said["words"],
            is_sensitive=said.get("is_sensitive", True),
            only_asked=said.get("only_asked", False),
            wanted_by=stage.day(said["wanted"]) if "wanted" in said else None,
            by=asker,
            at=stage.moment(said["day"], said["hour"]),
        )
        for one in said.get("said", []):
            by, at = stage.staff[one["by"]], stage.moment(one["day"], one["hour"])
            entry: Entry = threads.reply(thread, words=one["words"], by=by, at=at)
            if "amended" in one:
                later = stage.moment(one["day"], one["hour"], 20)
                threads.amend(entry, words=one["amended"], by=by, at=later)
        if "answered" in said:
            threads.answered(thread, by=asker, at=stage.moment(said["answered"], 19))
