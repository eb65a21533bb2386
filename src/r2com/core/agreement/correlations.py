"""Intraclass correlations and Cronbach's alpha, each with its interval: for ratings on an interval scale."""

import numpy as np
from numpy.typing import ArrayLike

from . import anova
from .coefficients import Estimate, drawn_method, number
from .resampling import Bootstrap, limits, resampled
from .tables import Array, BadRatings, stacked


def intraclass(
    ratings: ArrayLike, *, by: Bootstrap | None = None, confidence: float | None = 0.95
) -> dict[str, Estimate]:
    """The six intraclass correlations of subjects × raters, by their names in `FORMS`.

    From mean squares BMS, JMS, EMS, WMS (Shrout & Fleiss, 1979), for example ICC(2,1) =
    (BMS - EMS) / (BMS + (k - 1) EMS + k (JMS - EMS) / n). Subjects with a missing rating are left out.
    Raises BadRatings when fewer than two subjects are whole.
    """
    return intraclass_of_items(_whole(ratings)[np.newaxis], by=by, confidence=confidence)[0]


def intraclass_of_items(
    ratings: ArrayLike, *, by: Bootstrap | None = None, confidence: float | None = 0.95
) -> list[dict[str, Estimate]]:
    """The same for each item of items × subjects × raters without gaps, all drawn together."""
    found = stacked(ratings)
    if np.isnan(found).any():
        raise BadRatings("These ratings have gaps. Work out one item after the other.")
    statistics = anova.statistics(found)
    sums = statistics.sum(axis=-1)
    values = anova.values(sums)
    if confidence is None:
        between, method = np.full((*values.T.shape, 2), np.nan), "value alone"
    elif by:
        low, high = limits(resampled(statistics, anova.values, by, found.shape[-1]), confidence)
        between, method = np.stack([low.T, high.T], axis=-1), drawn_method(by, confidence)
    else:
        between = np.array([anova.intervals(one, confidence) for one in sums.T])
        method = f"McGraw & Wong 1996, F, {confidence:.0%}"
    _, n, k = found.shape
    return [
        {
            form: _estimate(form, value, low, high, n, k, method)
            for form, value, (low, high) in zip(anova.FORMS, row, pairs, strict=True)
        }
        for row, pairs in zip(values.T, between, strict=True)
    ]


def cronbach_alpha(
    ratings: ArrayLike, *, by: Bootstrap | None = None, confidence: float | None = 0.95
) -> Estimate:
    """How consistent k parts (raters, or the items of a scale) are together; subjects × parts.

    α = k / (k - 1) (1 - Σ_j s²_j / s²) (Cronbach, 1951); the same number as ICC(3,k). Subjects with a
    missing rating are left out. Interval: Feldt (1965).
    """
    found = _whole(ratings)[np.newaxis]
    _, n, k = found.shape
    statistics = anova.statistics(found)
    value = float(anova.cronbach(statistics.sum(axis=-1))[0])
    if confidence is None:
        return _estimate("cronbach_alpha", value, np.nan, np.nan, n, k, "value alone")
    if by:
        lows, highs = limits(resampled(statistics, anova.cronbach, by, k), confidence)
        return _estimate("cronbach_alpha", value, lows[0], highs[0], n, k, drawn_method(by, confidence))
    low, high = anova.cronbach_interval(value, n, k, confidence)
    return _estimate("cronbach_alpha", value, low, high, n, k, f"Feldt 1965, F, {confidence:.0%}")


def _whole(ratings: ArrayLike) -> Array:
    """Only the subjects whom every rater rated."""
    found = stacked(ratings)[0]
    whole = found[~np.isnan(found).any(axis=-1)]
    if len(whole) < 2:
        raise BadRatings("Fewer than two subjects were rated by every rater.")
    return whole


def _estimate(name: str, value: float, low: float, high: float, n: int, k: int, method: str) -> Estimate:
    if not np.isfinite([value, low, high]).all():
        return Estimate(name, number(value), None, None, n, k, method)
    return Estimate(name, float(value), float(low), float(high), n, k, method)
