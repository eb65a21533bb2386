"""The coefficients themselves, each with its interval. Begin here.

Every function takes `ratings`, subjects × raters of numbers with NaN where nothing was rated, and answers an
`Estimate`. With `by=Bootstrap()` the interval is drawn, otherwise it is worked out; `confidence=None` asks
for the value alone. `categories` are all
numbers that could have been chosen; left out, those that occur. All raise BadRatings (a ValueError) with a
sentence for ratings that cannot be used. What is not defined is None, and never a zero.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from . import closeness as near
from .alpha import Alpha, Scale
from .chance import ChanceCorrected, Expected
from .distributions import normal_quantile, t_quantile
from .resampling import Bootstrap, limits, resampled
from .tables import Array, BadRatings, Coded, coded, stacked

Closeness = Literal["identity", "linear", "quadratic"] | ArrayLike
NAMED = {"identity": near.identity, "linear": near.linear, "quadratic": near.quadratic}


@dataclass(frozen=True, slots=True)
class Estimate:
    """One coefficient: its value between `low` and `high`, on how many subjects and raters, worked out how.

    `value`, `low` and `high` are None where they are not defined.
    """

    name: str
    value: float | None
    low: float | None
    high: float | None
    n_subjects: int
    n_raters: int
    method: str


def per_cent_agreement(
    ratings: ArrayLike,
    *,
    closeness: Closeness = "identity",
    categories: ArrayLike | None = None,
    by: Bootstrap | None = None,
    confidence: float | None = 0.95,
) -> Estimate:
    """The share of pairs of raters who chose the same, from 0 to 1: the mean over subjects with two or more.

    p_a = 1/n' Σ_i Σ_k r_ik (r*_ik - 1) / (r_i (r_i - 1)), Gwet (2014).
    """
    return _one("per_cent_agreement", "none", ratings, closeness, categories, by, confidence)


def fleiss_kappa(
    ratings: ArrayLike,
    *,
    closeness: Closeness = "identity",
    categories: ArrayLike | None = None,
    by: Bootstrap | None = None,
    confidence: float | None = 0.95,
) -> Estimate:
    """Agreement beyond chance when any raters rate any subject; chance follows all ratings together.

    κ = (p_a - p_e) / (1 - p_e), p_e = Σ_kl w_kl π_k π_l (Fleiss, 1971); with missing ratings π_k is
    the mean share of a subject (Gwet, 2014).
    """
    return _one("fleiss_kappa", "fleiss", ratings, closeness, categories, by, confidence)


def conger_kappa(
    ratings: ArrayLike,
    *,
    closeness: Closeness = "identity",
    categories: ArrayLike | None = None,
    by: Bootstrap | None = None,
    confidence: float | None = 0.95,
) -> Estimate:
    """Agreement beyond chance when the same raters rate; chance follows each rater's own habits.

    p_e = mean over pairs of raters of Σ_kl w_kl p_gk p_hl (Conger, 1980); for two raters, Cohen's.
    """
    return _one("conger_kappa", "conger", ratings, closeness, categories, by, confidence)


def gwet_ac1(
    ratings: ArrayLike,
    *,
    categories: ArrayLike | None = None,
    by: Bootstrap | None = None,
    confidence: float | None = 0.95,
) -> Estimate:
    """Agreement beyond chance that keeps its head where one category is much more frequent than others.

    p_e = 1 / (q - 1) Σ_k π_k (1 - π_k) (Gwet, 2008). Depends on q: name the categories nobody used.
    """
    return _one("gwet_ac1", "gwet", ratings, "identity", categories, by, confidence)


def gwet_ac2(
    ratings: ArrayLike,
    *,
    closeness: Closeness = "quadratic",
    categories: ArrayLike | None = None,
    by: Bootstrap | None = None,
    confidence: float | None = 0.95,
) -> Estimate:
    """AC1 for ordered categories, where a near miss counts in part.

    p_e = T_w / (q (q - 1)) Σ_k π_k (1 - π_k), T_w = Σ_kl w_kl (Gwet, 2014).
    """
    return _one("gwet_ac2", "gwet", ratings, closeness, categories, by, confidence)


def cohen_kappa(
    ratings: ArrayLike,
    *,
    categories: ArrayLike | None = None,
    by: Bootstrap | None = None,
    confidence: float | None = 0.95,
) -> Estimate:
    """Agreement of two raters beyond what their own habits give by chance; subjects that both rated.

    κ = (p_o - p_c) / (1 - p_c) (Cohen, 1960, eq. 1). Interval: Fleiss, Cohen & Everitt (1969).
    """
    return _of_two("cohen_kappa", ratings, "identity", categories, by, confidence)


def weighted_kappa(
    ratings: ArrayLike,
    *,
    closeness: Closeness = "quadratic",
    categories: ArrayLike | None = None,
    by: Bootstrap | None = None,
    confidence: float | None = 0.95,
) -> Estimate:
    """Cohen's kappa of two raters where a near miss counts in part: linear, quadratic, or as one says.

    κ_w = (Σ w p_o - Σ w p_c) / (1 - Σ w p_c) (Cohen, 1968). Distances are those of the categories as
    numbers. Interval: Fleiss, Cohen & Everitt (1969).
    """
    named = closeness if isinstance(closeness, str) else "own"
    return _of_two(f"weighted_kappa_{named}", ratings, closeness, categories, by, confidence)


def krippendorff_alpha(
    ratings: ArrayLike,
    *,
    scale: Scale = "nominal",
    by: Bootstrap | None = None,
    confidence: float | None = 0.95,
) -> Estimate:
    """One minus observed over expected disagreement; any number of raters, gaps, and four scales.

    α = 1 - D_o / D_e from coincidences (Krippendorff, 2011). Subjects with fewer than two ratings are left
    out. Interval without `by`: Gwet (2014).
    """
    return krippendorff_alphas(stacked(ratings)[:1], scale=scale, by=by, confidence=confidence)[0]


def krippendorff_alphas(
    ratings: ArrayLike,
    *,
    scale: Scale = "nominal",
    by: Bootstrap | None = None,
    confidence: float | None = 0.95,
) -> list[Estimate]:
    """The same for each item of items × subjects × raters, all drawn together."""
    table = coded(ratings)
    kind = Alpha(scale, table.categories)
    pairs = ((table.codes >= 0).sum(axis=-1) >= 2).sum(axis=-1)
    return _estimates(f"krippendorff_alpha_{scale}", kind, table, pairs, by, confidence)


def _one(
    name: str,
    expected: Expected,
    ratings: ArrayLike,
    closeness: Closeness,
    categories: ArrayLike | None,
    by: Bootstrap | None,
    confidence: float | None,
) -> Estimate:
    table = coded(stacked(ratings)[:1], categories)
    kind = ChanceCorrected(expected, chosen(closeness, table.categories))
    rated = (table.codes >= 0).sum(axis=-1)
    return _estimates(name, kind, table, (rated >= 1).sum(axis=-1), by, confidence)[0]


def _estimates(
    name: str,
    kind: ChanceCorrected | Alpha,
    table: Coded,
    subjects: Array | np.ndarray,
    by: Bootstrap | None,
    confidence: float | None,
) -> list[Estimate]:
    """One estimate for each item."""
    statistics = kind.statistics(table)
    values = kind.values(statistics.sum(axis=-1))
    raters = (table.codes >= 0).any(axis=1).sum(axis=-1)
    if confidence is None:
        low = high = np.full(len(values), np.nan)
        method = "value alone"
    elif by:
        low, high = limits(resampled(statistics, kind.values, by, table.codes.shape[-1]), confidence)
        method = drawn_method(by, confidence)
    else:
        errors = kind.standard_errors(table)
        quantiles = {n: t_quantile((1 + confidence) / 2, max(n - 1, 1)) for n in set(subjects.tolist())}
        reach = errors * np.array([quantiles[n] for n in subjects.tolist()])
        low, high = values - reach, np.minimum(values + reach, 1)
        method = f"Gwet 2014, t, {confidence:.0%}"
    return [
        Estimate(name, number(value), *_limits(value, below, above), int(n), int(k), method)
        for value, below, above, n, k in zip(values, low, high, subjects, raters, strict=True)
    ]


def _of_two(
    name: str,
    ratings: ArrayLike,
    closeness: Closeness,
    categories: ArrayLike | None,
    by: Bootstrap | None,
    confidence: float | None,
) -> Estimate:
    found = stacked(ratings)[0]
    if found.shape[1] != 2:
        raise BadRatings("Cohen's kappa compares two raters. With more, use Conger's or Fleiss' kappa.")
    table = coded(found, categories)
    both = (table.codes[0] >= 0).all(axis=-1)
    table = Coded(table.codes[:, both], table.categories)
    kind = ChanceCorrected("conger", chosen(closeness, table.categories))
    if by and both.sum():
        return _estimates(name, kind, table, np.array([both.sum()]), by, confidence)[0]
    value = float(kind.values(kind.statistics(table).sum(axis=-1))[0])
    if confidence is None:
        return Estimate(name, number(value), None, None, int(both.sum()), 2, "value alone")
    reach = normal_quantile((1 + confidence) / 2) * _error_of_two(table.codes[0], kind.closeness, value)
    method = f"Fleiss, Cohen & Everitt 1969, normal, {confidence:.0%}"
    between = _limits(value, value - reach, min(value + reach, 1))
    return Estimate(name, number(value), *between, int(both.sum()), 2, method)


def _error_of_two(codes: np.ndarray, closeness: Array, value: float) -> float:
    q, n = len(closeness), len(codes)
    if not n:
        return float("nan")
    crossed = np.bincount(codes[:, 0] * q + codes[:, 1], minlength=q * q).reshape(q, q) / n
    rows, columns = crossed.sum(axis=1), crossed.sum(axis=0)
    expected = rows @ closeness @ columns
    habits = (closeness @ columns)[:, np.newaxis] + closeness @ rows
    spread = (crossed * (closeness - habits * (1 - value)) ** 2).sum()
    spread -= (value - expected * (1 - value)) ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        return float(np.sqrt(max(spread, 0) / n) / (1 - expected))


def chosen(closeness: Closeness, categories: Array) -> Array:
    """How close categories are, by its name or as numbers of one's own."""
    if not isinstance(closeness, str):
        return near.own(closeness, categories)
    if closeness not in NAMED:
        raise BadRatings(f"“{closeness}” is not one of: {', '.join(NAMED)}.")
    return NAMED[closeness](categories)


def drawn_method(by: Bootstrap, confidence: float) -> str:
    return f"bootstrap of subjects, percentile, {by.times} draws, seed {by.seed}, {confidence:.0%}"


def number(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _limits(value: float, low: float, high: float) -> tuple[float | None, float | None]:
    """No interval where there is no value, or where only one end could be found."""
    if not np.isfinite([value, low, high]).all():
        return None, None
    return float(low), float(high)
