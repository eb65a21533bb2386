"""10,000 tamperings and a million entries on each database; writes `docs/reference/reliability-trail.md`.

`python -m tests.torture.trail` for all of it; `python -m tests.torture.trail 1000 50000` for less.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.postgresql import keyring_beside, server

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "reliability-trail.md"
TESTS = ["tests/integration/test_tampering.py", "tests/integration/test_long_trail.py"]
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
HEAD = """# The trail under attack

*Written by `python -m tests.torture.trail`; figures of one machine, nothing is asserted about time.*

Each tampering changes the rows as somebody would who owns the database, lifts its triggers and has no key;
hashes that need no key are worked out anew. Then the trail is verified with its witness. The trail attacked
has several signed and witnessed roots, and a tail that nobody signed yet.

What cannot be found, and is not among these: entries cut off cleanly at the end that no checkpoint in the
witness covers yet (half a minute of work), and anything done with the key of the trail.
"""


def main(tamperings: str = "10000", entries: str = "1000000") -> int:
    """Run both tests on both databases, and write down what they told."""
    with tempfile.TemporaryDirectory() as folder, server() as url:
        both = {"sqlite": {}, "postgresql": {"DATABASE_URL": url, "KEYRING_URL": keyring_beside(url)}}
        told = {name: _run(Path(folder) / name, where, tamperings, entries) for name, where in both.items()}
    PAGE.write_text("\n".join([HEAD, *_tamperings(told), *_long(told), ""]), encoding="utf-8")
    return max(one["code"] for one in told.values())


def _run(place: Path, where: dict[str, str], tamperings: str, entries: str) -> dict:
    place.mkdir()
    asked = {"TAMPERINGS": tamperings, "TRAIL_ENTRIES": entries, "PYTHONPATH": "src"}
    files = {"TAMPERINGS_FOUND": place / "found.json", "TRAIL_TOLD": place / "told.json"}
    environment = {**os.environ, **where, **asked, **{name: str(file) for name, file in files.items()}}
    code = subprocess.call([sys.executable, "-m", "pytest", *TESTS], env=environment)
    return {"code": code} | {
        name: json.loads(file.read_text()) for name, file in files.items() if file.exists()
    }


def _tamperings(told: dict) -> list[str]:
    """Each kind with how often it was found, of how often it was tried."""
    kinds = {name: one["TAMPERINGS_FOUND"] for name, one in told.items()}
    rows = [f"| {kind.replace('_', ' ').capitalize()} |" for kind in kinds["sqlite"]["kinds"]]
    for found in kinds.values():
        rows = [
            f"{row} {found['kinds'][kind]:,} of {found['tried'][kind]:,} |"
            for row, kind in zip(rows, found["kinds"], strict=True)
        ]
    sums = " | ".join(
        f"{sum(one['kinds'].values()):,} of {sum(one['tried'].values()):,}" for one in kinds.values()
    )
    head = [
        "## Found, of tried",
        "",
        "| | " + " | ".join(NAMES[name] for name in kinds) + " |",
        "| --- | --- | --- |",
    ]
    return [*head, *rows, f"| **All** | {sums} |"]


def _long(told: dict) -> list[str]:
    """How long a long trail takes."""
    head = "| | Entries | Place for each, then one signature | Verify | More memory while verifying |"
    rows = [
        f"| {NAMES[name]} | {one['TRAIL_TOLD']['entries']:,} | {one['TRAIL_TOLD']['take_in']:.1f} s "
        f"| {one['TRAIL_TOLD']['verify']:.1f} s | {one['TRAIL_TOLD']['more_memory_mb']} MB |"
        for name, one in told.items()
    ]
    return ["", "## A long trail", "", head, "| --- | --- | --- | --- | --- |", *rows]


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
