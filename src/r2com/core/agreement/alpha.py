"""Krippendorff's alpha for the four scales, from coincidences (Krippendorff, 2011).

Coincidences o_ck pair the ratings of one subject: Σ_u n_uc n_uk / (m_u - 1), for m_u ≥ 2 ratings of it.
With n_c = Σ_k o_ck and n = Σ_c n_c, alpha = 1 - (n - 1) Σ_c<k o_ck δ²_ck / Σ_c<k n_c n_k δ²_ck.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from .tables import Array, BadRatings, Coded

Scale = Literal["nominal", "ordinal", "interval", "ratio"]


@dataclass(frozen=True, slots=True)
class Alpha:
    """Alpha on one scale; `categories` are the numbers that stand for them, ascending."""

    scale: Scale
    categories: Array

    def statistics(self, table: Coded) -> Array:
        """What is added up: subjects × items × columns, first what is observed, then n_c.

        Ordinal distance depends on all ratings together, so it keeps a column for each pair of categories.
        """
        counts = table.counts
        rated = counts.sum(axis=-1)
        paired = rated >= 2
        shared = paired / np.where(paired, rated - 1, 1)
        counted = counts * paired[..., np.newaxis]
        observed = self._observed(counts) * shared[..., np.newaxis]
        return np.concatenate([observed, counted], axis=-1).transpose(1, 0, 2)

    def values(self, sums: Array) -> Array:
        """Alpha from sums of those columns: … × columns to …; NaN where everybody chose the same."""
        q = len(self.categories)
        counted = sums[..., -q:]
        if self.scale == "ordinal":
            first, second = np.triu_indices(q, 1)
            middle = np.cumsum(counted, axis=-1) - counted / 2
            apart = (middle[..., first] - middle[..., second]) ** 2
            observed = (sums[..., :-q] * apart).sum(axis=-1)
            everything = counted.sum(axis=-1)
            centre = (counted * middle).sum(axis=-1)
            expected = everything * (counted * middle**2).sum(axis=-1) - centre**2
        else:
            observed = sums[..., 0]
            expected = ((counted @ self.distance) * counted).sum(axis=-1) / 2
        pairs = counted.sum(axis=-1) - 1
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(expected > 0, 1 - pairs * observed / expected, np.nan)

    @property
    def distance(self) -> Array:
        """δ² between categories, q × q, for the scales where it does not depend on the ratings."""
        return distance(self.scale, self.categories)

    def _observed(self, counts: Array) -> Array:
        if self.scale == "ordinal":
            first, second = np.triu_indices(len(self.categories), 1)
            return counts[..., first] * counts[..., second]
        return ((counts @ self.distance) * counts).sum(axis=-1, keepdims=True) / 2

    def standard_errors(self, table: Coded) -> Array:
        """One for each item (Gwet, 2014, on Krippendorff's alpha); ordinal distances count as given."""
        return np.array([self._standard_error(counts) for counts in table.counts])

    def _standard_error(self, counts: Array) -> float:
        rated = counts.sum(axis=-1)
        counts, rated = counts[rated >= 2], rated[rated >= 2]
        if len(counts) < 2:
            return float("nan")
        apart = distance(self.scale, self.categories, counts.sum(axis=0))
        with np.errstate(divide="ignore", invalid="ignore"):
            near = 1 - apart / apart.max()
            often, subjects = rated.mean(), len(counts)
            shares = counts.mean(axis=0) / often
            observed = ((counts * (counts @ near)).sum(axis=-1) - rated) / (often * (rated - 1))
            expected = shares @ near @ shares
            together = observed.mean()
            value = (together - expected) / (1 - expected)
            more = (rated - often) / often
            each = counts @ (near @ shares) / often - expected * more
            moved = (observed - together * more - expected) / (1 - expected)
            moved -= 2 * (1 - value) * (each - expected) / (1 - expected) + value
            return float(np.sqrt((moved**2).sum() / (subjects * (subjects - 1))))


def distance(scale: Scale, categories: Array, counted: Array | None = None) -> Array:
    """δ² between every two categories, q × q (Krippendorff, 2011).

    nominal: 1 unless the same. ordinal: (Σ_g=c..k n_g - (n_c + n_k) / 2)², with `counted` the n_g.
    interval: (c - k)². ratio: ((c - k) / (c + k))², and 0 for 0 and 0. Raises BadRatings for a negative
    number on a ratio scale.
    """
    if scale == "nominal":
        return 1 - np.eye(len(categories))
    if scale == "ordinal":
        if counted is None:
            raise BadRatings("Ordinal distance needs to know how often each category was chosen.")
        middle = np.cumsum(counted) - counted / 2
        return (middle[:, np.newaxis] - middle) ** 2
    differences = categories[:, np.newaxis] - categories
    if scale == "interval":
        return differences**2
    if (categories < 0).any():
        raise BadRatings("A ratio scale begins at 0: there is a negative rating. Use interval instead.")
    sums = categories[:, np.newaxis] + categories
    return (differences / np.where(sums > 0, sums, 1)) ** 2
