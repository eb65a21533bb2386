"""Where a number alone would mislead, there are words; where there is no number, there is none."""

import numpy as np
import pytest

from r2com.core import agreement
from r2com.core.agreement.remarks import FEW

from . import rating_tables as tables

ALIKE = np.full((40, 3), 2.0)


def said(ratings):
    return " ".join(map(str, agreement.remarks(ratings)))


def test_the_paradox_is_explained_where_it_happens_and_only_there():
    assert "Raters agree in 85 of 100 pairs and kappa is still low, because 88 of 100 ratings" in said(
        tables.UNEVEN
    )
    assert "paradox" not in said(tables.EVEN)


def test_one_category_is_full_agreement_and_no_coefficient_beyond_chance():
    assert agreement.per_cent_agreement(ALIKE).value == 1
    for kind in (agreement.fleiss_kappa, agreement.conger_kappa, agreement.gwet_ac1):
        assert kind(ALIKE).value is None
    for scale in ("nominal", "ordinal", "interval", "ratio"):
        assert agreement.krippendorff_alpha(ALIKE, scale=scale).value is None
    assert {one.value for one in agreement.intraclass(ALIKE).values()} == {None}
    assert agreement.cronbach_alpha(ALIKE).value is None
    assert "Everybody chose the same category" in said(ALIKE)


def test_one_category_of_several_is_whole_agreement_by_ac1():
    assert agreement.gwet_ac1(ALIKE, categories=[1, 2, 3]).value == 1
    assert agreement.gwet_ac1(ALIKE, categories=[1, 2, 3], by=agreement.Bootstrap(100)).low == 1


def test_a_rater_who_never_varies_is_named():
    ratings = np.array([[1, 1], [2, 1], [1, 1], [2, 1]], dtype=float)

    assert agreement.cohen_kappa(ratings).value == 0
    assert "1 rater(s) chose the same category" in said(ratings)
    assert "chose the same category" not in said(tables.EVEN)


def test_gaps_are_counted():
    assert "7 of 48 ratings are missing" in said(tables.FOUR_OBSERVERS)
    assert "1 subject(s) have fewer than two ratings" in said(tables.FOUR_OBSERVERS)
    assert "missing" not in said(tables.SHROUT_FLEISS)


def test_less_than_chance_is_said():
    assert "the other way round" in said([[1, 2], [2, 1], [1, 2], [2, 1]])


def test_a_large_table_needs_no_warning():
    assert agreement.remarks(np.tile(tables.SHROUT_FLEISS, (5, 1)), "interval") == []
    assert FEW % {"subjects": 6, "raters": 4} in said(tables.SHROUT_FLEISS)


def test_two_subjects_and_two_raters_are_enough():
    found = agreement.summary([[1, 1], [2, 1]], scale="interval")

    assert found[0].value == 0.5
    assert all(one.value is None or np.isfinite(one.value) for one in found)


def test_ratings_without_a_pair_have_no_value_and_no_fault():
    ratings = np.array([[1, np.nan], [np.nan, 2]])

    found = agreement.summary(ratings, scale="interval", by=agreement.Bootstrap(100))

    assert {one.value for one in found} == {None}


@pytest.mark.parametrize(
    ("ratings", "told"),
    [
        ([1, 2, 3], "subjects × raters"),
        ([[1, 2]], "at least two subjects"),
        ([[1], [2]], "at least two subjects and two raters"),
        ([[np.inf, 1], [1, 1]], "infinite"),
        ([[np.nan, np.nan], [np.nan, np.nan]], "no rating at all"),
    ],
)
def test_ratings_that_cannot_be_used_are_refused(ratings, told):
    with pytest.raises(agreement.BadRatings, match=told):
        agreement.fleiss_kappa(ratings)


def test_more_is_refused_in_a_sentence():
    with pytest.raises(agreement.BadRatings, match="compares two raters"):
        agreement.cohen_kappa(tables.SHROUT_FLEISS)
    with pytest.raises(agreement.BadRatings, match="3 is not among the categories"):
        agreement.gwet_ac1([[1, 2], [3, 1]], categories=[1, 2, 4])
    with pytest.raises(agreement.BadRatings, match="both ways the same"):
        agreement.weighted_kappa(tables.EVEN, closeness=[[1, 0.5], [0, 1]])
    with pytest.raises(agreement.BadRatings, match="different ratings"):
        agreement.fleiss_kappa(np.arange(600).reshape(300, 2))
    with pytest.raises(agreement.BadRatings, match="Fewer than two subjects"):
        agreement.intraclass([[1, np.nan], [1, 2]])
