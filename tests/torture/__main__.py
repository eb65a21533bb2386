"""Every trial at its full length: `make torture`. Writes `docs/reference/reliability.md`.

Only on this machine's loopback, only on invented people, each bounded. KILLS and COPIES shorten it.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

from . import trials

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "reliability.md"
KILLS = int(os.environ.get("KILLS", "100"))
COPIES = int(os.environ.get("COPIES", "200"))
TRIALS = {
    "The server is killed (SIGKILL, the whole group) while people type": (
        trials.killed_server,
        {"kills": KILLS},
    ),
    "Copies are taken while people type; each is opened and compared": (
        trials.copies_under_load,
        {"copies": COPIES},
    ),
}
HEAD = (
    "# Reliability\n\n"
    "*Written by `make torture`; do not edit here.* What was done to an invented installation on purpose, "
    "and what came of it. *Lost* counts writings that were acknowledged and were not there afterwards; "
    "*behind* counts copies that held less than was acknowledged before they were begun. Answers are counted "
    "by status; 0 is no answer at all. A short form of each runs in `make test`.\n\n"
    "| What was done | What was counted |\n| --- | --- |\n"
)
FOOT = (
    "\n## Not shown yet\n\n"
    "A power cut (only what was synced survives), a full disk, a killed or restarted PostgreSQL, killed "
    "workers and several editors have no trial here yet. Something of each is kept elsewhere: settings that "
    "would lose work are refused at the start, a worker that is killed in an import goes on "
    "(`tests/integration/test_imports_killed.py`), two editors are both shown "
    "(`tests/e2e/test_nothing_lost.py`), and a database that cannot answer is told as such "
    "(`tests/integration/test_database_away.py`).\n"
)


def main() -> int:
    rows, lost = [], 0
    for said, (trial, size) in TRIALS.items():
        home = Path(tempfile.mkdtemp(prefix="r2com-torture-"))
        try:
            found = trial(home / "home", **size)
        finally:
            shutil.rmtree(home, ignore_errors=True)
        lost += found["lost"] + found.get("broken", 0) + found.get("behind", 0)
        lost += found["answers"].get("500", 0)
        rows.append(f"| {said} | {', '.join(f'{name}: {value}' for name, value in told(found))} |")
        sys.stdout.write(rows[-1] + "\n")
    PAGE.write_text(HEAD + "\n".join(rows) + "\n" + FOOT, encoding="utf-8")
    return 1 if lost else 0


def told(found: dict):
    for name, value in found.items():
        if isinstance(value, dict):
            value = "; ".join(f"{status}: {count:,}" for status, count in value.items())
        yield name, f"{value:,}" if isinstance(value, int) else value


if __name__ == "__main__":
    sys.exit(main())
