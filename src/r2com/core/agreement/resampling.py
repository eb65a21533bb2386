"""Intervals by drawing subjects again and again, with replacement (Efron & Tibshirani, 1993, ch. 13).

Every coefficient here is worked out from numbers that are added up over subjects. To draw subjects is then
to multiply: how often each was drawn (draws × subjects) times what each adds (subjects × columns), for all
items at once. All items are drawn together, since a subject is rated on all of them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from .tables import Array, BadRatings, Whole

BLOCK = 32 * 2**20
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
    """Which subjects are drawn, in blocks of draws × subjects.

    The blocks together are `numpy.random.default_rng(seed).integers(0, subjects, (times, subjects))`.
    """
    random = np.random.default_rng(bootstrap.seed)
    block = max(1, BLOCK // (8 * subjects))
    for start in range(0, bootstrap.times, block):
        yield random.integers(0, subjects, (min(block, bootstrap.times - start), subjects))


def resampled(statistics: Array, values: Callable[[Array], Array], bootstrap: Bootstrap) -> Array:
    """The coefficient of every draw: subjects × items × columns to draws × what `values` answers.

    Beyond the statistics themselves at most about three blocks of 32 MiB are held at a time.
    """
    subjects, items, columns = statistics.shape
    flat = np.ascontiguousarray(statistics).reshape(subjects, -1)
    found = []
    for indices in drawn(subjects, bootstrap):
        often = _often(indices).astype(flat.dtype)
        found.append(values((often @ flat).reshape(len(often), items, columns)))
    return np.concatenate(found)


def limits(found: Array, confidence: float) -> tuple[Array, Array]:
    """The percentile interval of draws × …, without the draws in which the coefficient is not defined."""
    outside = (1 - confidence) / 2
    defined = ~np.isnan(found)
    if defined.all():
        low, high = np.quantile(found, [outside, 1 - outside], axis=0)
        return low, high
    flat, shape = found.reshape(len(found), -1), found.shape[1:]
    pairs = [_defined_limits(column[~np.isnan(column)], outside) for column in flat.T]
    low, high = np.array(pairs).T
    return low.reshape(shape), high.reshape(shape)


def _defined_limits(column: Array, outside: float) -> Array:
    return np.quantile(column, [outside, 1 - outside]) if len(column) else np.full(2, np.nan)


def _often(indices: Whole) -> Whole:
    """How often each subject was drawn: draws × subjects."""
    draws, subjects = indices.shape
    flat = (indices + np.arange(draws)[:, np.newaxis] * subjects).ravel()
    return np.bincount(flat, minlength=draws * subjects).reshape(draws, subjects)
