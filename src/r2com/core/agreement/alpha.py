"""Krippendorff's alpha for the four scales, from coincidences (Krippendorff, 2011).

Coincidences o_ck pair the ratings of one subject: Σ_u n_uc n_uk / (m_u - 1), for m_u ≥ 2 ratings of it.
With n_c = Σ_k o_ck and n = Σ_c n_c, alpha = 1 - (n - 1) Σ_c<k o_ck δ²_ck / Σ_c<k n_c n_k δ²_ck.
"""

from dataclasses import dataclass
from itertools import combinations
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
        """What is added up: columns × items × subjects, first what is observed, then n_c.

        Ordinal distance depends on all ratings together, so it keeps a column for each pair of categories.
        """
        counts = table.counts
        rated = counts.sum(axis=0)
        shared = np.where(rated >= 2, 1 / np.maximum(rated - 1, 1), 0)
        counted = counts * (rated >= 2)
        if self.scale == "ordinal":
            observed = [counts[one] * counts[other] * shared for one, other in self._pairs]
        else:
            apart = distance(self.scale, self.categories)
            observed = [(np.tensordot(apart, counts, 1) * counts).sum(axis=0) * shared / 2]
        return np.stack([*observed, *counted])

    def values(self, sums: Array) -> Array:
        """Alpha from sums of those columns: columns × … to …; NaN where everybody chose the same."""
        counted = sums[-len(self.categories) :]
        ratings = counted.sum(axis=0)
        if self.scale == "ordinal":
            observed, expected = self._ordinal(sums, counted)
        else:
            observed = sums[0]
            apart = distance(self.scale, self.categories)
            expected = (np.tensordot(apart, counted, 1) * counted).sum(axis=0) / 2
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(expected > 0, 1 - (ratings - 1) * observed / expected, np.nan)

    def _ordinal(self, sums: Array, counted: Array) -> tuple[Array, Array]:
        """Distances from c to k are those between the middles of their places in one row of all ratings."""
        middle = np.cumsum(counted, axis=0) - counted / 2
        observed, expected = np.zeros(sums.shape[1:]), np.zeros(sums.shape[1:])
        for column, (one, other) in zip(sums, self._pairs, strict=False):
            apart = (middle[other] - middle[one]) ** 2
            observed += column * apart
            expected += counted[one] * counted[other] * apart
        return observed, expected

    @property
    def _pairs(self) -> list[tuple[int, int]]:
        return list(combinations(range(len(self.categories)), 2))

    def standard_errors(self, table: Coded) -> Array:
        """One for each item (Gwet, 2014, on Krippendorff's alpha); ordinal distances count as given."""
        return np.array([self._standard_error(counts.T) for counts in table.counts.transpose(1, 0, 2)])

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
            corrected = together + (1 - together) / rated.sum()
            each = counts @ (near @ shares) / often - expected * more
            moved = (observed - corrected * more - expected) / (1 - expected)
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
