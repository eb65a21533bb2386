"""Measure against the peers and against ourselves, as ratios in one run, and write down what was seen.

Times depend on the machine; the ratios are what counts. Nothing here fails a test.
"""

import json
import platform
import re
import subprocess
import sys
from pathlib import Path

from . import printing, validating

REFERENCE = Path("docs/reference/benchmarks.md")
HEAD = """# Benchmarks

Measured by `make bench`, ours and the peer in one run on one machine ({machine}, Python {python}).
The ratio is the peer's time over ours. Times are medians in milliseconds and differ between machines;
look at the ratios.

| What | Ours | Peer | Ratio | Wanted at least |
|---|---|---|---|---|
"""


PAGES = """## Pages with {cases:,} cases

Measured in one run of one process ({machine}, Python {python}): each page with 10,000 and with {cases:,}
invented cases in turns, signed in, through every middleware, with the real templates.
`BENCH_CASES={cases} make bench` makes the cases (once; a run that is stopped goes on) and measures again.
*Grows* is the page's median to its own with 10,000 cases, wanted at most 1.1. *Costs* is its median to
that of the same rows asked for with the bare driver plus an empty signed-in page of this application,
wanted at most 2.5. *Search* is the page of those who were found, behind the form that was posted.
The door shows a form of twenty fields after its search, so it costs what forms cost.

| Page | Database | ms | with 10,000 | Rows alone | Empty page | Grows | Costs | Queries |
|---|---|---|---|---|---|---|---|---|
"""
SECTION = re.compile(r"^## Pages with ([\d,]+) cases\n.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)


def main() -> None:
    kept = pages_kept() | pages_measured()
    rows = [module.measure() for module in (validating, printing)]
    head = HEAD.format(machine=platform.machine(), python=platform.python_version())
    parts = [
        head + "\n".join(map(line, rows)) + "\n",
        measured("sealing"),
        measured("defences"),
        measured("writing"),
        measured("certificates"),
        measured("agreement"),
        *[kept[cases] for cases in sorted(kept)],
    ]
    REFERENCE.write_text("\n".join(parts), encoding="utf-8")
    print(REFERENCE.read_text(encoding="utf-8"))  # noqa: T201


def pages_kept() -> dict[int, str]:
    """What was measured with other numbers of cases stays as it is."""
    found = SECTION.finditer(REFERENCE.read_text(encoding="utf-8"))
    return {int(section[1].replace(",", "")): section[0].rstrip() + "\n" for section in found}


def measured(what: str) -> str:
    """A section that a process of its own writes."""
    command = [sys.executable, "-m", f"tests.benchmarks.{what}"]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def pages_measured() -> dict[int, str]:
    """In a process of its own, which works in one installation after the other."""
    command = [sys.executable, "-m", "tests.benchmarks.pages"]
    rows = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    cases = rows[0]["cases"]
    head = PAGES.format(cases=cases, machine=platform.machine(), python=platform.python_version())
    return {cases: head + "\n".join(map(page_line, rows)) + "\n"}


def page_line(row: dict) -> str:
    times = " | ".join(f"{row[name]:.1f}" for name in ("ms", "few_ms", "raw_ms", "empty_ms"))
    ratios = f"{row['grows']:.2f} | {row['costs']:.2f}"
    return f"| {row['page']} | {row['database']} | {times} | {ratios} | {row['queries']} |"


def line(row: dict) -> str:
    """One row of the table; a peer that could not run says why."""
    if row["peer_ms"] is None:
        return f"| {row['what']} | {row['ours_ms']:.3g} | {row['note']} | – | {row['limit']} |"
    figures = f"{row['ours_ms']:.3g} | {row['peer_ms']:.3g} | {row['ratio']:.1f} | {row['limit']}"
    return f"| {row['what']} | {figures} |"


if __name__ == "__main__":
    main()
