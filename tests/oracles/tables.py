"""The tables on which ours and the packages are compared: published ones, and made ones of many shapes."""

import numpy as np

from tests.unit import rating_tables as published

NAMED = {
    "four observers": published.FOUR_OBSERVERS,
    "three coders": published.THREE_CODERS,
    "Shrout and Fleiss": published.SHROUT_FLEISS,
    "Fleiss": published.FLEISS,
    "Cohen": published.COHEN,
    "even": published.EVEN,
    "uneven": published.UNEVEN,
}
SHAPES = {
    "two raters": (60, 2, 4, 0.0),
    "two raters with gaps": (80, 2, 5, 0.15),
    "five raters": (200, 5, 4, 0.0),
    "five raters with gaps": (200, 5, 4, 0.1),
    "nine raters, many gaps": (40, 9, 7, 0.4),
}


def every_table() -> dict[str, np.ndarray]:
    return NAMED | {name: _made(number, *shape) for number, (name, shape) in enumerate(SHAPES.items())}


def _made(seed: int, subjects: int, raters: int, categories: int, gaps: float) -> np.ndarray:
    """Ratings of an ordered scale from 1 that lean on what a subject is like."""
    random = np.random.default_rng(seed)
    felt = random.normal(size=(subjects, 1)) + 0.8 * random.normal(size=(subjects, raters))
    ratings = 1.0 + np.digitize(felt, np.linspace(-1.5, 1.5, categories - 1))
    ratings[random.random(ratings.shape) < gaps] = np.nan
    return ratings
