"""Every trial at its full length: `make torture`, or some of them: `make torture TRIALS="R3 R6"`.

Only on this machine's loopback, only on invented people, each bounded. Writes each line of
`docs/reference/reliability.md` anew, with the day, the machine and the command; the other lines stay.
"""

import os
import platform
import re
import shutil
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from . import full, fuzz, jobs, people, power, server, trials
from .served import Served

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "reliability.md"
SMALLER = float(os.environ.get("SHARE", "1"))  # of each trial's full length
BUSY = 1.0  # waiting processes for each processor, before a trial begins


def times(number: int) -> int:
    return max(1, round(number * SMALLER))


TRIALS = {
    "R1": (
        "The server is killed (SIGKILL, the whole group) while people type",
        lambda home: trials.killed_server(home, kills=times(100)),
    ),
    "R2": (
        "All of PostgreSQL is killed (SIGKILL) while people type",
        lambda home: server.killed_database(home, kills=times(30)),
    ),
    "R3": (
        "Power is cut: only what was synced is there, and a random half of what was not",
        lambda home: power.cut_power(Served(home), cuts=times(1000), work=60),
    ),
    "R3 loose": (
        "The same with `synchronous=NORMAL`, which the product refuses: **it has to lose**",
        lambda home: power.loose(Served(home), cuts=times(100), work=40),
    ),
    "R4": (
        "The disk is full again and again while people type and keep tasks",
        lambda home: full.full_disk(home / "home", times=times(20)),
    ),
    "R5": (
        "PostgreSQL is restarted in the middle of requests",
        lambda home: server.restarted_database(home, restarts=times(30)),
    ),
    "R6 two": (
        "Two people write in one profile, each on what they see",
        lambda home: people.editors(Served(home), editors=2, edits=times(100)),
    ),
    "R6 eight": (
        "Eight people write in one profile, each on what they see",
        lambda home: people.editors(Served(home), editors=8, edits=times(100)),
    ),
    "R7 SQLite": (
        "Requests that nobody would think of, on SQLite: no 500, no trace, no lost words",
        lambda home: fuzz.requests(number=times(10_000), on="SQLite"),
    ),
    "R7 PostgreSQL": (
        "The same on PostgreSQL",
        lambda home: fuzz.requests(number=times(10_000), on="PostgreSQL"),
    ),
    "R11": (
        "Three workers move a list in, and one after the other is killed",
        lambda home: jobs.killed_workers(home, kills=times(20), rows=times(2000)),
    ),
    "R12": (
        "Copies are taken while people type; each is opened and compared",
        lambda home: trials.copies_under_load(home, copies=times(200)),
    ),
    "R21": (
        "Every form is sent twice in the same moment",
        lambda home: people.presses(Served(home), presses=times(1000)),
    ),
}
HEAD = (
    "# Reliability\n\n"
    "*Written by `make torture`; do not edit here.* What was done to an invented installation on purpose, "
    "and what came of it. *Lost* counts what was acknowledged and was not there afterwards; *behind* "
    "counts copies that held less than was acknowledged before they were begun; *broken* counts databases "
    "that were not whole. Answers are counted by status; 0 is no answer at all, 503 says to come again and "
    "when. A short form of each runs in `make test`. How each trial works, and what it does not show: "
    "[torture it yourself](../how-to/torture.md). The trail has a page of its own, "
    "[the trail under attack](reliability-trail.md).\n\n"
    "| | What was done | What was counted | When, where, how |\n| --- | --- | --- | --- |\n"
)
FOOT = (
    "\n## Not shown yet\n\n"
    "How long a list of a million rows takes to move in, and a million rows to be brought back from a "
    "copy; grants under clocks that differ by a day between two servers (an emergency ends by the "
    "clock of the server that is asked, not by that of the database); how late the trail is under "
    "eight writers. A tab that is killed has its trial in `tests/e2e/test_nothing_lost.py` "
    "(`TABS=50`), and the 10,000 requests to the API and to the forms in `make fuzz`.\n"
)
LINE = re.compile(r"^\| (R\d+[^|]*?) \|.*$", re.MULTILINE)


def main(wanted: list[str]) -> int:
    faults = 0
    for name in [name for name in TRIALS if not wanted or name.split()[0] in wanted or name in wanted]:
        where = machine(name)
        home = Path(tempfile.mkdtemp(prefix="r2com-torture-"))
        try:
            found = TRIALS[name][1](home / "home")
        finally:
            shutil.rmtree(home, ignore_errors=True)
        faults += wrong(found)
        write(name, f"| {name} | {TRIALS[name][0]} | {', '.join(told(found))} | {where} |")
    return 1 if faults else 0


def wrong(found: dict) -> int:
    """How much of what was counted must never be."""
    never = ("lost", "broken", "behind", "overwritten silently")
    return sum(found.get(name, 0) for name in never) + found.get("answers", {}).get("500", 0)


def write(name: str, line: str) -> None:
    """Put this line in its place, and leave the others as they are."""
    sys.stdout.write(f"{line}\n")
    said = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    lines = {found[1]: found[0] for found in LINE.finditer(said)} | {name: line}
    ordered = sorted(lines, key=lambda one: (int(re.findall(r"\d+", one)[0]), one))
    PAGE.write_text(HEAD + "\n".join(lines[one] for one in ordered) + "\n" + FOOT, encoding="utf-8")


def machine(name: str) -> str:
    """The day, the machine's shape, whether it had other work to do, and how to do this again."""
    cores, memory = os.cpu_count() or 1, os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 30
    load = os.getloadavg()[0] / cores
    busy = f", busy with other work (load {load:.1f} a core)" if load > BUSY else ""
    share = f"SHARE={SMALLER:g} " if SMALLER != 1 else ""
    shape = f"{cores} cores, {memory} GB, {platform.system()}, Python {platform.python_version()}{busy}"
    return f'{datetime.now(UTC):%Y-%m-%d}; {shape}; `{share}make torture TRIALS="{name.split()[0]}"`'


def told(found: dict):
    for name, value in found.items():
        if isinstance(value, dict):
            value = "; ".join(f"{status}: {count:,}" for status, count in value.items())
        yield f"{name}: {value:,}" if isinstance(value, int) else f"{name}: {value}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
