"""Ratings as arrays: what was rated, by whom, and which categories there are.

Everywhere here `ratings` is an array of numbers, subjects × raters or items × subjects × raters, with NaN
where nothing was rated. Numbers may stand for words: only the coefficients for interval and ratio scales
read them as amounts.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from r2com.core.refusals import Refused

Array = NDArray[np.float64]
Whole = NDArray[np.intp]
WIDEST = 1_000
MOST = 200


class BadRatings(Refused, ValueError):
    """These ratings cannot be worked with. The message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Coded:
    """Ratings as places in a list of categories.

    `codes`: items × subjects × raters, -1 where nothing was rated. `categories`: the numbers, ascending.
    """

    codes: Whole
    categories: Array

    @property
    def counts(self) -> Array:
        """How many raters chose each category: categories × items × subjects."""
        items, subjects, _ = self.codes.shape
        rows = items * subjects
        flat = (self.codes + 1) * rows + np.arange(rows).reshape(items, subjects, 1)
        counted = np.bincount(flat.ravel(), minlength=rows * (len(self.categories) + 1))
        return counted[rows:].reshape(len(self.categories), items, subjects).astype(np.float64)


def stacked(ratings: ArrayLike) -> Array:
    """Ratings as items × subjects × raters of floats.

    Raises BadRatings for another shape, fewer than two subjects or raters, or an infinite number.
    """
    found = np.asarray(ratings, dtype=np.float64)
    if found.ndim == 2:
        found = found[np.newaxis]
    if found.ndim != 3:
        raise BadRatings("Give ratings as subjects × raters, or as items × subjects × raters.")
    if found.shape[1] < 2 or found.shape[2] < 2:
        raise BadRatings("Agreement needs at least two subjects and two raters.")
    if np.isinf(found).any():
        raise BadRatings("A rating cannot be infinite. Leave it empty where nothing was rated.")
    return found


def coded(ratings: ArrayLike, categories: ArrayLike | None = None) -> Coded:
    """Ratings by the place of their category.

    `categories` are all that could have been chosen, used or not; left out, they are those that occur.
    Raises BadRatings when there is no rating at all, or one that is not among the categories.
    """
    found = stacked(ratings)
    known = _occurring(found) if categories is None else np.unique(np.asarray(categories, dtype=np.float64))
    if not len(known):
        raise BadRatings("There is no rating at all.")
    if len(known) > MOST:
        raise BadRatings(
            f"There are {len(known)} different ratings. More than {MOST} cannot be compared as categories. "
            "Round them, or use the intraclass correlations."
        )
    first = known[0]
    if len(known) == known[-1] - first + 1:
        places = found - first
        places[np.isnan(places)] = -1
        codes = places.astype(np.intp)
    else:
        codes = np.searchsorted(known, found)
        codes[np.isnan(found)] = -1
    if categories is not None:
        _must_be_among(found, codes, known)
    return Coded(codes, known)


def _occurring(ratings: Array) -> Array:
    """The numbers that occur, ascending; whole numbers that lie close together are found by counting."""
    there = ratings[~np.isnan(ratings)]
    if not there.size:
        return there
    lowest, highest = there.min(), there.max()
    if highest - lowest < WIDEST:
        whole = (there - lowest).astype(np.intp)
        if np.array_equal(whole, there - lowest):
            return np.flatnonzero(np.bincount(whole)) + lowest
    return np.unique(there)


def _must_be_among(ratings: Array, codes: Whole, known: Array) -> None:
    there = ~np.isnan(ratings)
    strange = there & (
        (codes < 0) | (codes >= len(known)) | (known[np.clip(codes, 0, len(known) - 1)] != ratings)
    )
    if strange.any():
        raise BadRatings(f"{ratings[strange][0]:g} is not among the categories.")
