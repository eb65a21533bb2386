"""Intervals by drawing subjects again and again, with replacement (Efron & Tibshirani, 1993, ch. 13).

Every coefficient here is worked out from numbers that are added up over subjects. To draw subjects is then
to multiply: what each adds (columns × subjects) times how often it was drawn (subjects × draws), for all
items at once. All items are drawn together, since a subject is rated on all of them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import lcm

import numpy as np

from .tables import Array, BadRatings, Whole

BLOCK = 2**17
EXACT = 2**24


@dataclass(frozen=True, slots=True)
class Bootstrap:
    """How often to draw, and where the random numbers begin. The same seed gives the same interval.

    Raises BadRatings for fewer than 100 draws.
    """

    times: int = 2_000
    seed: int = 1979

    def __post_init__(self) -> None:
        if self.times < 100:
            raise BadRatings("Draw at least 100 times; 2,000 is usual.")


def drawn(subjects: int, bootstrap: Bootstrap) -> Iterator[Whole]:
    """Which subjects are drawn, in blocks of draws × subjects of about 130,000 numbers.

    The blocks together are `numpy.random.default_rng(seed).integers(0, subjects, (times, subjects))`.
    """
    random = np.random.default_rng(bootstrap.seed)
    block = max(1, BLOCK // subjects)
    for start in range(0, bootstrap.times, block):
        yield random.integers(0, subjects, (min(block, bootstrap.times - start), subjects))


def resampled(
    statistics: Array, values: Callable[[Array], Array], bootstrap: Bootstrap, raters: int
) -> Array:
    """The coefficient of every draw: columns × items × subjects to what `values` answers × draws.

    Beyond the statistics, which are kept once more, a block of draws and its sums are held at a time.
    """
    columns, items, subjects = statistics.shape
    unit, adding = _whole(statistics, lcm(*range(1, raters)))
    adding = adding.reshape(-1, subjects)
    found = []
    for indices in drawn(subjects, bootstrap):
        often = _often(indices).astype(adding.dtype)
        sums = (adding @ often.T).astype(np.float64) / unit
        found.append(values(sums.reshape(columns, items, -1)))
    return np.concatenate(found, axis=-1)


def limits(found: Array, confidence: float) -> tuple[Array, Array]:
    """The percentile interval of … × draws, without the draws in which the coefficient is not defined."""
    outside = (1 - confidence) / 2
    if not np.isnan(found).any():
        low, high = np.quantile(found, [outside, 1 - outside], axis=-1)
        return low, high
    rows = [_limits(row[~np.isnan(row)], outside) for row in found.reshape(-1, found.shape[-1])]
    low, high = np.array(rows).T
    return low.reshape(found.shape[:-1]), high.reshape(found.shape[:-1])


def _limits(row: Array, outside: float) -> Array:
    return np.quantile(row, [outside, 1 - outside]) if len(row) else np.full(2, np.nan)


def _whole(statistics: Array, unit: int) -> tuple[int, np.ndarray]:
    """The same as whole numbers of one unit, in half the memory, where every sum of them stays exact."""
    scaled = statistics * unit
    rounded = np.rint(scaled)
    small = np.abs(rounded).max() * statistics.shape[-1] < EXACT
    if small and np.allclose(scaled, rounded, rtol=0, atol=1e-9):
        return unit, rounded.astype(np.float32)
    return 1, statistics


def _often(indices: Whole) -> Whole:
    """How often each subject was drawn: draws × subjects."""
    draws, subjects = indices.shape
    flat = (indices + np.arange(draws)[:, np.newaxis] * subjects).ravel()
    return np.bincount(flat, minlength=draws * subjects).reshape(draws, subjects)
