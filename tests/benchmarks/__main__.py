"""Measure against the peers, as ratios in one run, and write down what was seen.

Times depend on the machine; the ratios are what counts. Nothing here fails a test.
"""

import platform
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


def main() -> None:
    rows = [module.measure() for module in (validating, printing)]
    head = HEAD.format(machine=platform.machine(), python=platform.python_version())
    REFERENCE.write_text(head + "\n".join(map(line, rows)) + "\n", encoding="utf-8")
    print(REFERENCE.read_text(encoding="utf-8"))  # noqa: T201


def line(row: dict) -> str:
    """One row of the table; a peer that could not run says why."""
    if row["peer_ms"] is None:
        return f"| {row['what']} | {row['ours_ms']:.3g} | {row['note']} | – | {row['limit']} |"
    figures = f"{row['ours_ms']:.3g} | {row['peer_ms']:.3g} | {row['ratio']:.1f} | {row['limit']}"
    return f"| {row['what']} | {figures} |"


if __name__ == "__main__":
    main()
