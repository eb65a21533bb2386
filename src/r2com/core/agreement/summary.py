"""All coefficients that fit a scale, for one item."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from . import coefficients as one
from .alpha import Scale
from .coefficients import Estimate
from .correlations import cronbach_alpha, intraclass
from .resampling import Bootstrap
from .tables import Array, BadRatings, stacked


def summary(
    ratings: ArrayLike,
    *,
    scale: Scale = "nominal",
    categories: ArrayLike | None = None,
    by: Bootstrap | None = None,
) -> list[Estimate]:
    """Every coefficient that fits the scale, of subjects × raters, in a fixed order.

    On an ordinal scale the categories count as equally far apart, in their order; on an interval or ratio
    scale as far as their numbers are. Intraclass correlations and Cronbach's alpha need one of these two.
    Raises BadRatings for ratings that cannot be used.
    """
    found = stacked(ratings)[0]
    kinds: list[Callable[..., Estimate]] = [one.per_cent_agreement, one.fleiss_kappa, one.conger_kappa]
    if found.shape[1] == 2:
        kinds.insert(1, one.cohen_kappa)
    said = [kind(found, categories=categories, by=by) for kind in (*kinds, one.gwet_ac1)]
    if scale != "nominal":
        said += _with_distance(found, scale, categories, by)
    said.append(one.krippendorff_alpha(found, scale=scale, by=by))
    if scale in ("interval", "ratio"):
        said += _correlations(found, by)
    return said


def _with_distance(
    ratings: Array, scale: Scale, categories: ArrayLike | None, by: Bootstrap | None
) -> list[Estimate]:
    known = np.unique(ratings[~np.isnan(ratings)] if categories is None else np.asarray(categories, float))
    if scale == "ordinal":
        there = ~np.isnan(ratings)
        ratings = np.where(there, np.searchsorted(known, ratings), np.nan)
        known = np.arange(len(known), dtype=float)
    said = []
    if ratings.shape[1] == 2:
        said.append(one.weighted_kappa(ratings, closeness="linear", categories=known, by=by))
        said.append(one.weighted_kappa(ratings, closeness="quadratic", categories=known, by=by))
    return [*said, one.gwet_ac2(ratings, categories=known, by=by)]


def _correlations(ratings: Array, by: Bootstrap | None) -> list[Estimate]:
    """None where too few subjects were rated by everybody; the remarks say so."""
    try:
        return [*intraclass(ratings, by=by).values(), cronbach_alpha(ratings, by=by)]
    except BadRatings:
        return []
