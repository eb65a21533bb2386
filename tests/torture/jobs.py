"""R11: workers are killed in the middle of what they do, and everything is done once."""

import random
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from .served import Served, end

WORKERS = 3
PATIENCE = 120


def killed_workers(home: Path, *, kills: int, rows: int) -> dict:
    """Several workers take a list in; whichever has it is killed, and the others go on.

    A worker that was killed keeps a job for ten minutes. That time is moved on, so that nobody waits for it.
    """
    served = Served(home)
    served.part("listed", str(rows), served.writers[1])
    before = _counted(served)
    running, done = [served.begin_process("worker") for _ in range(WORKERS)], 0
    deadline = time.monotonic() + PATIENCE + rows
    try:
        while _still_moving(served) and time.monotonic() < deadline:
            time.sleep(random.uniform(0.5, 2.0))
            if done < kills:
                end(running.pop(0))
                running.append(served.begin_process("worker"))
                done += 1
            _let_time_pass(served)
    finally:
        for process in running:
            end(process)
    people, cases, taken, distinct, entered = (
        now - was for now, was in zip(_counted(served), before, strict=True)
    )
    effects = {
        "people": people,
        "cases": cases,
        "rows done": taken,
        "different rows": distinct,
        "on the trail": entered,
    }
    return {"kills": done, "rows": rows, **effects, "lost": sum(abs(rows - one) for one in effects.values())}


def _counted(served: Served) -> list[int]:
    asked = [
        "people_person",
        "cases_case",
        "imports_row",
        "(SELECT DISTINCT of_id, number FROM imports_row)",
        "audit_event WHERE name = 'door.admitted'",
    ]
    return [served.ask(f"SELECT count(*) FROM {what}")[0][0] for what in asked]  # noqa: S608


def _still_moving(served: Served) -> bool:
    return (
        served.ask("SELECT count(*) FROM imports_import WHERE begun_at IS NOT NULL AND finished_at IS NULL")[
            0
        ][0]
        > 0
    )


def _let_time_pass(served: Served) -> None:
    """What a worker that died had taken is free again, as ten minutes later, and due."""
    with closing(sqlite3.connect(served.home / "data" / "r2com.db", timeout=30)) as connection:
        connection.execute(
            "UPDATE jobs_job SET leased_until = NULL, due_at = '2000-01-01' "
            "WHERE leased_until IS NOT NULL OR name = 'move caseloads in and out'"
        )
        connection.commit()
