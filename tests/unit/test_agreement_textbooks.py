"""The figures that textbooks and papers print, to every digit they print."""

import numpy as np
import pytest

from r2com.core import agreement
from r2com.core.agreement import anova

from . import rating_tables as tables

FOUR = tables.FOUR_OBSERVERS


@pytest.mark.parametrize(
    ("form", "printed"),
    [
        ("ICC(1,1)", 0.17),
        ("ICC(2,1)", 0.29),
        ("ICC(3,1)", 0.71),
        ("ICC(1,k)", 0.44),
        ("ICC(2,k)", 0.62),
        ("ICC(3,k)", 0.91),
    ],
)
def test_shrout_and_fleiss_1979_table_4(form, printed):
    found = agreement.intraclass(tables.SHROUT_FLEISS)

    assert round(found[form].value, 2) == printed


def test_shrout_and_fleiss_1979_table_3_mean_squares():
    found = anova.variance(anova.statistics(tables.SHROUT_FLEISS[np.newaxis]).sum(axis=-1)[:, 0])

    squares = [found.subjects, found.within, found.raters, found.residual]
    assert [round(float(one), 2) for one in squares] == [11.24, 6.26, 32.49, 1.02]


@pytest.mark.parametrize(
    ("scale", "printed"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
)
def test_krippendorff_2011_four_observers(scale, printed):
    assert round(agreement.krippendorff_alpha(FOUR, scale=scale).value, 3) == printed


@pytest.mark.parametrize(
    ("ratings", "printed"), [(tables.MEG_AND_OWEN, 0.095), (tables.BEN_AND_GERRY, 0.692)]
)
def test_krippendorff_2011_two_observers(ratings, printed):
    assert round(agreement.krippendorff_alpha(ratings).value, 3) == printed


@pytest.mark.parametrize(("scale", "printed"), [("nominal", 0.691), ("interval", 0.811)])
def test_krippendorff_1980_three_coders_with_many_gaps(scale, printed):
    assert round(agreement.krippendorff_alpha(tables.THREE_CODERS, scale=scale).value, 3) == printed


def test_fleiss_1971():
    assert round(agreement.fleiss_kappa(tables.FLEISS).value, 3) == 0.430
    assert round(agreement.per_cent_agreement(tables.FLEISS).value, 3) == 0.556


def test_cohen_1968():
    near = 1 - tables.COHENS_DISAGREEMENT / 6

    assert round(agreement.cohen_kappa(tables.COHEN).value, 3) == 0.492
    assert round(agreement.weighted_kappa(tables.COHEN, closeness=near).value, 3) == 0.348


def test_fleiss_cohen_and_everitt_1969():
    plain = agreement.cohen_kappa(tables.FLEISS_COHEN_EVERITT)
    near = agreement.weighted_kappa(tables.FLEISS_COHEN_EVERITT, closeness=tables.THEIR_CLOSENESS)

    assert round(plain.value, 3) == 0.429
    assert round(near.value, 3) == 0.507
    assert round(standard_error(plain) ** 2, 6) == 0.002885
    assert round(standard_error(near) ** 2, 6) == 0.003248


def standard_error(estimate):
    """From an interval by the normal distribution."""
    return (estimate.high - estimate.low) / 2 / 1.959963984540054


@pytest.mark.parametrize(
    ("ratings", "agreed", "kappa"),
    [
        (tables.EVEN, 0.85, 0.70),
        (tables.UNEVEN, 0.85, 0.32),
        (tables.SKEWED_ALIKE, 0.60, 0.13),
        (tables.SKEWED_APART, 0.60, 0.26),
    ],
)
def test_feinstein_and_cicchetti_1990(ratings, agreed, kappa):
    assert round(agreement.per_cent_agreement(ratings).value, 2) == agreed
    assert round(agreement.cohen_kappa(ratings).value, 2) == kappa


@pytest.mark.parametrize(
    ("coefficient", "printed", "error", "t"),
    [
        (agreement.gwet_ac1, 0.77544, 0.14295, 2.200985),
        (agreement.fleiss_kappa, 0.76117, 0.15302, 2.200985),
        (agreement.conger_kappa, 0.76282, 0.14917, 2.200985),
        (agreement.krippendorff_alpha, 0.74342, 0.14557, 2.228139),
    ],
)
def test_gwet_2014_four_raters_twelve_subjects(coefficient, printed, error, t):
    """The interval reaches t standard errors down, with 11 or, without the subject rated once, 10 degrees."""
    found = coefficient(FOUR)

    assert round(found.value, 5) == printed
    assert round((found.value - found.low) / t, 5) == error
    assert found.high == 1
