"""What one has to know beside a number, in words: gaps, one category, a rater who never varies, the paradox.

The sentences are given to gettext where they are shown; the numbers in them are `facts`.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .alpha import Scale
from .coefficients import conger_kappa, krippendorff_alpha, per_cent_agreement
from .tables import Array, coded, stacked

Rated = NDArray[np.bool_]

FEW_SUBJECTS, FEW_RATERS = 30, 3
HIGH, LOW = 0.8, 0.6


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence with places to fill in, and what goes there."""

    says: str
    facts: dict[str, int] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.says % self.facts


def gettext_noop(text: str) -> str:
    """Only marks a sentence for translation; this layer speaks no language."""
    return text


FEW = gettext_noop(
    "Only %(subjects)d subjects and %(raters)d raters: take the intervals seriously, not the values."
)
ONE_CATEGORY = gettext_noop(
    "Everybody chose the same category everywhere. That is full agreement, but agreement beyond chance "
    "cannot be worked out: nobody knows whether these raters would notice a different subject."
)
CONSTANT = gettext_noop(
    "%(raters)d rater(s) chose the same category for every subject. Kappa cannot tell care from habit there."
)
GAPS = gettext_noop(
    "%(missing)d of %(places)d ratings are missing. Intraclass correlations and Cronbach’s alpha use only "
    "the %(whole)d subjects whom everybody rated; the others use all pairs there are."
)
ALONE = gettext_noop("%(subjects)d subject(s) have fewer than two ratings and say nothing about agreement.")
PARADOX = gettext_noop(
    "Raters agree in %(agreed)d of 100 pairs and kappa is still low, because %(most)d of 100 ratings fall in "
    "one category: so much agreement is expected by chance that little is left to show. This is the paradox "
    "of kappa, no fault in the data. Look at the ratings, and at AC1 beside kappa."
)
AGAINST = gettext_noop(
    "Raters agree less than by chance. Perhaps somebody read the scale the other way round."
)


def remarks(ratings: ArrayLike, scale: Scale = "nominal") -> list[Remark]:
    """What to know about the agreement on one item: subjects × raters, NaN where nothing was rated."""
    found = stacked(ratings)[0]
    table = coded(found)
    rated = ~np.isnan(found)
    said = [*_few(rated), *_gaps(rated)]
    if len(table.categories) == 1:
        return [*said, Remark(ONE_CATEGORY)]
    constant = sum(_is_constant(found[rated[:, rater], rater]) for rater in range(found.shape[1]))
    if constant:
        said.append(Remark(CONSTANT, {"raters": constant}))
    return [*said, *_chance(found, table.counts[:, 0], scale)]


def _few(rated: Rated) -> list[Remark]:
    subjects, raters = int(rated.any(axis=1).sum()), int(rated.any(axis=0).sum())
    if subjects >= FEW_SUBJECTS and raters >= FEW_RATERS:
        return []
    return [Remark(FEW, {"subjects": subjects, "raters": raters})]


def _gaps(rated: Rated) -> list[Remark]:
    said = []
    if missing := int((~rated).sum()):
        whole = int(rated.all(axis=1).sum())
        said.append(Remark(GAPS, {"missing": missing, "places": rated.size, "whole": whole}))
    if alone := int((rated.sum(axis=1) < 2).sum()):
        said.append(Remark(ALONE, {"subjects": alone}))
    return said


def _is_constant(chosen: Array) -> bool:
    return len(chosen) > 1 and bool((chosen == chosen[0]).all())


def _chance(ratings: Array, counts: Array, scale: Scale) -> list[Remark]:
    agreed = per_cent_agreement(ratings, confidence=None).value
    kappa = conger_kappa(ratings, confidence=None).value
    if agreed is None or kappa is None:
        return []
    often = counts.sum(axis=1)
    most = round(100 * float(often.max() / often.sum()))
    if agreed >= HIGH and kappa < LOW:
        return [Remark(PARADOX, {"agreed": round(100 * agreed), "most": most})]
    alpha = krippendorff_alpha(ratings, scale=scale, confidence=None).value
    return [Remark(AGAINST)] if alpha is not None and alpha < 0 else []
