"""How close two categories are: 1 for the same, 0 for as far apart as can be.

The literature calls these numbers agreement weights. Each function takes the categories as numbers, q of
them, and answers a symmetric q × q array.
"""

import numpy as np
from numpy.typing import ArrayLike

from .tables import Array, BadRatings


def identity(categories: ArrayLike) -> Array:
    """Only the same is close: 1 where k = l, else 0. For words without an order."""
    return np.eye(len(np.asarray(categories)))


def linear(categories: ArrayLike) -> Array:
    """1 - |k - l| / (max - min) (Cicchetti & Allison, 1971)."""
    return _from_distance(np.abs(_differences(categories)))


def quadratic(categories: ArrayLike) -> Array:
    """1 - (k - l)² / (max - min)² (Fleiss & Cohen, 1973)."""
    return _from_distance(_differences(categories) ** 2)


def own(numbers: ArrayLike, categories: ArrayLike) -> Array:
    """Numbers of one's own, q × q.

    Raises BadRatings unless they are symmetric, between 0 and 1, and 1 for the same category.
    """
    chosen = np.asarray(numbers, dtype=np.float64)
    if chosen.shape != (len(np.asarray(categories)),) * 2:
        raise BadRatings("Give one number for each pair of categories.")
    between = bool(((chosen >= 0) & (chosen <= 1)).all())
    if not between or not np.array_equal(chosen, chosen.T) or not (np.diag(chosen) == 1).all():
        raise BadRatings("How close categories are lies between 0 and 1, both ways the same, 1 for the same.")
    return chosen


def _differences(categories: ArrayLike) -> Array:
    numbers = np.asarray(categories, dtype=np.float64)
    return numbers[:, np.newaxis] - numbers


def _from_distance(distance: Array) -> Array:
    farthest = distance.max(initial=0.0)
    return 1 - distance / farthest if farthest else np.ones_like(distance)
