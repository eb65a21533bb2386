"""What must hold for the agreement on any ratings at all."""

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from r2com.core import agreement
from r2com.core.agreement.alpha import Alpha
from r2com.core.agreement.resampling import limits, resampled
from r2com.core.agreement.tables import coded

SHAPES = array_shapes(min_dims=2, max_dims=2, min_side=2, max_side=8)
WHOLE = arrays(float, SHAPES, elements=st.integers(1, 5).map(float))
WITH_GAPS = arrays(float, SHAPES, elements=st.sampled_from([1.0, 2.0, 3.0, 4.0, np.nan]))
CHANCE = [
    agreement.per_cent_agreement,
    agreement.fleiss_kappa,
    agreement.conger_kappa,
    agreement.gwet_ac1,
    agreement.gwet_ac2,
]
SCALES = ["nominal", "ordinal", "interval", "ratio"]


def values(ratings):
    """Every coefficient without its interval; None where it is not defined."""
    found = [kind(ratings, confidence=None).value for kind in CHANCE]
    found += [agreement.krippendorff_alpha(ratings, scale=scale, confidence=None).value for scale in SCALES]
    if not np.isnan(ratings).any():
        found += [one.value for one in agreement.intraclass(ratings, confidence=None).values()]
        found.append(agreement.cronbach_alpha(ratings, confidence=None).value)
    return [np.nan if one is None else one for one in found]


def same(one, other):
    return one == pytest.approx(other, abs=1e-9, nan_ok=True)


@given(WITH_GAPS, st.randoms(use_true_random=False))
def test_the_order_of_subjects_and_raters_changes_nothing(ratings, random):
    assume((~np.isnan(ratings)).any())
    subjects, raters = (random.sample(range(side), side) for side in ratings.shape)

    assert same(values(ratings), values(ratings[subjects][:, raters]))


@given(WITH_GAPS, st.permutations([1.0, 2.0, 3.0, 4.0]))
def test_new_names_of_categories_change_nothing_without_an_order(ratings, names):
    assume((~np.isnan(ratings)).any())
    renamed = np.where(
        np.isnan(ratings), np.nan, np.array(names)[np.nan_to_num(ratings, nan=1).astype(int) - 1]
    )
    kinds = [*CHANCE[:4], agreement.krippendorff_alpha]

    before, after = ([kind(table, confidence=None).value for kind in kinds] for table in (ratings, renamed))

    assert [one is None for one in before] == [one is None for one in after]
    assert same([one or 0 for one in before], [one or 0 for one in after])


@given(WITH_GAPS)
def test_a_stretched_ordinal_scale_has_the_same_alpha(ratings):
    assume((~np.isnan(ratings)).any())

    plain, stretched = (
        agreement.krippendorff_alpha(table, scale="ordinal", confidence=None).value
        for table in (ratings, ratings**3 - 7)
    )

    assert (plain is None) == (stretched is None)
    assert same(plain or 0, stretched or 0)


@given(st.lists(st.integers(1, 5), min_size=2, max_size=9), st.integers(2, 5))
def test_a_rater_who_is_copied_agrees_with_the_copy(one, times):
    assume(len(set(one)) > 1)
    ratings = np.repeat(np.array(one, dtype=float)[:, np.newaxis], times, axis=1)

    assert same(values(ratings), [1.0] * 16)


@given(WITH_GAPS)
def test_nothing_is_more_than_whole_agreement_and_no_interval_misses_its_value(ratings):
    assume((~np.isnan(ratings)).any())

    for kind in (*CHANCE, agreement.krippendorff_alpha):
        found = kind(ratings)
        assert found.value is None or found.value <= 1 + 1e-9
        assert found.low is None or found.low - 1e-9 <= found.value <= found.high + 1e-9


@given(WHOLE, st.integers(1, 50), st.integers(-100, 100))
@example(np.array([[2.0, 2], [1, 2], [2, 1]]), 30, -81)
def test_other_units_change_no_correlation(ratings, stretched, moved):
    plain = agreement.intraclass(ratings, confidence=None)

    other = agreement.intraclass(ratings * stretched + moved, confidence=None)

    for one, two in zip(plain.values(), other.values(), strict=True):
        assert (one.value is None) == (two.value is None)
        assert (one.value or 0) == pytest.approx(two.value or 0, rel=1e-6, abs=1e-6)


@given(WHOLE)
def test_cronbachs_alpha_is_the_third_correlation_of_the_mean(ratings):
    alpha = agreement.cronbach_alpha(ratings, confidence=None).value
    third = agreement.intraclass(ratings, confidence=None)["ICC(3,k)"].value
    assume(alpha is not None and third is not None and abs(alpha) < 1e6)

    assert alpha == pytest.approx(third, rel=1e-6, abs=1e-6)


@given(arrays(float, st.tuples(st.integers(2, 9), st.just(2)), elements=st.integers(1, 4).map(float)))
def test_for_two_raters_conger_is_cohen(ratings):
    cohen, conger = (
        kind(ratings, confidence=None).value for kind in (agreement.cohen_kappa, agreement.conger_kappa)
    )

    assert cohen == (pytest.approx(conger) if conger is not None else None)


@settings(max_examples=25)
@given(WITH_GAPS, st.sampled_from(SCALES), st.integers(0, 99))
@example(np.array([[1.0, 1, 2], [2, 2, 2], [3, np.nan, 1], [3, 3, np.nan]]), "ordinal", 3)
def test_a_drawn_interval_is_that_of_a_loop_over_the_same_draws(ratings, scale, seed):
    assume((~np.isnan(ratings)).any())
    by = agreement.Bootstrap(100, seed)

    found = agreement.krippendorff_alpha(ratings, scale=scale, by=by)

    draws = np.random.default_rng(seed).integers(0, len(ratings), (100, len(ratings)))
    assert np.array_equal(draws, np.concatenate(list(agreement.drawn(len(ratings), by))))
    looped = [alone(ratings[draw], scale) for draw in draws]
    low, high = limits(np.array(looped), 0.95)
    if found.low is not None:
        assert (found.low, found.high) == pytest.approx((float(low), float(high)), abs=1e-9)


def alone(ratings, scale):
    if np.isnan(ratings).all():
        return np.nan
    value = agreement.krippendorff_alpha(ratings, scale=scale, confidence=None).value
    return np.nan if value is None else value


def test_draws_come_in_blocks_and_whole_numbers_give_what_fractions_give(monkeypatch):
    random = np.random.default_rng(1)
    table = coded(random.integers(1, 5, (3, 50, 4)).astype(float))
    kind, by = Alpha("ordinal", table.categories), agreement.Bootstrap(200)
    statistics = kind.statistics(table)
    whole = resampled(statistics, kind.values, by, 4)

    monkeypatch.setattr("r2com.core.agreement.resampling.BLOCK", 333)
    monkeypatch.setattr("r2com.core.agreement.resampling.EXACT", 0)

    assert whole == pytest.approx(resampled(statistics, kind.values, by, 4), abs=1e-12)
