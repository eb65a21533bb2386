"""How far raters agree: the usual coefficients with their intervals, in plain NumPy.

It compares raters and items, and says nothing about whom was rated. `coefficients` and `correlations` say
what each function takes and answers, with the formula and its source.
"""

from .alpha import Scale
from .anova import FORMS
from .coefficients import (
    Estimate,
    cohen_kappa,
    conger_kappa,
    fleiss_kappa,
    gwet_ac1,
    gwet_ac2,
    krippendorff_alpha,
    krippendorff_alphas,
    per_cent_agreement,
    weighted_kappa,
)
from .correlations import cronbach_alpha, intraclass, intraclass_of_items
from .reading import Item, read
from .remarks import Remark, remarks
from .resampling import Bootstrap, drawn
from .summary import summary
from .tables import BadRatings

__all__ = [
    "FORMS",
    "BadRatings",
    "Bootstrap",
    "Estimate",
    "Item",
    "Remark",
    "Scale",
    "cohen_kappa",
    "conger_kappa",
    "cronbach_alpha",
    "drawn",
    "fleiss_kappa",
    "gwet_ac1",
    "gwet_ac2",
    "intraclass",
    "intraclass_of_items",
    "krippendorff_alpha",
    "krippendorff_alphas",
    "per_cent_agreement",
    "read",
    "remarks",
    "summary",
    "weighted_kappa",
]
