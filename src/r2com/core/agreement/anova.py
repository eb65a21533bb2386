"""The six intraclass correlations, and Cronbach's alpha, from an analysis of variance.

Notation of Shrout & Fleiss (1979), with McGraw & Wong's (1996) names beside it:
ICC(1,1) one-way; ICC(2,1) = ICC(A,1) absolute agreement; ICC(3,1) = ICC(C,1) consistency; and for the mean
of all k raters ICC(1,k), ICC(2,k) = ICC(A,k), ICC(3,k) = ICC(C,k).
"""

from dataclasses import dataclass

import numpy as np

from .distributions import f_quantile
from .tables import Array

FORMS = ("ICC(1,1)", "ICC(2,1)", "ICC(3,1)", "ICC(1,k)", "ICC(2,k)", "ICC(3,k)")

NOISE = 1e-12


@dataclass(frozen=True, slots=True)
class Variance:
    """Mean squares of n subjects × k raters: between subjects, between raters, residual, within subjects."""

    subjects: Array
    raters: Array
    residual: Array
    within: Array
    n: Array
    k: int


def statistics(ratings: Array) -> Array:
    """What is added up, of items × subjects × raters without gaps: (raters + 3) × items × subjects.

    1, each rating, the sum of squares, the square of the sum. Ratings are moved to a mean near 0 before,
    which changes no coefficient and keeps digits; whole numbers stay whole.
    """
    middle = ratings.mean(axis=(1, 2), keepdims=True)
    if np.array_equal(ratings, np.rint(ratings)):
        middle = np.rint(middle)
    moved = (ratings - middle).transpose(2, 0, 1)
    squares = (moved**2).sum(axis=0)
    return np.stack([np.ones_like(squares), *moved, squares, moved.sum(axis=0) ** 2])


def variance(sums: Array) -> Variance:
    """The analysis of variance from sums of those columns: (raters + 3) × …."""
    n, by_rater, squares, together = sums[0], sums[1:-2], sums[-2], sums[-1]
    k = len(by_rater)
    centre = by_rater.sum(axis=0) ** 2 / (n * k)
    noise = NOISE * squares
    subjects = _kept(together / k - centre, noise)
    raters = _kept((by_rater**2).sum(axis=0) / n - centre, noise)
    within = _kept(squares - together / k, noise)
    residual = _kept(within - raters, noise)
    with np.errstate(divide="ignore", invalid="ignore"):
        return Variance(
            subjects / (n - 1),
            raters / (k - 1),
            residual / ((n - 1) * (k - 1)),
            within / (n * (k - 1)),
            n,
            k,
        )


def values(sums: Array) -> Array:
    """All six coefficients, in the order of FORMS: (raters + 3) × … to 6 × …. NaN where nothing varies."""
    found = variance(sums)
    subjects, raters, residual = found.subjects, found.raters, found.residual
    within, k = found.within, found.k
    bias = (raters - residual) / found.n
    mean = _kept(subjects + bias, NOISE * (subjects + residual), below=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        six = (
            (subjects - within) / (subjects + (k - 1) * within),
            (subjects - residual) / (subjects + (k - 1) * residual + k * bias),
            (subjects - residual) / (subjects + (k - 1) * residual),
            (subjects - within) / subjects,
            (subjects - residual) / mean,
            (subjects - residual) / subjects,
        )
        return _finite(np.stack(six))


def _kept(squares: Array, noise: Array, *, below: bool = False) -> Array:
    """What is nothing but rounding is 0; so is what lies below 0, unless it may."""
    return np.where((np.abs(squares) if below else squares) > noise, squares, 0)


def _finite(numbers: Array) -> Array:
    return np.where(np.isfinite(numbers), numbers, np.nan)


def cronbach(sums: Array) -> Array:
    """k / (k - 1) (1 - Σ_j s²_j / s²) of the parts and their sum (Cronbach, 1951): … columns to …."""
    n, by_part, squares, together = sums[0], sums[1:-2], sums[-2], sums[-1]
    k = len(by_part)
    parts = squares - (by_part**2).sum(axis=0) / n
    whole = together - by_part.sum(axis=0) ** 2 / n
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(whole > NOISE * together, k / (k - 1) * (1 - parts / whole), np.nan)


def intervals(sums: Array, confidence: float) -> Array:
    """Low and high of each form for one table: (raters + 3) to 6 × 2.

    Shrout & Fleiss (1979); McGraw & Wong (1996, table 7), with Satterthwaite's degrees of
    freedom for absolute agreement.
    """
    found = variance(sums)
    n, k = float(found.n), found.k
    outside = 1 - (1 - confidence) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        one = _by_f(found.subjects / found.within, outside, n - 1, n * (k - 1))
        three = _by_f(found.subjects / found.residual, outside, n - 1, (n - 1) * (k - 1))
        two = _absolute(found, outside, values(sums)[1])
        stepped = two * k / (1 + two * (k - 1))
        return np.array([_of_one(one, k), two, _of_one(three, k), 1 - 1 / one, stepped, 1 - 1 / three])


def cronbach_interval(value: float, n: float, k: int, confidence: float) -> tuple[float, float]:
    """Low and high by Feldt's F (Feldt, 1965)."""
    outside = (1 - confidence) / 2
    above, below = n - 1, (n - 1) * (k - 1)
    low = 1 - (1 - value) * f_quantile(1 - outside, above, below)
    return low, 1 - (1 - value) * f_quantile(outside, above, below)


def _by_f(ratio: Array, outside: float, above: float, below: float) -> Array:
    return np.array([ratio / f_quantile(outside, above, below), ratio * f_quantile(outside, below, above)])


def _of_one(limits: Array, k: int) -> Array:
    return (limits - 1) / (limits + k - 1)


def _absolute(found: Variance, outside: float, value: Array) -> Array:
    n, k = float(found.n), found.k
    between = found.raters / found.residual
    rest = n * (1 + (k - 1) * value) - k * value
    freedom = (k - 1) * (n - 1) * (k * value * between + rest) ** 2
    below = float(freedom / ((n - 1) * (k * value * between) ** 2 + rest**2))
    low_f, high_f = f_quantile(outside, n - 1, below), f_quantile(outside, below, n - 1)
    subjects, residual = found.subjects, found.residual
    noise = k * found.raters + (k * n - k - n) * residual
    low = n * (subjects - low_f * residual) / (low_f * noise + n * subjects)
    high = n * (high_f * subjects - residual) / (noise + n * high_f * subjects)
    return np.array([low, high])
