"""Agreement of raters beside the packages that compute it, each in an environment of its own.

38 items × 1,000 subjects × 5 raters, 2,000 draws each, one thread. The peers have no draws of their own, so
theirs is a loop over the same draws; its intervals are compared with ours. Run alone in a process.
"""

import json
import os
import platform
import subprocess
import sys
import tempfile
import tracemalloc
from pathlib import Path
from statistics import median
from time import process_time

import numpy as np

from r2com.core import agreement
from tests.oracles import VERSIONS, python_of

ITEMS, SUBJECTS, RATERS = 38, 1_000, 5
BY = agreement.Bootstrap(2_000, seed=1979)
HEAD = """## Agreement

Measured by `make bench`, ours and the peer in one run on one machine ({machine}, Python {python}), one thread
each, in milliseconds of the processor, so that what else runs there counts for neither.
{items} items × {subjects:,} subjects × {raters} raters, four categories, {times:,} draws of subjects for each
item; one in ten ratings is missing for alpha and AC1, none for the others. No peer draws, so its time is that
of a loop over the same draws: the whole loop for alpha, the loop over one item times {items} for the
correlations. *Equal* says that the loop gave our intervals, to nine digits.

| What | Ours, ms | Peer | Peer, ms | Ratio | Wanted at least | Intervals |
|---|---|---|---|---|---|---|
"""


def measured() -> str:
    """The section of the page, measured now."""
    tables = {"gaps": _ratings(0.1), "whole": _ratings(0), "draws": _draws()}
    peers = _peers(tables)
    rows = [*_drawn(tables, peers), *_single(tables, peers)]
    head = HEAD.format(
        machine=platform.machine(),
        python=platform.python_version(),
        items=ITEMS,
        subjects=SUBJECTS,
        raters=RATERS,
        times=BY.times,
    )
    return head + "\n".join(rows) + "\n\n" + _memory(tables)


def _drawn(tables: dict, peers: dict) -> list[str]:
    gaps, whole = tables["gaps"], tables["whole"]
    alphas = agreement.krippendorff_alphas(gaps, scale="ordinal", by=BY)
    six = agreement.intraclass_of_items(whole, by=BY)
    alike = [
        _equal(alphas, peers["krippendorff"]["limits"]),
        _equal(six[0].values(), peers["pingouin"]["limits"]),
    ]
    ours = [
        _ms(lambda: agreement.krippendorff_alphas(gaps, scale="ordinal", by=BY), 7),
        _ms(lambda: agreement.intraclass_of_items(whole, by=BY), 7),
    ]
    names = ("ordinal Krippendorff alpha, all items, with intervals", "six ICCs, all items, with intervals")
    return [
        _line(
            name,
            mine,
            package,
            peers[package]["loop_s"] * 1000 * ITEMS / peers[package]["loops"],
            wanted,
            same,
        )
        for name, mine, package, wanted, same in zip(
            names, ours, ("krippendorff", "pingouin"), (300, 1000), alike, strict=True
        )
    ]


def _single(tables: dict, peers: dict) -> list[str]:
    gaps, whole = tables["gaps"][0], tables["whole"][0]
    work = {
        "krippendorff": ("ordinal alpha, one item, value", lambda: _alpha(gaps)),
        "pingouin": ("six ICCs, one item, intervals by F", lambda: agreement.intraclass(whole)),
        "statsmodels": (
            "Fleiss kappa, one item, value",
            lambda: agreement.fleiss_kappa(whole, confidence=None),
        ),
        "irrCAC": ("AC1, one item, with its interval", lambda: agreement.gwet_ac1(gaps)),
    }
    return [
        _line(name, _ms(ours, 30), package, peers[package]["single_ms"], 1.5, "")
        for package, (name, ours) in work.items()
    ]


def _alpha(ratings: np.ndarray) -> agreement.Estimate:
    return agreement.krippendorff_alpha(ratings, scale="ordinal", confidence=None)


def _peers(tables: dict) -> dict:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tables.npz"
        np.savez(path, **tables)
        return {
            package: _asked(package, path)
            for package in ("krippendorff", "pingouin", "statsmodels", "irrCAC")
        }


def _asked(package: str, path: Path) -> dict:
    script = Path(__file__).parent / "agreement_peers.py"
    command = [str(python_of(package)), str(script), package, str(path)]
    one_thread = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env=one_thread)
    return json.loads(done.stdout)


def _equal(estimates, limits: list) -> str:
    ours = np.array([[one.low, one.high] for one in estimates])
    farthest = float(np.abs(ours - np.array(limits)).max())
    return "equal" if farthest < 1e-9 else f"differ by {farthest:.2g}"


def _memory(tables: dict) -> str:
    """The most that was held beyond the ratings, as Python counts it."""
    said = []
    for name, work in (
        ("alpha", lambda: agreement.krippendorff_alphas(tables["gaps"], scale="ordinal", by=BY)),
        ("the six ICCs", lambda: agreement.intraclass_of_items(tables["whole"], by=BY)),
    ):
        tracemalloc.start()
        work()
        said.append(f"{tracemalloc.get_traced_memory()[1] / 2**20:.0f} MiB for {name}")
        tracemalloc.stop()
    return f"At most {' and '.join(said)} were held at a time, with all {ITEMS} items at once.\n"


def _line(name: str, ours: float, package: str, peer: float, wanted: float, same: str) -> str:
    figures = f"{ours:.3g} | {package} {VERSIONS[package]} | {peer:,.3g} | {peer / ours:,.1f} | {wanted:g}"
    return f"| {name} | {figures} | {same} |"


def _ms(work, times: int) -> float:
    work()
    seen = []
    for _ in range(times):
        started = process_time()
        work()
        seen.append(process_time() - started)
    return median(seen) * 1000


def _ratings(gaps: float) -> np.ndarray:
    random = np.random.default_rng(38)
    felt = random.normal(size=(ITEMS, SUBJECTS, 1)) + random.normal(size=(ITEMS, SUBJECTS, RATERS))
    ratings = np.digitize(felt, [-1, 0, 1]).astype(float)
    ratings[random.random(ratings.shape) < gaps] = np.nan
    return ratings


def _draws() -> np.ndarray:
    return np.concatenate(list(agreement.drawn(SUBJECTS, BY)))


if __name__ == "__main__":
    sys.stdout.write(measured())
